"""Papers that staff see with their own eyes before they accept: derived from guide, answers and the last notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.reading import awaited
from doorstep.attachments.files import READY
from doorstep.counter.attached import all_sent
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.texts import Faults, cleaned
from doorstep.forms.brought import brought

LONGEST_WHY = 200


class Paper(NamedTuple):
    """A paper to see. `id` is the material's, `title` what the guide (or the notice, that day) calls it; `when` the
    guide's words for whom it concerns, "" for everybody; `asked` the reason of the last notice, "" where it asked not.
    `instead`: whether it stands for photos, of which none can be looked at. `optional`: nobody must have it.
    """

    id: str
    title: str
    when: str = ""
    asked: str = ""
    instead: bool = False
    optional: bool = False


class Seen(NamedTuple):
    """What a clerk says of a paper: that they saw it, or `why` it need not be seen."""

    paper: str
    seen: bool
    why: str = ""


def needed_papers(counter: Counter, opened: Opened, signed: Collection[str]) -> tuple[Paper, ...]:
    """What is to be seen, in the guide's order, then what only the notice named: papers that are shown, those the
    notice asked for, photographed ones that the resident chose to bring, or of which no photo can be looked at. Papers
    in `signed` (ids) are left out: whoever writes down who signed them has them in hand. Raises StoreUnavailable.
    """
    listed = {str(paper["id"]): paper for paper in opened.peeked.service.get("materials", [])}
    asked = {str(paper["material"]): paper for paper in notice_papers(opened)}
    unseen = set(_without_photo(counter, opened))
    shown = {name for name, paper in listed.items() if paper.get("how") == "shown"}
    found = shown | unseen | set(brought(opened.form, opened.instance)) | set(asked)
    order = [*listed, *(name for name in asked if name not in listed)]
    return tuple(
        Paper(
            name,
            str(listed.get(name, asked.get(name, {}))["title"]),
            when=str(listed.get(name, {}).get("when", "")),
            asked=str(asked.get(name, {}).get("reason", "")),
            instead=name in unseen,
            optional=bool(listed.get(name, {}).get("optional")) and name not in asked and name not in unseen,
        )
        for name in order
        if name in found and name not in signed
    )


def _without_photo(counter: Counter, opened: Opened) -> Iterator[str]:
    """The materials that photos were sent of, none of which can be looked at: refused, or not examined yet."""
    sent = all_sent(counter, opened)
    for field in opened.form.fields:
        files = sent.of(field.name)
        if field.material and files and all(one.status != READY for one in files):
            yield field.material


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
    """Note every paper that was neither seen nor explained, but for optional ones. Faults' `where` is `seen:<id>`."""
    by_id = {str(one["material"]): one for one in said}
    for name in by_id.keys() - {paper.id for paper in needed}:
        faults.add(f"seen:{name}", "unknown-paper")
    for paper in needed:
        one = by_id.get(paper.id, {})
        if len(one.get("why", "")) > LONGEST_WHY:
            faults.add(f"seen:{paper.id}", "long-why")
        elif not (one.get("seen") or one.get("why") or paper.optional):
            faults.add(f"seen:{paper.id}", "not-seen")
