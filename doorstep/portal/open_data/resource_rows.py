"""The catalog as one plain table, for people who open tables; HSDS tells the same in nine, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.plain_text import plain_text
from doorstep.portal.facts.resources import Resource
from doorstep.portal.open_data.datasets import known

COLUMNS = {
    "名称": "叫什么",
    "本站编号": "网址里用的英文名，定了就不改",
    "说明": "一两句话说清是什么",
    "类别": "哪一类",
    "形式": "是服务、场地、课程还是别的",
    "给谁": "一句话，说给谁用",
    "人群": "给哪些人，几样用“；”隔开",
    "最小年龄": "满几岁，没有写就是不限",
    "最大年龄": "到几岁，没有写就是不限",
    "怎么用": "怎么用得上",
    "预约": "要不要先约、怎么约",
    "收费": "收不收费",
    "谁办的": "哪一类单位",
    "在哪里": "街道、社区的名称，没有写就是还没有公布",
    "地方代码": "街道、社区的代码，和“街道和社区”那张表对得上",
    "什么时候": "什么时候开，没有写就是还没有公布",
    "状态": "有、停一阵子、还没开或者停了、不办了",
    "有关的事": "有关的办事指南的编号，和“办事指南”那张表对得上",
    "详细说明": "网页上写的其他内容",
    "网页": "介绍它的网页",
    "核对日期": "哪一天核对的",
    "确认单位": "哪个单位核对过，没有写就是还没有",
    "确认日期": "那个单位哪一天核对的",
}
STATES = {"active": "有", "temporarily closed": "停一阵子", "inactive": "还没开或者停了", "defunct": "不办了"}


def resource_row(one: Resource, catalog: Catalog, places: Mapping[str, str], origin: str) -> dict[str, Any]:
    """By column what is known of it. `places` are names by code; addresses begin with `origin`."""
    facts, words = one.facts, catalog.vocabulary
    ages, codes = facts.get("ages", {}), facts.get("places", ())
    return known({
        "名称": one.title,
        "本站编号": one.id,
        "说明": one.summary,
        "类别": words.categories[one.category].title,
        "形式": words.kinds[facts["kind"]].title,
        "给谁": facts["audience"],
        "人群": [words.audiences[name].title for name in one.audiences],
        "最小年龄": ages.get("from"),
        "最大年龄": ages.get("to"),
        "怎么用": facts["how_to_get"],
        "预约": facts.get("booking", {}).get("note"),
        "收费": facts["fee"],
        "谁办的": facts["provider"],
        "在哪里": [places[code] for code in codes],
        "地方代码": list(codes),
        "什么时候": facts.get("schedule"),
        "状态": STATES[facts["status"]],
        "有关的事": list(facts.get("services", ())),
        "详细说明": plain_text(one.body),
        "网页": f"{origin}{one.url}",
        "核对日期": facts["checked_on"],
        "确认单位": facts.get("confirmed_by"),
        "确认日期": facts.get("confirmed_on"),
    })  # fmt: skip
