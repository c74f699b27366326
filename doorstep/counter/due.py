"""Where on the shelves something due may stand: bounds that leave nothing out; the clock of each then says exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doorstep.applications.calendar import A_DAY
from doorstep.applications.desk import WRITTEN
from doorstep.applications.limits import cutoff, due_until, is_dated, silence_accepts, telling_limit
from doorstep.counter.counter import BEIJING, Counter
from doorstep.counter.shelving import ACCEPTED, BEFORE, Span

Spans = dict[tuple[str, str], Span]


def overdue(counter: Counter, today: dt.date) -> Spans:
    """By service and list, where something may stand whose last day was before today."""
    return _spans(counter, today - A_DAY, {})


def due_today(counter: Counter, today: dt.date) -> Spans:
    """By service and list, where something may stand whose last day is today: what is long overdue is left out."""
    begins = {
        (service_id, accepted): _end_of(last)
        for service_id, service in counter.services.items()
        for accepted in (False, True)
        if (last := _surely_overdue(counter, service, today, accepted=accepted)) is not None
    }
    return _spans(counter, today, begins)


def _spans(counter: Counter, day: dt.date, begins: Mapping[tuple[str, bool], str]) -> Spans:
    found: Spans = {}
    for service_id, service in counter.services.items():
        for lists, accepted in ((BEFORE, False), (ACCEPTED, True)):
            last = due_until(service, counter.calendar, day, accepted=accepted)
            if last is not None:
                span = Span(begins.get((service_id, accepted), ""), _end_of(last))
                found |= {(service_id, name): span for name in lists}
    return found


def _surely_overdue(counter: Counter, service: Mapping[str, Any], today: dt.date, *, accepted: bool) -> dt.date | None:
    """The latest day in these lists from which every limit, extended as far as it may be, has ended before today.

    None where that cannot be told from the day alone: a limit may stand still, or runs from another day.
    """
    telling = telling_limit(service)
    limits = [limit for limit in service["limits"] if is_dated(limit)]
    if silence_accepts(service) or any("pauses" in limit for limit in limits):
        return None
    if accepted and any(limit["from"] != "accepted" for limit in limits):
        return None
    running = [limit for limit in limits if accepted or limit["from"] == "received"]
    running += [telling] if telling and not accepted else []
    ends = [
        cutoff({**limit, "days": max(limit["days"], limit.get("at_most", 0))}, counter.calendar, today - A_DAY)
        for limit in running
    ]
    return min((end for end in ends if end is not None), default=None)


def _end_of(day: dt.date) -> str:
    """The position behind everything of this day in the city."""
    return dt.datetime.combine(day + A_DAY, dt.time(), BEIJING).astimezone(dt.UTC).strftime(WRITTEN)
