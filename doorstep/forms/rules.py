"""The profile's rules a meta-schema cannot say: names that must exist, order, examples, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.forms.bundle import TYPES_PREFIX, bundle, resolved, version_of
from doorstep.forms.checker import Checker
from doorstep.forms.errors import FormBroken
from doorstep.forms.filler import fill
from doorstep.forms.findings import Finding
from doorstep.forms.form import ID_PREFIX, build_form
from doorstep.forms.kinds import recognise
from doorstep.forms.library import read_archived, read_bundle, read_index
from doorstep.forms.question_rules import SEEN_AT_PLACES, attachments, bounds, choices, condition_findings, stops
from doorstep.places import Places

UNPUBLISHED = "this version is not in the archive yet"
"""The one finding that publishing mends; told only of a form that has no other."""


def form_findings(schema: dict[str, Any], types: dict[str, Any], file: str, stem: str, places: Places) -> list[Finding]:
    """What is wrong with a form whose shape is right."""
    findings = list(references(schema, types, file))
    if findings:
        return findings
    bundled = bundle(schema, types)
    if schema["$id"] != ID_PREFIX + stem:
        findings.append(Finding(file, "/$id", "does not match the file's name", f"write {ID_PREFIX}{stem}"))
    findings += _sections(schema, file)
    findings += _object_findings(bundled, bundled, file, "")
    findings += attachments(bundled, file)
    return findings or list(_examples(bundled, file, places))


def archive_findings(schemas_dir: Path, ids: Iterable[str], broken: set[str]) -> list[Finding]:
    """Whether every published version is still what it was, and each of these forms, unless broken, is published."""
    findings = []
    try:
        index = read_index(schemas_dir)
    except (ValueError, KeyError, TypeError) as error:
        remedy = "restore it from history: every published version is named there"
        return [Finding("archive/index.json", "", f"cannot be read: {error}", remedy)]
    for entry in index:
        file = f"archive/{entry.form}/{entry.version}.json"
        try:
            version = version_of(read_archived(schemas_dir, entry.form, entry.version))
        except (OSError, ValueError):
            findings.append(
                Finding(file, "", "a published version is missing or unreadable", "restore it from history")
            )
            continue
        if version != entry.version:
            findings.append(Finding(file, "", "a published version was changed", "restore it; change the form instead"))
    if any(file.startswith("vocabulary/") for file in broken):
        return findings
    latest = {entry.form: entry.version for entry in index}
    for form_id in ids:
        file = f"forms/{form_id}.json"
        if file not in broken and latest.get(form_id) != version_of(read_bundle(schemas_dir, form_id)):
            remedy = f"when it is as it should be: .venv/bin/doorstep publish {form_id}"
            findings.append(Finding(file, "", UNPUBLISHED, remedy))
    return findings


def references(value: Any, types: Mapping[str, Any], file: str, pointer: str = "") -> Iterator[Finding]:
    """The names of shared types that are not there."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from references(part, types, file, f"{pointer}/{index}")
    if not isinstance(value, dict):
        return
    reference = value.get("$ref")
    if isinstance(reference, str) and reference.removeprefix(TYPES_PREFIX) not in types["$defs"]:
        known = ", ".join(types["$defs"])
        yield Finding(file, f"{pointer}/$ref", "no such shared type", f"use one of {known}")
    for key, part in value.items():
        yield from references(part, types, file, f"{pointer}/{key}")


