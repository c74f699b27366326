"""Services, events and calendars for the tests of the clock."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from doorstep.applications.calendar import Calendar, read_calendar
from doorstep.portal.facts.working_days import calendar, read_working_days

ROOT = Path(__file__).resolve().parents[3]
DECISION: dict[str, Any] = {
    "id": "decision", "from": "accepted", "days": 30, "at_most": 45, "unit": "working_day", "basis": "《法》第一条",
}  # fmt: skip
PERMIT: dict[str, Any] = {
    "notify_within": 5, "unit": "working_day", "if_silent": "accepted_from_receipt", "basis": "《法》第三十二条",
}  # fmt: skip
NO_RULE: dict[str, Any] = {"if_silent": "none"}
PAUSES = {"while": "returned", "basis": "《法》第九条"}


def published() -> Calendar:
    """The calendar this repository publishes."""
    known, findings = read_working_days(ROOT)
    assert findings == []
    return read_calendar(calendar(known))


def service(*limits: dict[str, Any], acceptance: dict[str, Any] = NO_RULE) -> dict[str, Any]:
    return {"limits": list(limits), "acceptance": acceptance}


def event(kind: str, on: str | dt.date, **facts: Any) -> dict[str, Any]:
    """A signed event's payload, at noon in Beijing."""
    return {"type": kind, "at": f"{on}T04:00:00Z", **facts}


def accepted(on: str | dt.date, *more: dict[str, Any]) -> list[dict[str, Any]]:
    return [event("received", on), event("accepted", on), *more]


DAYS = st.dates(dt.date(2024, 6, 1), dt.date(2027, 6, 30))
UNITS = st.sampled_from(["working_day", "calendar_day"])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any holidays, also long ones, and weekend days worked for them, in any run of published years."""
    first = draw(st.integers(2023, 2026))
    years = frozenset(range(first, draw(st.integers(first, 2028))))
    closed = frozenset(draw(st.sets(DAYS, max_size=40)) | _run(draw))
    at_work = frozenset(day for day in draw(st.sets(DAYS, max_size=20)) if day.weekday() >= 5) - closed
    every_year = frozenset((day.month, day.day) for day in draw(st.sets(DAYS, max_size=8)))
    return Calendar(years, closed, at_work, frozenset(draw(st.sets(DAYS, max_size=5))), every_year)


def _run(draw: st.DrawFn) -> set[dt.date]:
    start, length = draw(DAYS), draw(st.integers(0, 40))
    return {start + dt.timedelta(days=number) for number in range(length)}


@st.composite
def limits(draw: st.DrawFn) -> dict[str, Any]:
    return {"id": "decision", "from": "accepted", "days": draw(st.integers(1, 60)), "unit": draw(UNITS), "basis": "法"}
