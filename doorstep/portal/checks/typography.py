"""Chinese punctuation in what residents read: a linter that knows it well, and three rules that it lacks.

Our house style has no space between Chinese and digits (18位, 12345问), so the linter's spacing rules are off.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import autocorrect_py

from doorstep.forms.explaining import escaped
from doorstep.portal.checks.formula_checks import texts_of
from doorstep.portal.facts.front_matter import FrontMatter
from doorstep.portal.findings.finding import Finding

#: Of the linter's rules those about full width; what is not named here is off.
_ON = ("fullwidth", "no-space-fullwidth", "no-space-fullwidth-quote", "halfwidth-word")
_OFF = ("space-word", "space-punctuation", "space-bracket", "space-backticks", "space-dash", "space-dollar",
        "halfwidth-punctuation", "spellcheck")  # fmt: skip
_HAN = "\u3400-\u9fff"
#: Of a schema what nobody reads: names, values, places, and the example.
_SILENT = frozenset({"$schema", "$id", "$ref", "$comment", "const", "enum", "required", "examples", "format", "type"})
_AROUND = 8
"""Characters told on either side of a fault, so that it is found in its line."""


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    problem: str
    remedy: str


_RULES = (
    _Rule(re.compile(rf"(?<=[{_HAN}])[(]|[(](?=[{_HAN}])|(?<=[{_HAN}])[)]"), "英文的括号", "改成“（”“）”"),
    _Rule(re.compile(rf"(?<=[”》）])[,;:!?](?=[{_HAN}“《（]|$)"), "英文的标点", "改成中文的"),
    _Rule(re.compile(r"[，。、；：？！]{2,}"), "连着两个标点", "只留一个"),
)
_LINK = re.compile(r"\]\([^)]*\)")
Kind = Literal["text", "markdown"]


def check_typography(root: Path) -> Iterator[Finding]:
    """A finding for each slip in what forms and shared questions say."""
    schemas = root / "schemas"
    for path in (*sorted((schemas / "forms").glob("*.json")), schemas / "vocabulary" / "questions.json"):
        try:
            schema = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # `check_forms` says so
        for pointer, text in _said(schema, ""):
            for problem, remedy in slips(text):
                yield Finding(path.relative_to(root).as_posix(), 0, problem, remedy, "typography", pointer)


def slips_in(page: FrontMatter, source: str) -> Iterator[Finding]:
    """A finding for each slip in a page."""
    for at, text in texts_of(page.data, ()):
        for problem, remedy in slips(text):
            yield Finding(source, page.line(at), problem, remedy, "typography")
    for number, line in enumerate(page.body.splitlines(), page.body_line):
        for problem, remedy in slips(line, "markdown"):
            yield Finding(source, number, problem, remedy, "typography")


def slips(text: str, kind: Kind = "text") -> Iterator[tuple[str, str]]:
    """(problem, remedy) of one line or value."""
    bare = _LINK.sub("]", text) if kind == "markdown" else text
    for rule in _RULES:
        for found in rule.pattern.finditer(bare):
            near = bare[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            yield f"“{near}”里有{rule.problem}", rule.remedy
    for line in _linted(text, kind):
        old, new = _differing(line.old, line.new)
        yield f"“{old}”的标点或者空格不对", f"写成“{new}”"


def _linted(text: str, kind: Kind) -> list[Any]:
    if text.isascii():
        return []
    _configure()
    try:
        return list(autocorrect_py.lint_for(text, kind).lines)
    except ValueError:  # so many brackets that it gives up; `check_pages` says so
        return []


@functools.cache
def _configure() -> None:
    rules = dict.fromkeys(_ON, 1) | dict.fromkeys(_OFF, 0)
    autocorrect_py.load_config(json.dumps({"rules": rules}))  # type: ignore[attr-defined]  # its stub leaves it out


def _differing(old: str, new: str) -> tuple[str, str]:
    """The part in which they differ first, with a little around it."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    begin = max(0, at - _AROUND)
    return old[begin : at + _AROUND], new[begin : at + _AROUND]


def _said(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """What people read of a schema, by its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            # A question may be called as a keyword is; only a keyword's value is a text or a list of them.
            if key not in _SILENT or isinstance(inner, dict):
                yield from _said(inner, f"{pointer}/{escaped(key)}")
