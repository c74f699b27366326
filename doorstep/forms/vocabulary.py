"""Does every form speak the profile? Asked at build time and in tests, never when a function starts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from doorstep.forms.errors import FormBroken
from doorstep.forms.findings import Finding
from doorstep.forms.library import form_ids
from doorstep.forms.rules import archive_findings, form_findings, references
from doorstep.forms.shared import QUESTIONS_PREFIX, written_out
from doorstep.places import Places, load_places

__all__ = ["Finding", "check_forms", "check_some"]

SHARED = ("types.json", "questions.json")
"""What forms share, in schemas/vocabulary/."""

_REMEDIES = {
    "additionalProperties": "remove it; schemas/vocabulary/form.json lists what a form may say",
    "false": "remove it; this keyword does not go with this kind of field",
    "not": "name the real choices instead of a catch-all",
    "enum": "use one of the values the vocabulary lists",
    "pattern": "write it in the form the vocabulary asks for",
}

#: What to write where something required is missing.
_MISSING = {
    "$schema": "urn:doorstep:vocabulary:form",
    "$id": "urn:doorstep:form: and the file's name",
    "title": "the words the resident reads, at most 60 characters",
    "type": "what kind of value it is (of a whole form: object)",
    "x-service": "the id of the guide this form belongs to; or x-asked, for one that is asked after approval",
    "x-readers": "in Chinese, who will read what is filled in, for example 户口所在街道和区民政局办这件事的工作人员",
    "x-retention": "in Chinese, how long it is kept and what happens then, as the law on this service says",
    "x-sections": "the form's sections, in order: a list of {id, title, x-why}",
    "x-section": "the id of one of x-sections",
    "x-why": "why this is asked: of a question {text, basis}, of a section one sentence",
    "text": "in Chinese, why the question is asked",
    "basis": "the law and article that require it, for example 《办法》第九条",
    "required": "the names of the questions that must be answered, [] if none",
    "unevaluatedProperties": "false: what the form does not ask is refused",
    "uniqueItems": "true: nobody ticks one choice twice",
    "examples": "one filled-in form of a test person, as it would be stored: the demonstration fills it in",
    "minLength": "the shortest answer, in characters",
    "maxLength": "the longest answer, in characters",
    "maxItems": "how many there may be at most",
    "not": "in Chinese, why whoever chooses this need not apply, and what they get without it",
    "x-messages": '{"not": "in Chinese, why whoever chooses this need not apply"}',
    "x-max-pages": "how many pages all files of this question may have together",
    "x-material": "the id of the guide's material (how: photo) that is attached here",
}


def check_forms(schemas_dir: Path, places: Places | None = None) -> list[Finding]:
    """Everything wrong with the forms of a schemas folder, file by file; empty when all may be published.

    `places` are needed to try the examples; left out, they are read from docs/ beside the schemas folder.
    """
    return check_some(schemas_dir, form_ids(schemas_dir), places)


def check_some(schemas_dir: Path, ids: Sequence[str], places: Places | None = None) -> list[Finding]:
    """What is wrong with the forms of these ids, with what all forms share, and with the archive."""
    if places is None:
        places = load_places(schemas_dir.parent / "docs" / "places" / "divisions.json")
    findings: list[Finding] = []
    meta_schema = json.loads((schemas_dir / "vocabulary" / "form.json").read_text(encoding="utf-8"))
    types, questions = (_load(schemas_dir / "vocabulary" / name, schemas_dir, findings) for name in SHARED)
    if types is None or questions is None:
        return findings
    findings += _types_findings(types, meta_schema)
    findings += _questions_findings(questions, types, meta_schema)
    for path in (schemas_dir / "forms" / f"{form_id}.json" for form_id in ids):
        file = path.relative_to(schemas_dir).as_posix()
        schema = _load(path, schemas_dir, findings)
        if any(found.file == file for found in findings):
            continue
        # The rules rely on the shape; on a broken one they would only repeat it.
        findings += list(_shape_findings(schema, meta_schema, file)) or _written_findings(
            schema, (types, questions), meta_schema, path=path, places=places
        )
    return findings + archive_findings(schemas_dir, ids, {finding.file for finding in findings})


def _load(path: Path, schemas_dir: Path, findings: list[Finding]) -> Any:
    file = path.relative_to(schemas_dir).as_posix()
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_duplicates)
    except UnicodeDecodeError:
        findings.append(Finding(file, "", "这个文件不是UTF-8编码", "另存为UTF-8"))
        return None
    except (OSError, ValueError) as error:
        findings.append(Finding(file, "", f"cannot be read: {error}", "write it as JSON, each key once"))
        return None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)} stands twice")
    return value


def _shape_findings(schema: Any, meta_schema: dict[str, Any], file: str) -> Iterator[Finding]:
    registry: Registry[Any] = Registry()
    for error in Draft202012Validator(meta_schema, registry=registry).iter_errors(schema):
        yield _finding(error, file, "")


def _written_findings(
    schema: dict[str, Any], shared: tuple[Any, Any], meta_schema: dict[str, Any], *, path: Path, places: Places
) -> list[Finding]:
    """What is wrong with a form once the shared questions it names are written out."""
    types, questions = shared
    file = f"forms/{path.name}"
    try:
        written = written_out(schema, questions)
    except FormBroken as broken:
        known = ", ".join(questions["$defs"])
        return [Finding(file, broken.where, broken.what, f"see schemas/vocabulary/questions.json; it has {known}")]
    found = list(_shape_findings(written, meta_schema, file))
    return found or form_findings(written, types, file, path.stem, places)


def _questions_findings(questions: Any, types: Any, meta_schema: dict[str, Any]) -> Iterator[Finding]:
    """A shared question, or what a shared rule asks, is a question once a form gives it a section and a law."""
    file = "vocabulary/questions.json"
    schemas = {part: {"$ref": f"#/$defs/{part}", "$defs": meta_schema["$defs"]} for part in ("question", "rule")}
    for name, definition in questions["$defs"].items():
        where = f"/$defs/{name}"
        if "x-section" in definition or "x-routing" in definition:
            yield Finding(file, where, "names a section, or who is in charge", "leave that to the form")
        rule = "if" in definition
        given = {"$ref": QUESTIONS_PREFIX + name, "x-section": "any", "x-why": {"basis": "依据"}}
        try:
            form = {"properties": {} if rule else {"any": given}, "allOf": [given] if rule else []}
            written = written_out(form, questions)
        except FormBroken as broken:
            yield Finding(file, where, broken.what, "name a definition of this file, without a circle")
            continue
        parts = [written["properties"]["any"]] if not rule else written["allOf"][0]["then"]["properties"].values()
        checked = [("question", part) for part in parts] + ([("rule", written["allOf"][0])] if rule else [])
        for kind, part in checked:
            for error in Draft202012Validator(schemas[kind]).iter_errors(part):
                yield _finding(error, file, where)
            yield from references(part, types, file, where)


def _types_findings(types: Any, meta_schema: dict[str, Any]) -> Iterator[Finding]:
    """A shared type is a field's shape, without what is said of one question only."""
    of_a_question = ("x-section", "x-why", "title", "$ref")
    shape = {
        "$ref": "#/$defs/shape",
        "$defs": meta_schema["$defs"],
        "properties": {keyword: {"not": {}} for keyword in of_a_question},
    }
    validator = Draft202012Validator(shape)
    for name, definition in types["$defs"].items():
        for error in validator.iter_errors(definition):
            yield _finding(error, "vocabulary/types.json", f"/$defs/{name}")


def _finding(error: ValidationError, file: str, prefix: str) -> Finding:
    keyword = str(error.validator)
    # {"not": {}} and not false: only then does the error's path name the keyword that must go.
    if keyword == "not" and error.validator_value == {}:
        keyword = "false"
    pointer = prefix + "".join(f"/{_escaped(part)}" for part in error.absolute_path)
    # Schemas hold nothing personal, so jsonschema's own sentence may be shown to the engineer.
    problem = "this keyword is not allowed here" if keyword == "false" else error.message
    if keyword == "not":
        problem = "a catch-all (其他) is no choice and no title"
    remedy = _REMEDIES.get(keyword, "see schemas/vocabulary/form.json at this place")
    if pointer.endswith("/x-messages/not"):
        problem = "says why somebody need not apply, and no choice is named that stops anybody"
        remedy = (
            'write beside x-messages "not": {"enum": ["the const of each choice that need not apply"]}, or remove it'
        )
    if keyword == "required":
        (name,) = re.findall("^'(.+)' is a required property$", error.message)
        remedy = f"add {name}: {_MISSING.get(name, 'schemas/vocabulary/form.json says what it may hold')}"
    return Finding(file, pointer, problem, remedy)


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
