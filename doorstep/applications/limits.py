"""Counting the days of one limit, there and back: from its start to its last day, and from a day to the last start.

The day that starts a limit does not count, the next day is the first (民法典第二百零一条); when the last calendar day
is a day off, the limit ends on the next working day (第二百零三条). A limit in working days counts those only (so says
行政许可法第八十二条 of permits). What an office does with applications has no rule of its own on counting.

A limit here is an entry of a service's `limits` in build/intake/services.json: id, from, days, unit (working_day or
calendar_day), and at_most, basis, confirmed_by, confirmed_on, pauses where it has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.applications.calendar import A_DAY, Calendar

TELLING = "acceptance"
"""The id of the limit on telling whether an application is accepted (`acceptance.notify_within`)."""

Spans = Sequence[tuple[dt.date, dt.date]]
"""Days that do not count: each span's first and last."""


def is_dated(limit: Mapping[str, Any]) -> bool:
    """Whether a law, or a named office on a known day, stands behind the limit: only then it gives a date."""
    return bool(limit.get("basis") or (limit.get("confirmed_by") and limit.get("confirmed_on")))


def stands_behind(limit: Mapping[str, Any]) -> str:
    """The law that gives a dated limit, as it is cited, or who confirmed it when."""
    return str(limit.get("basis") or f"{limit['confirmed_by']}{people_write(limit['confirmed_on'])}确认")


def weeks_long(limit: Mapping[str, Any]) -> int:
    """How long it is in ordinary weeks, where five working days take seven: to be compared, and nothing else."""
    return int(limit["days"]) * (7 if limit["unit"] == "working_day" else 5)


def may_extend(limit: Mapping[str, Any], days: int) -> bool:
    """Whether the law lets this limit be extended to `days` in all: it says a maximum, and cites where."""
    return bool(limit.get("basis")) and limit["days"] < days <= limit.get("at_most", 0)


def telling_limit(service: Mapping[str, Any]) -> dict[str, Any] | None:
    """The rule on telling whether an application is accepted, as a limit: cited, or there is none."""
    rule = service["acceptance"]
    if not (rule.get("notify_within") and rule.get("basis")):
        return None
    return {
        "id": TELLING, "from": "received", "days": rule["notify_within"], "unit": rule["unit"], "basis": rule["basis"],
    }  # fmt: skip


def silence_accepts(service: Mapping[str, Any]) -> bool:
    """Whether an application counts as accepted from receipt when nothing is told in time; never without a basis."""
    return bool(service["acceptance"]["if_silent"] == "accepted_from_receipt" and telling_limit(service))


def last_day(start: dt.date, limit: Mapping[str, Any], pauses: Spans, calendar: Calendar) -> tuple[dt.date, bool]:
    """The last of the limit's days after `start`, and whether a day that mattered for it is a guess."""
    working = limit["unit"] == "working_day"
    if working and not pauses:
        return calendar.add_working_days(start, limit["days"])
    last, left, estimated = start, limit["days"], False
    while left > 0:
        last += A_DAY
        estimated = estimated or (working and calendar.is_estimated(last))
        left -= not _within(last, pauses) and (calendar.is_working(last) or not working)
    while not calendar.is_working(last) or _within(last, pauses):
        estimated = estimated or calendar.is_estimated(last)
        last += A_DAY
    return last, estimated or calendar.is_estimated(last)


def cutoff(limit: Mapping[str, Any], calendar: Calendar, today: dt.date) -> dt.date | None:
    """The latest start whose last day is `today` or before, without extension or pause; None where there is no date.

    A later start never ends earlier, so whatever started after it is not due yet, and whatever is due today or overdue
    started then or before. With the day before today it gives the latest start that is overdue.
    """
    if not is_dated(limit):
        return None
    late: dt.date = today - A_DAY * limit["days"]
    reach = 64
    while last_day(early := late - A_DAY * reach, limit, (), calendar)[0] > today:
        reach *= 2
    while early < late:
        middle = early + (late - early + A_DAY) // 2
        if last_day(middle, limit, (), calendar)[0] <= today:
            early = middle
        else:
            late = middle - A_DAY
    return early


def due_until(service: Mapping[str, Any], calendar: Calendar, today: dt.date, *, accepted: bool) -> dt.date | None:
    """The latest day an application's place in the office's lists may have when one of its limits ends on `today` or
    before; None where none can. Read the lists up to and with that day, then ask each application's clock.

    Lists of accepted applications are in order of acceptance, the others of receipt (`accepted` says which). A limit
    that runs from another day than its list is ordered by may end for any of them.
    """
    silent = silence_accepts(service)
    found: list[dt.date | None] = []
    for limit in filter(is_dated, service["limits"]):
        from_receipt = limit["from"] == "received"
        if accepted and (from_receipt or silent):
            found.append(today)
        elif accepted or from_receipt or silent:
            found.append(cutoff(limit, calendar, today))
    if not accepted and (telling := telling_limit(service)):
        found.append(cutoff(telling, calendar, today))
    return max(filter(None, found), default=None)


def _within(day: dt.date, spans: Spans) -> bool:
    return any(first <= day <= last for first, last in spans)


def people_write(on: dt.date | str) -> str:
    """A date, or its ISO text, as people write it: 2027年1月5日."""
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    return f"{day.year}年{day.month}月{day.day}日"
