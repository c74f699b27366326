"""Reads a page's front matter and keeps the line of every value, so that a finding can name it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doorstep.portal.findings.yaml_faults import NOT_READ, NOT_UTF8, faults, parsed, plain, read_text

FENCE = "---\n"
MOST_REMEMBERED = 16_384
_REMEMBERED: dict[str, FrontMatter] = {}


@dataclass(frozen=True)
class FrontMatter:
    """`data` as YAML gives it (days as ISO text), `lines` by path in it, `body` and the line the body begins on;
    `named` are the lines on which a name of its first level stands.
    """

    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    body: str
    body_line: int
    named: frozenset[int]

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Unreadable(Exception):
    """The page has no front matter that can be read. `faults` are (line, problem, remedy, rule)."""

    def __init__(self, *faults: tuple[int, str, str, str]) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_front_matter(path: Path) -> FrontMatter:
    """Raises Unreadable with what is wrong, line by line."""
    try:
        text = read_text(path)
    except UnicodeDecodeError:
        raise Unreadable((0, *NOT_UTF8)) from None
    except OSError:
        raise Unreadable((0, *NOT_READ)) from None
    return _read(text)


def page_head(title: str, template: str) -> str:
    """The whole source of a page that is made: a title may hold what YAML takes for its own."""
    head = yaml.safe_dump({"title": title, "template": template}, default_style='"', width=sys.maxsize)
    return f"{FENCE}{head}{FENCE}"


def remember(text: str, page: FrontMatter) -> None:
    """Several checks look at one page; it is read again only where it has changed."""
    if len(_REMEMBERED) >= MOST_REMEMBERED:
        _REMEMBERED.clear()
    _REMEMBERED[text] = page


def _read(text: str) -> FrontMatter:
    if text not in _REMEMBERED:
        remember(text, _read_anew(text))
    return _REMEMBERED[text]


def _read_anew(text: str) -> FrontMatter:
    end = text.find("\n" + FENCE, len(FENCE) - 1)
    if not text.startswith(FENCE) or end < 0:
        raise Unreadable((1, "页面开头没有信息", "用两行 --- 把“名字: 内容”包起来，照着别的指南写", "front-matter"))
    head, body = text[len(FENCE) : end + 1], text[end + 1 + len(FENCE) :]
    try:
        data, node = parsed(head)
    except (ValueError, yaml.YAMLError) as error:
        raise Unreadable(*faults(head, 2, error)) from error
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise Unreadable(*faults(head, 2, ValueError("no names and values")))
    lines: dict[tuple[str | int, ...], int] = {}
    _walk(node, (), lines)
    named = frozenset(key.start_mark.line + 2 for key, _ in node.value)
    return FrontMatter(plain(data), lines, body, head.count("\n") + 3, named)


def _walk(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    lines[path] = node.start_mark.line + 2  # marks count from 0, and the fence is a line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk(value, (*path, str(key.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines)
