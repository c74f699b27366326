"""Districts, streets and communities with their codes, and what this build may tell of their counters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.open_data.datasets import known

COLUMNS = {
    "代码": "统计用区划代码：区6位，街道9位，社区和村12位",
    "名称": "叫什么",
    "级别": "区、街道、镇、乡、社区、村",
    "上级代码": "归哪个区、哪个街道管",
    "全称": "连上级一起的叫法",
    "别的叫法": "大家还怎么叫它",
    "小区": "这个社区管的小区",
    "地址": "窗口在哪里，没有写就是还没有公布",
    "时间": "窗口什么时候有人，没有写就是还没有公布",
    "电话": "窗口的电话，没有写就是还没有公布",
    "网页": "介绍它的网页",
    "核对日期": "窗口的情况哪一天核对的",
    "确认单位": "窗口的情况哪个单位核对过",
    "确认日期": "那个单位哪一天核对的",
}


def place_rows(places: PlaceList, origin: str) -> list[dict[str, Any]]:
    """A row for each, in the order of the codes: a district, its streets, each with its communities."""
    return [known(row) for row in _rows(places, origin)]


def _rows(places: PlaceList, origin: str) -> Iterator[dict[str, Any]]:
    for district in places.districts:
        yield {"代码": district.code, "名称": district.name, "级别": "区", "全称": district.name}
        for street in district.streets:
            full, told = f"{district.name}{street.name}", _told(street.facts)
            page, checked = f"{origin}{street.url}", _checked(street.facts)
            yield {
                "代码": street.code, "名称": street.name, "级别": street.kind, "上级代码": district.code,
                "全称": full, **told, "网页": page, **checked,
            }  # fmt: skip
            for one in street.communities:
                yield {
                    "代码": one.code, "名称": one.name, "级别": one.kind, "上级代码": street.code,
                    "全称": f"{full}{one.name}", **_told(one.facts), "网页": f"{page}#{one.code}",
                    **(checked if one.facts else {}),
                }  # fmt: skip


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "别的叫法": list(facts.get("aliases", ())),
        "小区": list(facts.get("estates", ())),
        "地址": facts.get("address"),
        "时间": facts.get("hours"),
        "电话": facts.get("phone"),
    }


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "核对日期": facts.get("checked_on"),
        "确认单位": facts.get("confirmed_by"),
        "确认日期": facts.get("confirmed_on"),
    }
