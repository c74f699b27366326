"""What holds of the clock whatever the calendar."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.applications.calendar import Calendar
from doorstep.applications.clock import Deadline, clock, cutoff, due_until, is_overdue
from tests.unit.applications.clocks import DAYS, DECISION, PAUSES, PERMIT, accepted, calendars, event, limits, service

A_DAY = dt.timedelta(days=1)
EVERY = settings(deadline=None, database=None, max_examples=int(os.environ.get("DOORSTEP_EXAMPLES", "100")))


def deadline(limit: dict[str, Any], calendar: Calendar, start: dt.date, *more: dict[str, Any]) -> Deadline:
    (found,) = clock(service(limit), accepted(start, *more), calendar).limits
    return found


@EVERY
@given(calendars(), limits(), DAYS, st.integers(1, 400))
def test_a_later_start_never_gives_an_earlier_date(
    calendar: Calendar, limit: dict[str, Any], start: dt.date, later: int
) -> None:
    assert deadline(limit, calendar, start).by <= deadline(limit, calendar, start + A_DAY * later).by


@EVERY
@given(calendars(), limits(), DAYS, st.sets(DAYS, max_size=30))
def test_more_holidays_never_give_a_shorter_limit(
    calendar: Calendar, limit: dict[str, Any], start: dt.date, more: set[dt.date]
) -> None:
    off = calendar._replace(closed=calendar.closed | more, at_work=calendar.at_work - more)
    assert deadline(limit, off, start).by >= deadline(limit, calendar, start).by


@EVERY
@given(calendars(), limits(), DAYS, st.lists(st.integers(0, 40), max_size=6))
def test_a_pause_never_shortens(calendar: Calendar, limit: dict[str, Any], start: dt.date, steps: list[int]) -> None:
    at, events = start, []
    for number, step in enumerate(steps):
        at += A_DAY * step
        events.append(event("corrected" if number % 2 else "returned", at))
    running = deadline(limit, calendar, start, *events)
    paused = deadline(limit | {"pauses": PAUSES}, calendar, start, *events)
    assert running == deadline(limit, calendar, start)
    assert paused.by >= running.by
    assert bool(paused.pause_basis) == (len(steps) % 2 == 1)
    assert not (paused.pause_basis and is_overdue(paused, dt.date.max))


@EVERY
@given(calendars(), limits(), DAYS, st.integers(0, 60), st.lists(st.integers(-5, 150), max_size=4))
def test_an_extension_never_shortens_nor_passes_the_maximum(
    calendar: Calendar, limit: dict[str, Any], start: dt.date, room: int, totals: list[int]
) -> None:
    limit |= {"at_most": limit["days"] + room}
    found = deadline(
        limit, calendar, start, *(event("extended", start, limit="decision", days=total) for total in totals)
    )
    assert deadline(limit, calendar, start).by <= found.by
    assert found.by <= deadline(limit | {"days": limit["at_most"]}, calendar, start).by
    assert found.extended == any(limit["days"] < total <= limit["at_most"] for total in totals)


@EVERY
@given(calendars(), limits(), DAYS)
def test_the_cutoff_agrees_with_the_deadline_on_every_day(
    calendar: Calendar, limit: dict[str, Any], today: dt.date
) -> None:
    latest = cutoff(limit, calendar, today)
    assert latest is not None
    assert latest < today
    for number in range(-20, (today - latest).days + 10):
        start = latest + A_DAY * number
        assert (deadline(limit, calendar, start).by <= today) == (start <= latest)


@EVERY
@given(
    calendars(), DAYS, st.integers(0, 60), st.integers(0, 60), st.booleans(), st.sampled_from(["received", "accepted"])
)
def test_what_is_due_stands_before_the_place_to_read_to(  # noqa: PLR0917
    calendar: Calendar, received: dt.date, until_accepted: int, until_today: int, permit: bool, since: str
) -> None:
    known = service(DECISION | {"from": since, "days": 10}, acceptance=PERMIT if permit else {"if_silent": "none"})
    accepted_on = received + A_DAY * until_accepted
    today = accepted_on + A_DAY * until_today
    events = [event("received", received)]
    for is_accepted, place in ((False, received), (True, accepted_on)):
        events += [event("accepted", accepted_on)] * is_accepted
        running = [limit for limit in clock(known, events, calendar).limits if limit.met_on is None]
        until = due_until(known, calendar, today, accepted=is_accepted)
        if any(limit.by <= today for limit in running):
            assert until is not None
            assert place <= until


@EVERY
@given(calendars(), limits(), DAYS)
def test_a_limit_ends_when_the_office_works(calendar: Calendar, limit: dict[str, Any], start: dt.date) -> None:
    found = deadline(limit, calendar, start)
    assert calendar.is_working(found.by)
    assert not is_overdue(found, found.by)
    assert is_overdue(found, found.by + A_DAY)
