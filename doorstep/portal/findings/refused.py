"""What no honest file holds: read on, it would stop the computer that checks it, or show a reader what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

MOST_BYTES = 200_000
MOST_IN_A_LINE = 2_000
"""Patterns look along a line from each of its places; a hundred times what anybody wrote so far."""
DEEPEST = 24
"""Levels of lists and names within each other; forms, the deepest, have half as many."""

#: Controls but tab and line end, marks that turn the direction of writing, and what has no width.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
HIDDEN_FAULT = ("这里有看不见的字符（{}）", "删掉这几个字，重新打一遍，不要粘贴", "hidden-character")
_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class Refused(yaml.YAMLError):
    """YAML that is not made into values. `line` counts from 0 in the text that was read."""

    def __init__(self, line: int, problem: str, remedy: str, rule: str) -> None:
        super().__init__(problem)
        self.line, self.fault = line, (problem, remedy, rule)


def hidden(text: str) -> tuple[str, str, str] | None:
    """(problem, remedy, rule) where a text holds what nobody sees."""
    found = HIDDEN.search(text)
    problem, remedy, rule = HIDDEN_FAULT
    return (problem.format(f"U+{ord(found[0]):04X}"), remedy, rule) if found else None


def refuse_nodes(root: yaml.Node) -> None:
    """Raises Refused for what the values of YAML would not show, and for what has no end."""
    seen: set[int] = set()
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        line = node.start_mark.line
        if id(node) in seen:
            raise Refused(
                line, "这里用了 YAML 的 & 和 *", "要写两次的就写两次；文字以 & 或者 * 开头的加引号", "yaml-alias"
            )
        seen.add(id(node))
        if depth > DEEPEST:
            raise Refused(line, "括号一层套一层，太深了", "照别的文件写", "file-deep")
        if isinstance(node, yaml.ScalarNode) and (fault := hidden(node.value)):
            raise Refused(line, *fault)
        if isinstance(node, yaml.SequenceNode):
            waiting += [(inner, depth + 1) for inner in node.value]
        elif isinstance(node, yaml.MappingNode):
            _refuse_twice(node)
            waiting += [(inner, depth + 1) for pair in node.value for inner in pair]


def _refuse_twice(node: yaml.MappingNode) -> None:
    names: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in names:
                raise Refused(
                    key.start_mark.line, f"{key.value} 写了两次", "一层里一个名字只写一次，去掉一个", "name-twice"
                )
            names.add(key.value)


def refused_file(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """(line, problem, remedy, rule) of a file that is better not read by anything else. A fifo is not opened."""
    if path.is_symlink() or not path.is_file():
        yield 0, "这不是一个普通的文件", "删掉；要的内容另存成普通文件", "file-kind"
        return
    if path.stat().st_size > MOST_BYTES:
        yield 0, f"这个文件超过{MOST_BYTES // 1000}KB，太大了", "多半是粘贴错了；分成几个文件", "file-large"
        return
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".json":
        if _depth(text) > DEEPEST:
            yield 0, "括号一层套一层，太深了", "照别的表写", "file-deep"
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_IN_A_LINE:
            yield number, f"这一行超过{MOST_IN_A_LINE}个字", "分成几段", "line-long"


def _depth(text: str) -> int:
    """How deep JSON goes, counted without making values of it."""
    deepest = depth = 0
    for found in _JSON.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        deepest = max(deepest, depth)
    return deepest
