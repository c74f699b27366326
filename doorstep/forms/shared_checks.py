"""What forms share is checked once, where it stands: no form that names it is blamed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doorstep.forms.bundle import TYPES_PREFIX, bundle
from doorstep.forms.errors import FormBroken
from doorstep.forms.findings import Finding
from doorstep.forms.rules import question_findings, references
from doorstep.forms.shape import Shape
from doorstep.forms.shared import QUESTIONS_PREFIX, written_out

TYPES, QUESTIONS = "vocabulary/types.json", "vocabulary/questions.json"
SHARED = (TYPES, QUESTIONS)
"""What forms share, below the schemas folder."""

Name = tuple[str, str]
"""A shared definition: its file, and its name there."""

_FILES = {TYPES_PREFIX: TYPES, QUESTIONS_PREFIX: QUESTIONS}


def types_findings(types: Any, meta_schema: dict[str, Any]) -> Iterator[Finding]:
    """A shared type is a field's shape, without what is said of one question only."""
    of_a_question = ("x-section", "x-why", "title", "$ref")
    shape_of_a_type = {
        "$ref": "#/$defs/shape",
        "$defs": meta_schema["$defs"],
        "properties": {keyword: {"not": {}} for keyword in of_a_question},
    }
    shape = Shape(shape_of_a_type)
    for name, definition in types["$defs"].items():
        broken = list(shape.findings(definition, TYPES, f"/$defs/{name}"))
        yield from broken
        if not broken:
            # How many files there may be, only a form says.
            yield from _rules(
                {"x-sections": [], "properties": {name: definition}}, TYPES, f"/$defs/{name}", f"/properties/{name}"
            )


def questions_findings(questions: Any, types: Any, meta_schema: dict[str, Any]) -> Iterator[Finding]:
    """A shared question, or what a shared rule asks, is a question once a form gives it a section and a law."""
    shapes = {part: Shape({"$ref": f"#/$defs/{part}", "$defs": meta_schema["$defs"]}) for part in ("question", "rule")}
    for name, definition in questions["$defs"].items():
        where = f"/$defs/{name}"
        if "x-section" in definition or "x-routing" in definition:
            yield Finding(
                QUESTIONS, 0, "共用的题写了 x-section 或者 x-routing", "去掉，由用它的表来写", "shared-routing", where
            )
        rule = "if" in definition
        given = {"$ref": QUESTIONS_PREFIX + name, "x-section": "any", "x-why": {"basis": "依据"}}
        try:
            form = {"properties": {} if rule else {name: given}, "allOf": [given] if rule else []}
            written = written_out(form, questions)
        except FormBroken as broken:
            yield Finding(QUESTIONS, 0, broken.what, "写这个文件里有的名字，不能绕圈", "shared-name", where)
            continue
        asked = written["allOf"][0]["then"]["properties"] if rule else written["properties"]
        checked = [("question", part) for part in asked.values()] + ([("rule", written["allOf"][0])] if rule else [])
        found = [one for kind, part in checked for one in shapes[kind].findings(part, QUESTIONS, where)]
        found += [one for _, part in checked for one in references(part, types, QUESTIONS, where)]
        yield from found
        if not found:
            bundled = bundle({"x-sections": [], "properties": asked}, types)
            inside = "/properties" if rule else f"/properties/{name}"
            yield from _rules(bundled, QUESTIONS, f"{where}/then/properties" if rule else where, inside)


def _rules(bundled: dict[str, Any], file: str, where: str, inside: str) -> Iterator[Finding]:
    """What the rules of questions find in this form, told from `where` instead of `inside` a form."""
    for found in question_findings(bundled, file):
        yield Finding(file, 0, found.problem, found.remedy, found.rule, where + found.pointer.removeprefix(inside))


class SharedFaults:
    """What is wrong with shared definitions, each told where it stands, and which of a form's findings are only their
    echo.
    """

    def __init__(self, found: Iterable[Finding], questions: Any, types: Any) -> None:
        self._documents = {QUESTIONS: questions, TYPES: types}
        found = list(found)
        self._broken = {_definition(one) for one in found}
        said = {(_definition(one), one.rule, one.problem) for one in found}
        self.findings = [
            one
            for one in found
            if not any((named, one.rule, one.problem) in said for named in self._used_by(_definition(one)))
        ]

    def __bool__(self) -> bool:
        return bool(self._broken)

    def own(self, found: Iterable[Finding], schema: Mapping[str, Any]) -> list[Finding]:
        """What the form itself is to blame for."""
        if not self:
            return list(found)
        example = any(map(self._is_broken, _names(schema)))
        return [
            one
            for one in found
            if not (one.pointer.startswith("/examples/") and example) and not self._echo(one.pointer, schema)
        ]

    def _echo(self, pointer: str, schema: Any) -> bool:
        """Whether the way to this place leads through a broken definition."""
        part = schema
        for token in _tokens(pointer):
            if self._broken_here(part):
                return True
            if isinstance(part, list) and token.isdigit() and int(token) < len(part):
                part = part[int(token)]
            elif isinstance(part, dict) and token in part:
                part = part[token]
            else:
                return False
        return self._broken_here(part)

    def _broken_here(self, part: Any) -> bool:
        named = _named(part)
        return named is not None and self._is_broken(named)

    def _is_broken(self, name: Name) -> bool:
        return name in self._broken or bool(self._broken & self._used_by(name))

    def _used_by(self, name: Name) -> set[Name]:
        """All definitions that this one rests on, itself left out."""
        used: set[Name] = set()
        waiting = [name]
        while waiting:
            file, definition = waiting.pop()
            new = set(_names(self._documents[file]["$defs"].get(definition))) - used
            used |= new
            waiting += new
        return used - {name}


def _definition(found: Finding) -> Name:
    """The definition that a finding of the vocabulary is about."""
    return found.file, (*_tokens(found.pointer), "", "")[1]


def _names(part: Any) -> Iterator[Name]:
    """The shared definitions that stand anywhere in this part."""
    if isinstance(part, list | dict):
        named = _named(part)
        if named is not None:
            yield named
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _names(inner)


def _named(part: Any) -> Name | None:
    reference = part.get("$ref") if isinstance(part, dict) else None
    for prefix, file in _FILES.items():
        if isinstance(reference, str) and reference.startswith(prefix):
            return file, reference.removeprefix(prefix)
    return None


def _tokens(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
