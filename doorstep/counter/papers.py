"""Papers that staff see with their own eyes before they accept: derived from guide, answers and the last notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.reading import awaited
from doorstep.counter.opening import Opened
from doorstep.counter.texts import Faults, cleaned

LONGEST_WHY = 200


class Paper(NamedTuple):
    """A paper to see. `id` is the material's, `title` what the guide (or the notice, that day) calls it; `when` the
    guide's words for whom it concerns, "" for everybody; `asked` the reason of the last notice, "" where it asked not.
    """

    id: str
    title: str
    when: str = ""
    asked: str = ""


class Seen(NamedTuple):
    """What a clerk says of a paper: that they saw it, or `why` it need not be seen."""

    paper: str
    seen: bool
    why: str = ""


def needed_papers(opened: Opened, signed: Collection[str]) -> tuple[Paper, ...]:
    """What is to be seen, in the guide's order, then what only the notice named. Papers in `signed` (ids) are left out:
    whoever writes down who signed them has them in hand.
    """
    listed = opened.peeked.service.get("materials", [])
    asked = {str(paper["material"]): paper for paper in notice_papers(opened)}
    shown = {paper["id"]: Paper(paper["id"], paper["title"]) for paper in listed if paper.get("how") == "shown"}
    by_notice = {name: Paper(name, paper["title"]) for name, paper in asked.items()}
    found = by_notice | shown
    order, when = [paper["id"] for paper in listed], {paper["id"]: str(paper.get("when", "")) for paper in listed}
    return tuple(
        found[name]._replace(when=when.get(name, ""), asked=str(asked.get(name, {}).get("reason", "")))
        for name in sorted(found, key=lambda name: order.index(name) if name in order else len(order))
        if name not in signed
    )


def notice_papers(opened: Opened) -> Sequence[Mapping[str, str]]:
    """The papers of the newest notice, {"material", "title", "reason"}, until somebody says to have seen them."""
    if not awaited(opened.events):
        return ()
    newest = next((one for one in reversed(opened.written) if one.event["type"] == "returned"), None)
    return newest.content.get("papers", ()) if newest else ()


def cleaned_papers(papers: Iterable[Seen]) -> list[dict[str, Any]]:
    """As a step commits to them and seals them, but for the titles: a paper that was seen needs no reason."""
    return [
        {"material": one.paper, "seen": True} if one.seen else {"material": one.paper, "why": cleaned(one.why)}
        for one in papers
    ]


def check_papers(faults: Faults, said: Sequence[Mapping[str, Any]], needed: Sequence[Paper]) -> None:
    """Note every paper that was neither seen nor explained. Faults' `where` is `seen:<id>`."""
    by_id = {str(one["material"]): one for one in said}
    for name in by_id.keys() - {paper.id for paper in needed}:
        faults.add(f"seen:{name}", "unknown-paper")
    for paper in needed:
        one = by_id.get(paper.id, {})
        if len(one.get("why", "")) > LONGEST_WHY:
            faults.add(f"seen:{paper.id}", "long-why")
        elif not one.get("seen") and not one.get("why"):
            faults.add(f"seen:{paper.id}", "not-seen")
