"""The profile's rules a meta-schema cannot say: names that must exist, order, examples, the archive."""

from __future__ import annotations

import json
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

UNPUBLISHED = "unpublished"
"""The one rule that publishing mends; told only of a form that has no other finding."""


def form_findings(schema: dict[str, Any], types: dict[str, Any], file: str, stem: str, places: Places) -> list[Finding]:
    """What is wrong with a form whose shape is right."""
    findings = list(references(schema, types, file))
    if findings:
        return findings
    bundled = bundle(schema, types)
    if schema["$id"] != ID_PREFIX + stem:
        findings.append(Finding(file, 0, "$id 和文件名不一样", f"写成 {ID_PREFIX}{stem}", "form-id", "/$id"))
    findings += _sections(schema, file)
    findings += _object_findings(bundled, bundled, file, "")
    findings += attachments(bundled, file)
    return findings or list(_examples(bundled, file, places))


def archive_findings(schemas_dir: Path, ids: Iterable[str], broken: set[str]) -> list[Finding]:
    """Whether every published version is still what it was, and each of these forms, unless broken, is published."""
    findings = []
    try:
        index = read_index(schemas_dir)
    except (ValueError, KeyError, TypeError):
        remedy = "从版本历史里找回来：发布过的每一版都记在这里"
        return [Finding("archive/index.json", 0, "这个文件读不出来", remedy, "archive-index")]
    for entry in index:
        file = f"archive/{entry.form}/{entry.version}.json"
        try:
            version = version_of(read_archived(schemas_dir, entry.form, entry.version))
        except (OSError, ValueError):
            findings.append(Finding(file, 0, "发布过的一版不见了，或者读不出来", "从版本历史里找回来", "archive-lost"))
            continue
        if version != entry.version:
            remedy = "从版本历史里找回来；要改就改 schemas/forms 里的表"
            findings.append(Finding(file, 0, "发布过的一版被改了", remedy, "archive-changed"))
    if any(file.startswith("vocabulary/") for file in broken):
        return findings
    latest = {entry.form: entry.version for entry in index}
    for form_id in ids:
        file = f"forms/{form_id}.json"
        if file not in broken and latest.get(form_id) != version_of(read_bundle(schemas_dir, form_id)):
            remedy = f"改好了就发布：.venv/bin/doorstep publish {form_id}"
            findings.append(Finding(file, 0, "这一版还没有发布", remedy, UNPUBLISHED))
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
        problem = f"没有共用的类型 {reference.removeprefix(TYPES_PREFIX)}"
        yield Finding(file, 0, problem, f"能用的有 {'、'.join(types['$defs'])}", "shared-name", f"{pointer}/$ref")
    for key, part in value.items():
        yield from references(part, types, file, f"{pointer}/{key}")


def question_findings(bundled: dict[str, Any], file: str) -> Iterator[Finding]:
    """What is wrong with a form's questions by themselves, whatever form asks them."""
    yield from _properties(bundled, {}, bundled, file, "")


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
                remedy = f"能用的有 {'、'.join(ids)}，或者在 x-sections 里加一个"
                problem = f"没有 {part['x-section']} 这一部分"
                yield Finding(file, 0, problem, remedy, "section-unknown", f"{pointer}/{name}/x-section")
    for index, section_id in enumerate(ids):
        if section_id not in used:
            yield Finding(file, 0, "这一部分里没有题", "去掉它", "section-empty", f"/x-sections/{index}")
        if section_id in ids[:index]:
            problem = f"有两个部分的 id 都是 {section_id}"
            yield Finding(file, 0, problem, "一个部分一个 id", "section-twice", f"/x-sections/{index}/id")


def _object_findings(schema: dict[str, Any], bundled: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """An object's own rules: the form's, or those of a group's item."""
    declared: dict[str, dict[str, Any]] = {}
    yield from _properties(schema, declared, bundled, file, pointer)
    for index, rule in enumerate(schema.get("allOf", ())):
        where = f"{pointer}/allOf/{index}"
        conditions = rule["if"]["properties"]
        if set(rule["if"]["required"]) != set(conditions):
            remedy = f"写成 {json.dumps(list(conditions))}"
            problem, at = "if 里的 required 和 properties 不是同样的题", f"{where}/if/required"
            yield Finding(file, 0, problem, remedy, "condition-names", at)
        for name, condition in conditions.items():
            if name not in declared:
                at = f"{where}/if/properties/{name}"
                yield Finding(
                    file, 0, f"前面没有 {name} 这道题", "写前面问过的题的名字，要在同一层", "condition-undeclared", at
                )
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
                remedy = "移到它依据的那道题所在的部分，或者更后面的部分"
                at = f"{where}/then/properties/{name}"
                yield Finding(file, 0, f"{name} 问在它依据的题前面", remedy, "condition-late", at)
        yield from _properties(rule["then"], declared, bundled, file, f"{where}/then")


def _properties(
    schema: dict[str, Any], declared: dict[str, dict[str, Any]], bundled: dict[str, Any], file: str, pointer: str
) -> Iterator[Finding]:
    for name in schema.get("required", ()):
        if name not in schema["properties"]:
            remedy = "在写这道题的地方写 required"
            problem, at = f"{name} 不在这里的 properties 里", f"{pointer}/required"
            yield Finding(file, 0, problem, remedy, "required-undeclared", at)
    for name, part in schema["properties"].items():
        where = f"{pointer}/properties/{name}"
        if name in declared:
            yield Finding(file, 0, f"{name} 前面已经写过了", "一道题只写一次", "declared-twice", where)
        declared[name] = full = resolved(part, bundled)
        kind = recognise(full)
        if kind is None:
            remedy = "照着别的题写，或者用共用的类型；有哪几种题，见 doorstep/forms/kinds.py 的 KINDS"
            yield Finding(file, 0, "没有这样一种题", remedy, "kind-unknown", where)
        if full.get("x-routing") and kind != SEEN_AT_PLACES:
            remedy = "去掉；归谁办，只由社区那道题定"
            yield Finding(file, 0, "这道题不能定归谁办", remedy, "routing-by-community", f"{where}/x-routing")
        yield from bounds(part, bundled, file, where)
        yield from choices(full.get("oneOf") or full.get("items", {}).get("oneOf") or (), file, where)
        yield from stops(full, file, where)
        if kind == "group":
            yield from _object_findings(full["items"], bundled, file, f"{where}/items")


def _examples(bundled: dict[str, Any], file: str, places: Places) -> Iterator[Finding]:
    try:
        form = build_form(bundled)
    except FormBroken as broken:
        yield Finding(file, 0, f"{broken.where}：{broken.what}", "照着别的表改", "kind-unknown")
        return
    checker = Checker(form, places)
    for index, example in enumerate(bundled["examples"]):
        where = f"/examples/{index}"
        if fill(form, example) != example:
            remedy = "写成存下来的样子：不带空格、逗号，没问到的题不写"
            yield Finding(file, 0, "例子和存下来的样子不一样", remedy, "example-not-stored", where)
        for error in checker.errors(fill(form, example)):
            remedy = "例子要是一份能交的表"
            problem = f"例子交不上：{error.message}"
            yield Finding(file, 0, problem, remedy, "example-refused", where + error.pointer)
