"""The files themselves, before anything is made of them: of a kind, a size and a shape that every later check can read,
and of letters that people see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doorstep.forms.explaining import escaped
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.refused import hidden, refused_file

READ = (".md", ".yml", ".json")
"""What is read below docs/ and schemas/."""


def check_files(root: Path) -> list[Finding]:
    """Findings of files that nothing may read on; with one of them no other check is asked."""
    findings = []
    for path in _entries(root):
        if path.suffix in READ or path.is_symlink() or not (path.is_file() or path.is_dir()):
            findings += [Finding(path.relative_to(root).as_posix(), *fault) for fault in refused_file(path)]
    return findings


def check_hidden(root: Path) -> Iterator[Finding]:
    """A finding for each value of a form with what nobody sees."""
    schemas = root / "schemas"
    for path in (*sorted((schemas / "forms").glob("*.json")), *sorted((schemas / "vocabulary").glob("*.json"))):
        try:
            schema = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # `check_forms` says so
        for pointer, text in _texts(schema, ""):
            if fault := hidden(text):
                yield Finding(path.relative_to(root).as_posix(), 0, *fault, pointer)


def hidden_in(text: str, source: str) -> Iterator[Finding]:
    """A finding for each line of a page with what nobody sees."""
    for number, line in enumerate(text.split("\n") if hidden(text) else (), 1):
        if fault := hidden(line):
            yield Finding(source, number, *fault)


def _entries(root: Path) -> Iterator[Path]:
    for folder in ("docs", "schemas"):
        yield from sorted((root / folder).rglob("*"))


def _texts(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield pointer, key
            yield from _texts(inner, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{pointer}/{number}")