def _sections(schema: dict[str, Any], file: str) -> Iterator[Finding]:
    ids = [section["id"] for section in schema["x-sections"]]
    used = set()
    places = [("/properties", schema["properties"])]
    places += [
        (f"/allOf/{index}/then/properties", rule["then"]["properties"])
        for index, rule in enumerate(schema.get("allOf", ()))
    ]
    for pointer, properties in places:
        for name, part in properties.items():
            used.add(part["x-section"])
            if part["x-section"] not in ids:
                remedy = f"use one of {', '.join(ids)}, or add it to x-sections"
                yield Finding(file, f"{pointer}/{name}/x-section", "no such section", remedy)
    for index, section_id in enumerate(ids):
        if section_id not in used:
            yield Finding(file, f"/x-sections/{index}", "no field stands in this section", "remove it")
        if section_id in ids[:index]:
            yield Finding(file, f"/x-sections/{index}/id", "this section stands twice", "give it an id of its own")


def _object_findings(schema: dict[str, Any], bundled: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """An object's own rules: the form's, or those of a group's item."""
    declared: dict[str, dict[str, Any]] = {}
    yield from _properties(schema, declared, bundled, file, pointer)
    for index, rule in enumerate(schema.get("allOf", ())):
        where = f"{pointer}/allOf/{index}"
        conditions = rule["if"]["properties"]
        if set(rule["if"]["required"]) != set(conditions):
            yield Finding(
                file, f"{where}/if/required", "does not name the same fields as properties", f"write {list(conditions)}"
            )
        for name, condition in conditions.items():
            if name not in declared:
                remedy = "name a field declared above, in the same object"
                yield Finding(file, f"{where}/if/properties/{name}", "no field of that name is declared before", remedy)
            else:
                yield from condition_findings(condition, declared[name], file, f"{where}/if/properties/{name}")
        sections = [section["id"] for section in bundled["x-sections"]]
        for name, part in rule["then"]["properties"].items():
            asking = [declared[other].get("x-section") for other in conditions if other in declared]
            if any(
                section in sections and part.get("x-section") in sections
                and sections.index(section) > sections.index(part["x-section"])
                for section in asking
            ):  # fmt: skip
                remedy = "move it to the section of the question it depends on, or to a later one"
                yield Finding(file, f"{where}/then/properties/{name}", "is asked before what it depends on", remedy)
        yield from _properties(rule["then"], declared, bundled, file, f"{where}/then")


def _properties(
    schema: dict[str, Any], declared: dict[str, dict[str, Any]], bundled: dict[str, Any], file: str, pointer: str
) -> Iterator[Finding]:
    for name in schema.get("required", ()):
        if name not in schema["properties"]:
            remedy = "require a field where it is declared"
            yield Finding(file, f"{pointer}/required", f"{name} is not declared here", remedy)
    for name, part in schema["properties"].items():
        where = f"{pointer}/properties/{name}"
        if name in declared:
            yield Finding(file, where, "a field of that name is declared above", "declare a field once")
        declared[name] = full = resolved(part, bundled)
        kind = recognise(full)
        if kind is None:
            yield Finding(file, where, "no kind of field looks like this", "see KINDS in doorstep/forms/kinds.py")
        if full.get("x-routing") and kind != SEEN_AT_PLACES:
            yield Finding(file, f"{where}/x-routing", "only a community decides who is in charge", "remove it")
        yield from bounds(part, bundled, file, where)
        yield from choices(full.get("oneOf") or full.get("items", {}).get("oneOf") or (), file, where)
        yield from stops(full, file, where)
        if kind == "group":
            yield from _object_findings(full["items"], bundled, file, f"{where}/items")


def _examples(bundled: dict[str, Any], file: str, places: Places) -> Iterator[Finding]:
    try:
        form = build_form(bundled)
    except FormBroken as broken:
        yield Finding(file, "", str(broken), "see doorstep/forms/kinds.py")
        return
    checker = Checker(form, places)
    for index, example in enumerate(bundled["examples"]):
        where = f"/examples/{index}"
        if fill(form, example) != example:
            yield Finding(file, where, "is not what the filler would make of it", "write answers as they are stored")
        for error in checker.errors(fill(form, example)):
            remedy = "let the example be a form somebody could send"
            yield Finding(file, where + error.pointer, f"the example fails {error.keyword}", remedy)
