"""The city's working days: what the notices published, year by year; where none is, weekends and fixed holidays."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

A_DAY = dt.timedelta(days=1)
_BEIJING = dt.timezone(dt.timedelta(hours=8))
_SATURDAY = 5


class Calendar(NamedTuple):
    """Days are dates in Beijing. `closed` and `at_work` differ from the weekend rule or repeat it; `unconfirmed` are
    days whose notice nobody has seen; `years` are those that have been published. `every_year` are days off by rule,
    (month, day), which in other years hold too.
    """

    years: frozenset[int]
    closed: frozenset[dt.date]
    at_work: frozenset[dt.date]
    unconfirmed: frozenset[dt.date] = frozenset()
    every_year: frozenset[tuple[int, int]] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Whether the offices work that day, as far as is known: also from fixed holidays where no notice is out."""
        return day in self.at_work or (day.weekday() < _SATURDAY and not self._is_off(day))

    def _is_off(self, day: dt.date) -> bool:
        return day in self.closed or (day.year not in self.years and (day.month, day.day) in self.every_year)

    def is_estimated(self, day: dt.date) -> bool:
        """Whether `is_working` is a guess: its year is not published, or its holiday is not confirmed."""
        return day.year not in self.years or day in self.unconfirmed

    def add_working_days(self, start: dt.date, days: int) -> tuple[dt.date, bool]:
        """The last of `days` working days after `start`, itself not counted; and whether any day between is a guess."""
        last, left, estimated = start, days, False
        while left > 0:
            last += A_DAY
            estimated = estimated or self.is_estimated(last)
            left -= self.is_working(last)
        return last, estimated


def load_calendar(path: Path) -> Calendar:
    """Reads build/intake/calendar.json; raises OSError, ValueError or KeyError when it is absent or broken."""
    return read_calendar(json.loads(path.read_text(encoding="utf-8")))


def read_calendar(content: Mapping[str, Any]) -> Calendar:
    """The calendar that the build wrote as `content`; raises ValueError or KeyError for anything else."""
    try:
        years = frozenset(map(int, content["years"]))
        closed, at_work, unconfirmed = (
            frozenset(map(dt.date.fromisoformat, content[name])) for name in ("closed", "at_work", "unconfirmed")
        )
        every_year = frozenset((int(day[:2]), int(day[3:])) for day in content["every_year"])
    except TypeError as error:
        raise ValueError("this is no calendar") from error
    return Calendar(years, closed, at_work, unconfirmed, every_year)


def beijing_date(at: str) -> dt.date:
    """The date in the city at a UTC moment as events have it, “2026-11-22T16:00:00Z”; ValueError for other texts."""
    return dt.datetime.fromisoformat(at).astimezone(_BEIJING).date()
