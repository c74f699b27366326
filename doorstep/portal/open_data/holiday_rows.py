"""Days off and days worked instead, each with the notice that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doorstep.portal.facts.working_days import days_of
from doorstep.portal.open_data.datasets import known

COLUMNS = {
    "日期": "年-月-日；没有列出来的，周一到周五上班，周六、周日休息",
    "节日": "为哪个节放假、调休",
    "上班吗": "放假，或者上班（周六、周日补班）",
    "依据": "哪个通知说的",
    "文号": "通知的文号",
    "公布单位": "谁公布的通知",
    "公布日期": "通知哪一天公布的",
    "有正式通知": "是，或者否；否是通知的原文还没有查到",
    "说明": "通知没有全查到的，这几天是照什么写的",
}


def holiday_rows(known_days: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each day, in their order. `known_days` are docs/_data/working-days.yml."""
    return sorted((known(row) for row in _rows(known_days)), key=lambda row: row["日期"])


def _rows(known_days: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for notice in (notice for year in known_days["years"] for notice in year["notices"]):
        cited = {
            "依据": notice.get("title"), "文号": notice.get("number"), "公布单位": notice.get("issuer"),
            "公布日期": notice.get("published_on"), "有正式通知": "是" if notice["confirmed"] else "否",
            "说明": notice.get("rests_on"),
        }  # fmt: skip
        for holiday in notice["closed"]:
            named = {"节日": holiday["name"]}
            yield from ({"日期": day.isoformat(), **named, "上班吗": "放假", **cited} for day in days_of(holiday))
            yield from ({"日期": day, **named, "上班吗": "上班", **cited} for day in holiday.get("at_work", ()))
