"""What stands once for all pages: the lists in docs/_data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doorstep.portal.facts.office_kinds import read_office_kinds
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import read_yaml

FOLDER = "docs/_data"
WORD_LIST = f"{FOLDER}/plain-words.yml"
#: What each entry of a list says, all of it text and nothing else.
LISTS = {
    "laws": ("id", "title"),
    "hotlines": ("number", "title", "for"),
    "remedies": ("id", "title", "text"),
    "themes": ("id", "title"),
}
#: What an entry may say besides, and as what.
MORE: dict[str, dict[str, type]] = {
    "hotlines": {"urgent": bool},
    "laws": {"ref": str, "read": bool},
    "remedies": {"only": bool, "instead": str},
}

_DIALLED = re.compile("[0-9]{3,12}")
_AS_NUMBER = 'number 只写3到12位数字，比如 "12345"，不加横线、空格'


@dataclass(frozen=True)
class Law:
    """A law or rule that guides cite; `ref` is its number as published, empty where nobody could confirm it.

    What was not `read` is known from others only: no article of it is cited, and pages say so.
    """

    id: str
    title: str
    ref: str = ""
    read: bool = True

    @property
    def called(self) -> str:
        """“《title》（ref）”."""
        return f"《{self.title}》（{self.ref}）" if self.ref else f"《{self.title}》"


@dataclass(frozen=True)
class Data:
    """`laws` is None when their list cannot be read: no guide is to blame for that."""

    laws: dict[str, Law] | None
    hotlines: list[dict[str, Any]]
    remedies: list[dict[str, Any]]
    themes: list[dict[str, str]]
    offices: list[dict[str, Any]]
    words: dict[str, str]


def read_data(root: Path) -> tuple[Data, list[Finding]]:
    """All lists; what cannot be read is empty, and a finding."""
    findings: list[Finding] = []
    laws, hotlines, remedies, themes = (_entries(root, name, findings) for name in LISTS)
    offices, found = read_office_kinds(root)
    findings += found
    words, node, found = read_yaml(root / WORD_LIST, WORD_LIST)
    findings += found
    if not found and not (isinstance(words, dict) and all(isinstance(word, str) for word in words.values())):
        findings.append(Finding(WORD_LIST, _line(node), "写法不对", "每行写成“不好懂的词: 大白话”", "list-shape"))
        words = None
    known = None if laws is None else {entry["id"]: Law(**entry) for entry in laws}
    return Data(known, hotlines or [], remedies or [], themes or [], offices, words or {}), findings


def _entries(root: Path, name: str, findings: list[Finding]) -> list[dict[str, Any]] | None:
    source = f"{FOLDER}/{name}.yml"
    value, node, found = read_yaml(root / source, source)
    keys, more = LISTS[name], MORE.get(name, {})
    if not found:
        shape = f"每行写成 - {{{', '.join(f'{key}: …' for key in keys)}}}；标点用英文的，只有数字的加英文引号"
        nodes = node.value if isinstance(node, yaml.SequenceNode) else []
        if not nodes:
            found = [Finding(source, _line(node), "这里要有一串内容", shape, "list-shape")]
        for entry, part in zip(value if nodes else (), nodes, strict=True):
            right = isinstance(entry, dict) and set(keys) <= set(entry) <= {*keys, *more}
            if not right or not all(isinstance(said, more.get(key, str)) for key, said in entry.items()):
                found.append(Finding(source, _line(part), "这一条的写法不对", shape, "list-shape"))
            elif name == "hotlines" and not _DIALLED.fullmatch(entry["number"]):
                problem = f"“{entry['number'][:12]}”拨不出去"
                found.append(Finding(source, _line(part), problem, _AS_NUMBER, "hotline-number"))
    findings += found
    return None if found else list(value)


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node else 0
