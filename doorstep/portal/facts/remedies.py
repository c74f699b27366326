"""What one can do about a decision: the remedies of docs/_data/remedies.yml that a guide's service has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/_data/remedies.yml"


def remedies_of(guide: Guide, remedies: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """[{id, title, text}]: those its `remedies` names, as it orders them, else those of all guides.

    One that stands `instead` of another has the other's id: it is the same to who decides and to who objects.
    """
    listed = {one["id"]: one for one in remedies}
    usual = [name for name, one in listed.items() if not one.get("only")]
    chosen = (listed[name] for name in guide.facts.get("remedies", usual))
    return [{"id": one.get("instead", one["id"]), "title": one["title"], "text": one["text"]} for one in chosen]


def check_remedies(guides: Iterable[Guide], remedies: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """A finding for each remedy a guide names that stands in no list."""
    known = {one["id"] for one in remedies}
    for guide in guides:
        for index, name in enumerate(guide.facts.get("remedies", ())):
            if name not in known:
                problem, cure = f"remedies 里的 {name} 没有", f"照 {SOURCE} 里的 id 写，或者在那里加一条"
                yield Finding(guide.source, guide.line(("remedies", index)), problem, cure, "remedy-unknown")
