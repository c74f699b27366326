"""YAML that cannot be read, in words an editor can act on: the line, what is wrong there, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.refused import Refused, refuse_nodes, refused_file

NOT_UTF8 = ("这个文件不是UTF-8编码", "另存为UTF-8", "file-encoding")
NOT_READ = ("这个文件不能读", "删掉；要的内容另存成普通文件", "file-kind")
#: Names stand in ASCII before a colon; a Chinese keyboard's colon or comma there makes another name of it.
_WIDE_COLON = re.compile(r"(?:^|[{,，]|- ) *[a-z_]+ *：")
_WIDE_COMMA = re.compile(r"， *[a-z_]+ *: ")
#: Ten times as fast where the system has libyaml, which PyYAML's wheels bring.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DAY = re.compile(r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b")


def read_text(path: Path) -> str:
    """The file without a byte order mark, which some editors write. Raises OSError and UnicodeDecodeError."""
    if path.exists() and any(refused_file(path)):
        raise OSError(f"{path} is not read")  # `check_files` says why
    return path.read_text(encoding="utf-8-sig")


def parsed(text: str) -> tuple[Any, yaml.Node | None]:
    """Value and node of YAML, read once. Raises ValueError or YAMLError."""
    loader = LOADER(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            refuse_nodes(node)
        return (None if node is None else loader.construct_document(node)), node
    except RecursionError:
        raise Refused(0, "括号一层套一层，太深了", "照别的文件写", "file-deep") from None
    finally:
        loader.dispose()


def read_yaml(path: Path, source: str) -> tuple[Any, yaml.Node | None, list[Finding]]:
    """Value and node of a YAML file; without them, the findings that say why."""
    try:
        text = read_text(path)
        return *parsed(text), []
    except FileNotFoundError:
        return None, None, [Finding(source, 0, "没有这个文件", "从版本历史里找回来", "file-missing")]
    except OSError:
        return None, None, [Finding(source, 0, *NOT_READ)]
    except UnicodeDecodeError:
        return None, None, [Finding(source, 0, *NOT_UTF8)]
    except (ValueError, yaml.YAMLError) as error:
        return None, None, [Finding(source, *fault) for fault in faults(text, 1, error)]


def plain(value: Any) -> Any:
    """The value with days as ISO text and every name as text."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def line_of(node: yaml.Node | None, path: tuple[str | int, ...]) -> int:
    """The line where what stands at `path` begins, its name where it has one; or of the nearest thing around it."""
    if node is None:
        return 0
    line = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step] if step < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            key, node = next(((key, inner) for key, inner in node.value if key.value == step), (None, None))
            line = key.start_mark.line + 1 if key else line
            continue
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def faults(text: str, first: int, error: Exception) -> list[tuple[int, str, str, str]]:
    """(line, problem, remedy, rule) for YAML that `error` refused; `text` begins on the file's line `first`."""
    if isinstance(error, Refused):
        return [(first + error.line, *error.fault)]
    lines = text.splitlines()
    if known := list(_known(lines, first)):
        return known
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line, max(len(lines) - 1, 0)) if mark else 0
    remedy = "检查这一行和上一行的括号、引号、空格；写成“名字: 内容”，冒号后面空一格"
    return [(first + line, "这一行读不出来", remedy, "yaml-unreadable")]


def _known(lines: list[str], first: int) -> Iterator[tuple[int, str, str, str]]:
    for number, line in enumerate(lines, first):
        if "\t" in line:
            yield number, "这一行有制表符", "改成空格", "yaml-tab"
        if _WIDE_COLON.search(line):
            yield number, "这一行的冒号是中文的“：”", "名字后面用英文冒号，再空一格：“名字: 内容”", "yaml-punctuation"
        if _WIDE_COMMA.search(line):
            yield number, "这一行的逗号是中文的“，”", "两项之间用英文逗号，再空一格", "yaml-punctuation"
        for found in _DAY.finditer(line):
            try:
                date(*(int(part) for part in found.groups()))
            except ValueError:
                yield number, f"没有 {found[0]} 这一天", "改成有的日子", "day-unknown"
