"""The published working days are those of the notices, and nothing is claimed beyond them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import chinese_calendar
import pytest

from doorstep.applications.calendar import beijing_date, load_calendar, read_calendar
from doorstep.portal.facts.working_days import calendar, read_working_days
from tests.unit.applications.clocks import ROOT, published

#: Closed in Xinjiang and nowhere else, so unknown to the library.
XINJIANG = frozenset({"肉孜节", "古尔邦节"})


def days_of(year: int) -> list[dt.date]:
    return [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365 + (year % 4 == 0))]


def test_every_published_year_is_as_a_library_knows_it() -> None:
    known, _ = read_working_days(ROOT)
    for year in known["years"]:
        for notice in year["notices"]:
            notice["closed"] = [holiday for holiday in notice["closed"] if holiday["name"] not in XINJIANG]
    nationwide = read_calendar(calendar(known))
    assert {2025, 2026} <= nationwide.years
    for number in nationwide.years:
        differing = [day for day in days_of(number) if nationwide.is_working(day) != chinese_calendar.is_workday(day)]
        assert differing == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_published_year_has_xinjiangs_two_holidays(year: int) -> None:
    (found,) = [each for each in read_working_days(ROOT)[0]["years"] if each["year"] == year]
    named = {holiday["name"] for notice in found["notices"] for holiday in notice["closed"]}
    assert named >= XINJIANG


@pytest.mark.parametrize("day", ["2025-03-31", "2025-06-09", "2025-06-10", "2026-03-20", "2026-05-27", "2026-05-29"])
def test_xinjiangs_offices_are_closed_when_others_work(day: str) -> None:
    on = dt.date.fromisoformat(day)
    assert chinese_calendar.is_workday(on)
    assert not published().is_working(on)


def test_days_no_official_notice_confirms_are_a_guess() -> None:
    known = published()
    assert known.is_estimated(dt.date(2026, 5, 27))
    assert not known.is_estimated(dt.date(2025, 6, 10))
    assert not known.is_estimated(dt.date(2026, 10, 1))


def test_past_the_last_published_year_weekends_and_fixed_holidays_are_all_that_is_known() -> None:
    known = published()
    last = max(known.years)
    year = last + 1
    fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    for on in days_of(year):
        assert known.is_estimated(on)
        assert known.is_working(on) == (on.weekday() < 5 and (on.month, on.day) not in fixed)
    assert known.add_working_days(dt.date(last, 12, 31), 1)[1]
    assert not known.add_working_days(dt.date(last, 11, 30), 3)[1]


def test_every_published_year_has_the_fixed_holidays_off_as_well() -> None:
    known = published()
    days = {dt.date(year, *fixed) for year in known.years for fixed in known.every_year}
    assert len(days) == 6 * len(known.years)
    assert not any(map(known.is_working, days))


def test_the_day_one_starts_on_does_not_count() -> None:
    assert published().add_working_days(dt.date(2026, 11, 20), 1) == (dt.date(2026, 11, 23), False)
    assert published().add_working_days(dt.date(2026, 9, 30), 1) == (dt.date(2026, 10, 8), False)
    assert published().add_working_days(dt.date(2026, 10, 9), 1) == (dt.date(2026, 10, 10), False)


def test_a_utc_moment_is_a_day_in_beijing() -> None:
    assert beijing_date("2026-11-22T15:59:59Z") == dt.date(2026, 11, 22)
    assert beijing_date("2026-11-22T16:00:00Z") == dt.date(2026, 11, 23)


def test_the_file_reads_as_it_was_written(tmp_path: Path) -> None:
    written = calendar(read_working_days(ROOT)[0])
    (tmp_path / "calendar.json").write_text(json.dumps(written), encoding="utf-8")
    assert load_calendar(tmp_path / "calendar.json") == published()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"years": [2026], "every_year": [], "closed": ["x"], "at_work": [], "unconfirmed": []}']
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "calendar.json").write_text(text, encoding="utf-8")
    with pytest.raises((ValueError, KeyError)):
        load_calendar(tmp_path / "calendar.json")
