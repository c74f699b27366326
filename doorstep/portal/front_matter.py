"""Reads a page's front matter and keeps the line of every value, so that a finding can name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FENCE = "---\n"


@dataclass(frozen=True)
class FrontMatter:
    """`data` as YAML gives it (days as ISO text), `lines` by path in it, `body` and the line the body begins on."""

    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    body: str
    body_line: int

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_front_matter(path: Path) -> FrontMatter:
    """Raises yaml.YAMLError when the front matter is not YAML, ValueError when there is none."""
    text = path.read_text(encoding="utf-8")
    end = text.find("\n" + FENCE, len(FENCE) - 1)
    if not text.startswith(FENCE) or end < 0:
        raise ValueError("the page has no front matter")
    head, body = text[len(FENCE) : end + 1], text[end + 1 + len(FENCE) :]
    node = yaml.compose(head, Loader=yaml.SafeLoader)
    data = yaml.safe_load(head)
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise ValueError("the front matter is not a list of names and values")
    lines: dict[tuple[str | int, ...], int] = {}
    _walk(node, (), lines)
    return FrontMatter(_plain(data), lines, body, head.count("\n") + 3)


def _walk(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    lines[path] = node.start_mark.line + 2  # marks count from 0, and the fence is a line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk(value, (*path, str(key.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
