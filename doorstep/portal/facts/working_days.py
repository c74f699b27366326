"""Working days by year, as docs/_data/working-days.yml cites them from their notices; made into calendar.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from doorstep.portal.facts.data_files import read_data_file
from doorstep.portal.facts.guides import A_DAY
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/_data/working-days.yml"
SCHEMA = "schemas/content/working-days.json"
_SATURDAY = 5
#: No public holiday is longer: a slip in a month or a year would close the offices for weeks.
_LONGEST = 16

Path_ = tuple[str | int, ...]


def read_working_days(root: Path, today: date | None = None) -> tuple[dict[str, Any], list[Finding]]:
    """{every_year, years} as the file has them, days as ISO text; empty when there are findings.

    Without `today` no notice is too new.
    """
    known, findings = read_data_file(root, SOURCE, SCHEMA, lambda value: _faults(value, today))
    return known or {}, findings


def calendar(known: Mapping[str, Any]) -> dict[str, Any]:
    """What the running functions count with: {years, every_year, closed, at_work, unconfirmed, notices}; days as ISO
    text, those of every year as month-day.

    `unconfirmed` are those of the closed and worked days that no official notice confirms. `notices` are the citations.
    """
    years, closed = known["years"], set[str]()
    at_work: set[str] = set()
    unconfirmed: set[str] = set()
    for notice in (notice for year in years for notice in year["notices"]):
        off = {day.isoformat() for holiday in notice["closed"] for day in days_of(holiday)}
        on = {day for holiday in notice["closed"] for day in holiday.get("at_work", ())}
        closed |= off
        at_work |= on
        unconfirmed |= set() if notice["confirmed"] else off | on
    return {
        "years": [year["year"] for year in years],
        "every_year": sorted(day for days in known["every_year"]["closed"].values() for day in days),
        "closed": sorted(closed),
        "at_work": sorted(at_work),
        "unconfirmed": sorted(unconfirmed),
        "notices": [
            {"year": year["year"], **{name: text for name, text in notice.items() if name != "closed"}}
            for year in years
            for notice in year["notices"]
        ],
    }


def _faults(known: Mapping[str, Any], today: date | None) -> Iterator[tuple[Path_, str, str, str]]:
    """What a schema cannot say: days that contradict each other, another year's days, years left out."""
    years = known["years"]
    numbers = [year["year"] for year in years]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield ("years",), "年份不连着，或者重复了", "一年一条，从早到晚，中间不空", "years-apart"
    seen: dict[date, str] = {}
    for y, year in enumerate(years):
        for n, notice in enumerate(year["notices"]):
            published = notice.get("published_on")
            if today is not None and published is not None and date.fromisoformat(published) > today + A_DAY:
                at_day: Path_ = ("years", y, "notices", n, "published_on")
                yield at_day, "published_on 还没有到", "写通知真正印发的那一天", "day-to-come"
            for c, holiday in enumerate(notice["closed"]):
                at: Path_ = ("years", y, "notices", n, "closed", c)
                if fault := _fault(holiday, year["year"], seen):
                    yield at, *fault, "holiday"


def _fault(holiday: Mapping[str, Any], year: int, seen: dict[date, str]) -> tuple[str, str] | None:
    """(problem, remedy) of one holiday; `seen` is every day named before, and grows."""
    off = days_of(holiday)
    on = [date.fromisoformat(day) for day in holiday.get("at_work", ())]
    name = holiday["name"]
    if not off:
        return f"{name}的 to 比 from 早", "照通知改；只放一天的不写 to"
    if len(off) > _LONGEST:
        return f"{name}一共放了 {len(off)} 天", "照通知改 from 和 to"
    # A New Year's holiday may begin, and be worked for, in the December before.
    if stray := [day for day in [*off, *on] if not date(year - 1, 12, 1) <= day <= date(year, 12, 31)]:
        return f"{stray[0]} 不是 {year} 年的日子", "照通知改年份"
    if weekdays := [day for day in on if day.weekday() < _SATURDAY]:
        return f"{weekdays[0]} 本来就是上班的日子", "at_work 只写要上班的周六、周日"
    for day in [*off, *on]:
        if day in seen:
            return f"{day} 在{seen[day]}里已经写过了", "一天只写一次"
        seen[day] = name
    return None


def days_of(holiday: Mapping[str, Any]) -> list[date]:
    """The days off of one holiday."""
    first = date.fromisoformat(holiday["from"])
    last = date.fromisoformat(holiday.get("to", holiday["from"]))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
