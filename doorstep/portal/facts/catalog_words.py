"""The catalog's vocabulary, as docs/_data/catalog.yml lists it: what a resource may name, and how people read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import line_of, read_yaml

SOURCE = "docs/_data/catalog.yml"
#: What each entry of a list says, all of it text and nothing else.
LISTS = {"categories": ("id", "title", "text"), "kinds": ("id", "title"), "audiences": ("id", "title")}
#: Who is meant by this is everybody: whoever asks for one group is shown it too.
EVERYONE = "everyone"


@dataclass(frozen=True)
class Term:
    """A word of the vocabulary; `text` says what a category is about, and is empty elsewhere."""

    id: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """What a resource may name, by id, in the order it is shown."""

    categories: Mapping[str, Term]
    kinds: Mapping[str, Term]
    audiences: Mapping[str, Term]


def read_vocabulary(root: Path) -> tuple[Vocabulary | None, list[Finding]]:
    """The vocabulary, or None and why."""
    value, node, findings = read_yaml(root / SOURCE, SOURCE)
    if findings:
        return None, findings
    if not isinstance(value, dict) or set(value) != set(LISTS):
        remedy = f"写成 {'、'.join(f'{name}:' for name in LISTS)} 三段"
        return None, [Finding(SOURCE, 0, "这里要有三串内容", remedy, "list-shape")]
    read = {name: _terms(value[name], name, node, findings) for name in LISTS}
    if not findings and EVERYONE not in read["audiences"]:
        line = line_of(node, ("audiences",))
        findings.append(Finding(SOURCE, line, f"没有 {EVERYONE}", f"补上 id: {EVERYONE}", "list-shape"))
    return (None, findings) if findings else (Vocabulary(**read), [])


def _terms(entries: Any, name: str, node: yaml.Node | None, findings: list[Finding]) -> dict[str, Term]:
    keys = LISTS[name]
    shape = f"每行写成 - {{{', '.join(f'{key}: …' for key in keys)}}}；标点用英文的，只有数字的加英文引号"
    terms: dict[str, Term] = {}
    if not isinstance(entries, list):
        findings.append(Finding(SOURCE, line_of(node, (name,)), f"{name} 要有一串内容", shape, "list-shape"))
        return terms
    for number, entry in enumerate(entries):
        line = line_of(node, (name, number))
        if (
            not isinstance(entry, dict)
            or set(entry) != set(keys)
            or not all(isinstance(one, str) for one in entry.values())
        ):
            findings.append(Finding(SOURCE, line, "这一条的写法不对", shape, "list-shape"))
        elif entry["id"] in terms:
            problem = f"{name} 里有两条的 id 都是 {entry['id']}"
            findings.append(Finding(SOURCE, line, problem, "一样只写一条", "list-twice"))
        else:
            terms[entry["id"]] = Term(**entry)
    return terms
