"""The one clock: by which day an application must be answered, from the guide, its signed events and the calendar.

A correction stops no clock, unless the limit itself carries a cited rule (`pauses`). A limit that neither a law nor a
named office stands behind has no date, and can never be overdue. How days are counted: see `limits`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.calendar import A_DAY, Calendar, beijing_date
from doorstep.applications.limits import (
    TELLING,
    cutoff,
    due_until,
    is_dated,
    last_day,
    may_extend,
    silence_accepts,
    stands_behind,
    telling_limit,
)
from doorstep.applications.status import CLOSED

__all__ = ["TELLING", "Clock", "Deadline", "clock", "cutoff", "due_until", "is_overdue", "may_extend"]

_ANSWERS = CLOSED | {"returned", "accepted"}
"""Events that tell whether it is accepted, or after which that is no longer asked."""


class Deadline(NamedTuple):
    """A limit of one application. Days are dates in Beijing; `unit` is working_day or calendar_day.

    `start` says from what it runs: received, accepted, or silence (not told in time, so accepted as of receipt; while
    the time for telling still runs, that is what silence would mean). `days` is the total that holds, `first_days`
    what it was before it was extended. `basis` cites the law, or the office and the day it confirmed this.
    `estimated`: some day counted over is not published yet, or not confirmed. `pause_basis` is not empty while the
    limit stands still: then `by` is the earliest it can be. `met_on` is the day that ended it, None while it runs.
    """

    id: str
    by: dt.date
    from_on: dt.date
    start: str
    days: int
    first_days: int
    unit: str
    basis: str
    statutory: bool
    estimated: bool
    pause_basis: str
    met_on: dt.date | None

    @property
    def extended(self) -> bool:
        return self.days > self.first_days


class Clock(NamedTuple):
    """All limits of an application that have started. When it is closed, none of them runs: `by` is there to compare
    with `met_on`.
    """

    limits: tuple[Deadline, ...]
    accepted: bool
    closed: bool

    @property
    def respond_by(self) -> Deadline | None:
        """The running limit that ends first; one that stands still comes after those that do not."""
        running = [limit for limit in self.limits if limit.met_on is None]
        return min(running, key=lambda limit: (bool(limit.pause_basis), limit.by), default=None)


def clock(service: Mapping[str, Any], events: Sequence[Mapping[str, Any]], calendar: Calendar) -> Clock:
    """The clock of an application of `service` (its entry in build/intake/services.json) with these events.

    `events` are the payloads of its signed events, oldest first: `type`, `at` (UTC), and for `extended` also `limit`
    and `days` (the new total, which counts only as far as the law lets it: see `may_extend`). Pure: the same arguments,
    the same clock, whoever asks.
    """
    first: dict[str, dt.date] = {}
    for event in events:
        first.setdefault(event["type"], beijing_date(event["at"]))
    if "received" not in first:
        return Clock((), accepted=False, closed=False)
    closed_on = min((first[kind] for kind in CLOSED & set(first)), default=None)
    starts: dict[str, tuple[dt.date, str]] = {
        kind: (first[kind], kind) for kind in ("received", "accepted") if kind in first
    }
    limits = []
    if rule := telling_limit(service):
        told_on = min((first[kind] for kind in _ANSWERS & set(first)), default=None)
        telling = _deadline(rule, starts["received"], (), told_on, calendar)
        limits.append(telling)
        if silence_accepts(service) and (told_on is None or told_on > telling.by):
            starts["accepted"] = (first["received"], "silence")
    limits += [
        _deadline(limit, starts[limit["from"]], events, closed_on, calendar)
        for limit in service["limits"]
        if limit["from"] in starts and is_dated(limit)
    ]
    return Clock(tuple(limits), accepted="accepted" in first, closed=closed_on is not None)


def is_overdue(deadline: Deadline, today: dt.date) -> bool:
    """Whether `today` (in Beijing) is after its last day, and nothing has ended or stopped it."""
    return deadline.met_on is None and not deadline.pause_basis and today > deadline.by


def _deadline(
    limit: Mapping[str, Any],
    since: tuple[dt.date, str],
    events: Sequence[Mapping[str, Any]],
    met_on: dt.date | None,
    calendar: Calendar,
) -> Deadline:
    start, kind = since
    extensions = [event["days"] for event in events if event["type"] == "extended" and event["limit"] == limit["id"]]
    days = max([limit["days"], *(days for days in extensions if may_extend(limit, days))])
    pauses, stands = (
        _pauses(events, "accepted" if kind == "accepted" else "received") if "pauses" in limit else ([], False)
    )
    by, estimated = last_day(start, {**limit, "days": days}, pauses, calendar)
    return Deadline(
        id=limit["id"],
        by=by,
        from_on=start,
        start=kind,
        days=days,
        first_days=limit["days"],
        unit=limit["unit"],
        basis=stands_behind(limit),
        statutory=bool(limit.get("basis")),
        estimated=estimated,
        pause_basis=limit["pauses"]["basis"] if stands and met_on is None else "",
        met_on=met_on,
    )


def _pauses(events: Sequence[Mapping[str, Any]], start: str) -> tuple[list[tuple[dt.date, dt.date]], bool]:
    """The days that do not count, from the day after each return to that of its correction; whether it stands now.

    Only what was returned after the event that started the limit, the first of type `start`, stops it.
    """
    begun = next(index for index, event in enumerate(events) if event["type"] == start)
    found: list[tuple[dt.date, dt.date]] = []
    returned_on: dt.date | None = None
    for event in events[begun:]:
        on = beijing_date(event["at"])
        if event["type"] == "returned":
            returned_on = returned_on or on
        elif event["type"] == "corrected" and returned_on is not None:
            found.append((returned_on + A_DAY, on))
            returned_on = None
    return found, returned_on is not None
