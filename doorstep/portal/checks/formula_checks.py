"""No value begins as a formula does, nor what the open tables take from pages' texts: they hold it as it is, and a
table program would run it.

Refused here rather than quoted there: programs that read the tables get every honest value unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doorstep.portal.facts.front_matter import FrontMatter
from doorstep.portal.facts.plain_text import plain_text
from doorstep.portal.facts.resources import FOLDER as TOLD_WHOLE
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import line_of, read_yaml

_BEGINS = tuple("=+-@\uff1d\uff0b\uff0d\uff20|%")
"""The last two begin calls of other programs in old ones."""
#: What Markdown may leave out before a text's first letter, and letters written as codes: only a body that begins so is
#: made plain, which takes longer than all else that is looked for on a page.
_MAY_BEGIN = re.compile(rf"[\s#>*_~`!()\[\]\\.0-9]*[{re.escape(''.join(_BEGINS))}&<]")


def is_formula(text: str) -> bool:
    return text.lstrip().startswith(_BEGINS) or text.startswith("\t")


def check_formulas(root: Path) -> Iterator[Finding]:
    """A finding for each value of a list in docs/_data that begins so."""
    for path in sorted((root / "docs" / "_data").glob("*.yml")):
        source = path.relative_to(root).as_posix()
        value, node, _ = read_yaml(path, source)
        for at, text in texts_of(value, ()):
            if is_formula(text):
                yield _finding(source, line_of(node, at), text)


def formulas_in(page: FrontMatter, source: str) -> Iterator[Finding]:
    """A finding for each value of a page's head, and the text of a resource, that begins so."""
    for at, text in texts_of(page.data, ()):
        if is_formula(text):
            yield _finding(source, page.line(at), text)
    told = _told(page.body) if source.startswith(f"{TOLD_WHOLE}/") and _MAY_BEGIN.match(page.body) else ""
    if is_formula(told):
        before = page.body[: len(page.body) - len(page.body.lstrip())]
        yield _finding(source, page.body_line + before.count("\n"), told)


def _told(text: str) -> str:
    try:
        return plain_text(text)
    except RecursionError:  # all is in something else; `check_pages` says so
        return ""


def texts_of(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a value, with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_of(inner, (*at, key))


def _finding(source: str, line: int, text: str) -> Finding:
    problem = f"“{text.strip()[:12]}”用 {text.strip()[:1]} 开头，表格软件会当成公式"
    return Finding(source, line, problem, "去掉开头的符号，用字写", "formula")
