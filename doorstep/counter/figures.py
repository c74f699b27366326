"""Figures of the service, never of persons: how many, how late, how long; small counts are left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from statistics import median
from typing import Any, NamedTuple

from doorstep.applications.calendar import A_DAY, Calendar, beijing_date
from doorstep.applications.clock import clock, is_overdue
from doorstep.applications.errors import Tampered
from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.counter.counter import Counter
from doorstep.counter.shelving import ACCEPTED, AT_ONCE, BEFORE, Walk, entries, with_heads
from doorstep.counter.staff import Staff

FEWEST = 5
"""A count below says who: it is left out (“少于5”)."""

LAST = 500
"""So many of the office's closed applications are counted, the newest, and as many open ones, the oldest."""

DECIDED = frozenset({"approved", "refused"})


class Figures(NamedTuple):
    """One service at one office. None: fewer than FEWEST, 0 included, or what would give such a count away.

    `counted` is not what ever came: it is `closed` among the LAST closed here, and those open here now, of which
    `overdue` are past their day; what was handed on counts where it is. `working_days`: half of the decided took at
    most so many from acceptance to decision.
    """

    service: str
    title: str
    counted: int | None
    closed: int | None
    overdue: int | None
    working_days: float | None


class _Count(NamedTuple):
    closed: int
    open: int
    overdue: int
    took: tuple[int, ...]


def figures(counter: Counter, staff: Staff) -> tuple[Figures, ...]:
    """The figures of the staff member's office, by service; an auditor's too. Raises StoreUnavailable."""
    closed = _by_service(_heads(counter, staff.office, ("closed",), newest_first=True))
    still = _by_service(_heads(counter, staff.office, (*BEFORE, *ACCEPTED)))
    return tuple(
        _published(counter, service, _count(counter, service, closed[service], still[service]))
        for service in counter.services
        if service in closed or service in still
    )


def _heads(counter: Counter, office: str, lists: tuple[str, ...], *, newest_first: bool = False) -> Iterable[Head]:
    listed = entries(counter, office, lists, Walk(newest_first=newest_first, limit=AT_ONCE))
    return (head for _, head in with_heads(counter, islice(listed, LAST), AT_ONCE) if head is not None)


def _by_service(heads: Iterable[Head]) -> dict[str, list[list[dict[str, Any]]]]:
    """The events of each application, by service; what cannot be read is left out."""
    found = defaultdict[str, list[list[dict[str, Any]]]](list)
    for head in heads:
        try:
            said = events(head)
        except Tampered:
            continue
        found[head.service].append(said)
    return found


def _count(
    counter: Counter, service: str, closed: Sequence[list[dict[str, Any]]], still: Sequence[list[dict[str, Any]]]
) -> _Count:
    today, late = counter.today(), 0
    for said in still:
        due = clock(counter.service(service), said, counter.calendar).respond_by
        late += due is not None and is_overdue(due, today)
    took = (working_days(said, counter.calendar) for said in closed)
    return _Count(len(closed), len(still), late, tuple(days for days in took if days is not None))


def working_days(said: Sequence[Mapping[str, Any]], calendar: Calendar) -> int | None:
    """From acceptance to decision, as limits are counted: the day of acceptance is none. None where one is missing."""
    at = {event["type"]: beijing_date(event["at"]) for event in said}
    decided = next((at[kind] for kind in DECIDED if kind in at), None)
    if "accepted" not in at or decided is None:
        return None
    first: dt.date = at["accepted"] + A_DAY
    return sum(calendar.is_working(first + A_DAY * day) for day in range((decided - first).days + 1))


def _published(counter: Counter, service: str, count: _Count) -> Figures:
    """What may be said. Of a whole and its part, the rest must not be small either: one is the other's difference."""
    counted, closed = count.closed + count.open, _enough(count.closed)
    if closed is not None and 0 < count.open < FEWEST:
        closed = None
    overdue = _enough(count.overdue)
    if overdue is not None and 0 < count.open - count.overdue < FEWEST:
        overdue = None
    return Figures(
        service,
        str(counter.service(service)["title"]),
        _enough(counted),
        closed,
        overdue,
        float(median(count.took)) if len(count.took) >= FEWEST else None,
    )


def _enough(count: int) -> int | None:
    return count if count >= FEWEST else None
