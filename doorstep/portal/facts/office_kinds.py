"""The kinds of office, as docs/_data/offices.yml lists them: every application's way hangs on them, so they are checked
before anything is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from doorstep.portal.facts.data_files import read_data_file
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/_data/offices.yml"
SCHEMA = "schemas/content/offices.json"
LEVELS = ("city", "district", "street", "community")
"""From the widest down: an office's name may name its own division and those around it."""

CITY_DESK = "city-desk"
"""Where an application waits whose community nobody knows (`applications.offices.FALLBACK`)."""

Fault = tuple[tuple[str | int, ...], str, str, str]


def read_office_kinds(root: Path) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The kinds as {id, title, level, name}, and `also`, a list of further titles; empty when there are findings."""
    kinds, findings = read_data_file(root, SOURCE, SCHEMA, _faults)
    return kinds or [], findings


def titles(kind: dict[str, Any]) -> list[str]:
    """All a guide may call it."""
    return [kind["title"], *kind.get("also", ())]


def _faults(kinds: list[dict[str, Any]]) -> Iterator[Fault]:
    """What a schema cannot say."""
    for key in ("id", "title"):
        seen: set[str] = set()
        for number, kind in enumerate(kinds):
            for name in titles(kind) if key == "title" else [kind["id"]]:
                if name in seen:
                    remedy = "一种单位只写一条，id、title 和 also 都不能重复"
                    yield (number, key), f"有两条的 {key} 都是 {name}", remedy, "list-twice"
                seen.add(name)
    if not any((kind["id"], kind["level"]) == (CITY_DESK, "city") for kind in kinds):
        yield (
            (),
            f"没有市级的 {CITY_DESK}",
            f"补上 - {{id: {CITY_DESK}, title: 市级窗口, level: city, name: 市级窗口}}；不知道社区的申请先到那里",
            "city-desk",
        )
    for number, kind in enumerate(kinds):
        yield from (((number, "name"), *fault) for fault in _name_faults(kind["name"], kind["level"]))


def _name_faults(name: str, level: str) -> Iterator[tuple[str, str, str]]:
    """(problem, remedy, rule) for placeholders that no office of this level could fill in."""
    known = LEVELS[: LEVELS.index(level) + 1]
    remedy = f"这一级能用的有 {'、'.join(f'{{{each}}}' for each in known)}"
    try:
        parts = list(Formatter().parse(name))
    except ValueError:
        yield "name 的花括号不成对", remedy, "office-name"
        return
    for _, field, form, conversion in parts:
        if field is not None and (field not in known or form or conversion):
            yield f"name 里的 {{{field}}} 用不了", remedy, "office-name"
