"""Every office of the city, from the kinds in docs/_data/offices.yml and the divisions: build/intake/offices.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from doorstep.places import Division, Divisions, read_divisions
from doorstep.portal.facts.confirmed import BY
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.office_kinds import SOURCE, titles
from doorstep.portal.findings.finding import Finding


def offices(kinds: Iterable[dict[str, Any]], divisions: Path) -> dict[str, Any]:
    """{"offices": [{id, title, kind}], "levels": {kind: level}}, in the order of kinds and official codes."""
    listed = list(kinds)
    known = read_divisions(divisions)
    made = [
        {"id": f"{kind['id']}-{one.code}", "title": kind["name"].format(**_names(known, one)), "kind": kind["id"]}
        for kind in listed
        for one in known.of_level(kind["level"])
    ]
    return {"offices": made, "levels": {kind["id"]: kind["level"] for kind in listed}}


def check_offices(kinds: list[dict[str, Any]], guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each office a guide names, or says it was confirmed by, that stands in no list."""
    known = {title for kind in kinds for title in titles(kind)}
    for guide in guides:
        for role, title in guide.facts.get("offices", {}).items():
            if title not in known:
                problem, remedy = f"offices 里的“{title}”不在名单里", f"照 {SOURCE} 的 title 写，或者在那里加一条"
                yield Finding(guide.source, guide.line(("offices", role)), problem, remedy, "office-unknown")
        limits = [(("limits", at), limit) for at, limit in enumerate(guide.facts.get("limits", ()))]
        for where, facts in [((), guide.facts), *limits]:
            if BY in facts and facts[BY] not in known:
                problem = f"{BY} “{facts[BY]}”不在单位的名单里"
                remedy = f"照 {SOURCE} 的 title 写，或者在那里加一条；没有单位确认过，就和 confirmed_on 一起去掉"
                yield Finding(guide.source, guide.line((*where, BY)), problem, remedy, "confirmed-by")


def kinds_of(guide: Guide, kinds: Iterable[dict[str, Any]]) -> dict[str, str]:
    """By the guide's roles (accept, decide, …) the kind of office: what `Offices.in_role` looks up."""
    ids = {title: kind["id"] for kind in kinds for title in titles(kind)}
    return {role: ids[title] for role, title in guide.facts["offices"].items()}


def _names(known: Divisions, one: Division) -> dict[str, str]:
    """The names of a division and of those above it, by level."""
    above = _names(known, known.by_code[one.parent]) if one.parent is not None else {}
    return above | {one.level: one.name}
