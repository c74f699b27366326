"""What every page about one application says of it, without opening it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doorstep.applications.clock import is_overdue
from doorstep.applications.clock_words import clock_words
from doorstep.applications.status import OPEN
from doorstep.counter.peeking import Peeked
from doorstep.counter.staff import may_have_filed
from office.visitor import Visit
from office.words import EVENTS, NOT_REGISTERED, author, more, stage_title, state


class JournalLine(NamedTuple):
    """`title` what happened, `at` when (UTC), `who` did it, `more` what else is open."""

    title: str
    at: str
    who: str
    more: str


class Facts(NamedTuple):
    """`clock` are the very words residents read. `doubt`: what is odd about who says to have filed it, or ""."""

    reference: str
    service: str
    status: str
    stage: str
    clock: str
    late: bool
    doubt: str


def facts_of(visit: Visit, peeked: Peeked) -> Facts:
    """What stands in the head of a page."""
    counter = visit.house.counter
    today, clock = counter.today(), peeked.clock
    words = clock_words(peeked.service, clock, today) or "已经办结"
    late = any(is_overdue(limit, today) for limit in clock.limits)
    title = str(peeked.service["title"]) or peeked.head.service
    doubt = _doubt(visit, peeked)
    return Facts(peeked.head.reference, title, state(peeked.standing), stage_now(peeked), words, late, doubt)


def stage_now(peeked: Peeked) -> str:
    """What the guide calls the stage it is at; "" for none, and once it is closed."""
    now = peeked.standing
    return "" if now.status not in OPEN else stage_title(peeked.service, now.stage)


def _doubt(visit: Visit, peeked: Peeked) -> str:
    """A filer stands in the first event on intake's word alone: the register knows who could have filed it."""
    first = peeked.events[0]
    return "" if may_have_filed(visit.house.records.staff, first) else NOT_REGISTERED


def journal(visit: Visit, peeked: Peeked) -> list[JournalLine]:
    """Every event, newest first."""
    return [*_lines(visit, peeked.service, peeked.events)][::-1]


def since(visit: Visit, peeked: Peeked, seen: int) -> list[JournalLine]:
    """What has come after the revision somebody saw, oldest first."""
    return [*_lines(visit, peeked.service, peeked.events[max(seen, 0) :])]


def _lines(visit: Visit, service: Mapping[str, Any], events: tuple[Mapping[str, Any], ...]) -> Iterator[JournalLine]:
    counter, staff = visit.house.counter, visit.house.records.staff
    for event in events:
        title = EVENTS.get(str(event["type"]), str(event["type"]))
        yield JournalLine(title, str(event["at"]), author(counter, staff, event), more(counter, service, event))
