"""Lines for what is wrong in a schema: editors go to a line, not to a JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import yaml

from doorstep.forms.findings import Finding
from doorstep.portal.findings.yaml_faults import LOADER, line_of, read_text


def with_lines(root: Path, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those that know a pointer only with its line too; JSON is YAML, which is read with its lines."""
    nodes: dict[str, yaml.Node | None] = {}
    told = []
    for found in findings:
        if found.pointer and not found.line:
            if found.file not in nodes:
                nodes[found.file] = _node(root / found.file)
            told.append(replace(found, line=line_of(nodes[found.file], _path(found.pointer))))
        else:
            told.append(found)
    return told


def _node(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(read_text(path), Loader=LOADER)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return None


def _path(pointer: str) -> tuple[str | int, ...]:
    names = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return tuple(int(name) if name.isdigit() else name for name in names)
