"""Papers that staff see with their own eyes before they accept: derived from guide, answers and the last notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.called_for import is_called_for
from doorstep.applications.reading import awaited
from doorstep.attachments.files import READY
from doorstep.counter.attached import all_sent
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.texts import Faults, cleaned
from doorstep.forms.agents import AGENT_IDENTITY
from doorstep.forms.brought import brought

LONGEST_WHY = 200


class Paper(NamedTuple):
    """A paper to see. `id` is the material's, `title` what the guide (or the notice, that day) calls it; `when` the
    guide's words for whom it concerns, "" for everybody, and where the answers say that it does; `asked` the
    reason of the last notice, "" where it asked not.
    `unseen`: the photos it stands for, as they cannot be looked at: which (第几份) and how each stands
    (`attachments.files`). `optional`: nobody must have it. `ready`: all its photos can be looked at by now, so it is
    listed only because something was said of it before.
    """

    id: str
    title: str
    when: str = ""
    asked: str = ""
    unseen: tuple[tuple[int, str], ...] = ()
    optional: bool = False
    ready: bool = False


class Seen(NamedTuple):
    """What a clerk says of a paper: that they saw it, or `why` it need not be seen."""

    paper: str
    seen: bool
    why: str = ""


def needed_papers(
    counter: Counter, opened: Opened, signed: Collection[str], said: Collection[str] = ()
) -> tuple[Paper, ...]:
    """What is to be seen, in the guide's order, then what only the notice named: papers that these answers call for
    and that are shown (but who came for another: their identity is checked with the applicant's), those the
    notice asked for, photographed ones that the resident chose to bring, or of which any photo cannot be looked at.
    Papers in `signed` (ids) are left out: whoever writes down who signed them has them in hand. `said`: what somebody
    has spoken of; its photos may have become ready since, and then it is listed as `ready`. Raises StoreUnavailable.
    """
    listed = {str(paper["id"]): paper for paper in opened.peeked.service.get("materials", [])}
    asked = {str(paper["material"]): paper for paper in notice_papers(opened)}
    photos = _photos(counter, opened)
    unseen = {name: waiting for name, waiting in photos.items() if waiting}
    shown = {
        name
        for name, paper in listed.items()
        if paper.get("how") == "shown" and name != AGENT_IDENTITY and is_called_for(paper, opened.instance)
    }
    needed = shown | set(unseen) | set(brought(opened.form, opened.instance)) | set(asked)
    ready = {name for name in photos if name in said and name not in needed}
    order = [*listed, *(name for name in asked if name not in listed)]
    return tuple(
        Paper(
            name,
            str(listed.get(name, asked.get(name, {}))["title"]),
            when="" if name in shown and "only_if" in listed[name] else str(listed.get(name, {}).get("when", "")),
            asked=str(asked.get(name, {}).get("reason", "")),
            unseen=unseen.get(name, ()),
            optional=bool(listed.get(name, {}).get("optional")) and name not in asked and name not in unseen,
            ready=name in ready,
        )
        for name in order
        if name in needed | ready and name not in signed
    )


def _photos(counter: Counter, opened: Opened) -> dict[str, tuple[tuple[int, str], ...]]:
    """Each material that photos were sent of → those that cannot be looked at: refused, not examined yet, gone."""
    sent = all_sent(counter, opened)
    return {
        field.material: tuple((one.number, one.status) for one in files if one.status != READY)
        for field in opened.form.fields
        if field.material and (files := sent.of(field.name))
    }


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
    """Note every paper that was neither seen nor explained, but for optional ones, and ready ones, of which nothing
    was said. Faults' `where` is `seen:<id>`.
    """
    by_id = {str(one["material"]): one for one in said}
    for name in by_id.keys() - {paper.id for paper in needed}:
        faults.add(f"seen:{name}", "unknown-paper")
    for paper in needed:
        one = by_id.get(paper.id, {})
        if len(one.get("why", "")) > LONGEST_WHY:
            faults.add(f"seen:{paper.id}", "long-why")
        elif not (one.get("seen") or one.get("why") or ((paper.optional or paper.ready) and not one)):
            faults.add(f"seen:{paper.id}", "not-seen")
