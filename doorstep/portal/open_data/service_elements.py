"""The elements of a service as government catalogs name them, derived from its guide: what nobody has said is absent.

The names are those of implementation lists, whose standard is GB/T 39554.2; its text was not read here, and whoever has
it should compare. Codes are absent: nobody has given these services any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.portal.facts.data import Law
from doorstep.portal.facts.guides import Guide, cite
from doorstep.portal.facts.ways import Way, way_of
from doorstep.portal.open_data.datasets import known

FORMS_OF_HANDLING: dict[Way, list[str]] = {"online": ["网上办理", "窗口办理"], "counter": ["窗口办理"], "elsewhere": []}
HANDED_IN = {
    "filled_in": "填写",
    "shared": "由工作人员查询，查得到的不用提交",
    "photo": "提交照片",
    "shown": "出示",
    "signed": "签字",
}
UNITS = {"working_day": "工作日", "calendar_day": "自然日", "on_the_spot": "当场"}
BEGINS = {"received": "收到申请", "accepted": "受理"}
SIGNED_BY = {"each_adult": "家庭每个成年人", "agent": "申请人"}
UNREAD = "（原文还没有核对）"

COLUMNS = {
    "事项名称": "办什么事",
    "本站编号": "网址里用的英文名，定了就不改",
    "主题分类": "哪一类事",
    "事项说明": "一两句话说清是什么",
    "设定依据": "依据哪些法规、文件，几样用“；”隔开",
    "实施主体": "哪个单位作决定",
    "受理单位": "哪个单位收申请",
    "协助单位": "哪个单位帮着办",
    "服务对象": "给谁办",
    "受理条件": "什么人能办",
    "申请材料": "要哪些材料，每样怎么交、什么情况才要",
    "办理流程": "分哪几步，每一步归哪个单位",
    "法定办结时限": "法规定的天数；没有写就是没有规定",
    "承诺办结时限": "单位自己答应的天数；没有写就是没有公布",
    "是否收费": "是，或者否",
    "收费标准": "收多少钱",
    "收费说明": "收费还要知道什么",
    "收费依据": "依据哪条法规、文件收费",
    "办理形式": "网上办，还是窗口办",
    "办理渠道": "不在本站和窗口办的，到哪里办",
    "网上办理地址": "在网上填表的网页",
    "到办事现场次数": "最多跑几趟",
    "咨询方式": "打哪个电话问",
    "监督投诉方式": "打哪个电话投诉",
    "办事指南": "写着怎么办的网页",
    "条文核对日期": "哪一天照法规、文件核对的",
    "确认单位": "哪个单位核对过，没有写就是还没有",
    "确认日期": "那个单位哪一天核对的",
}


def elements(guide: Guide, laws: Mapping[str, Law], origin: str = "") -> dict[str, Any]:
    """By name, always in this order; text, numbers, and lists of texts or of such. Addresses begin with `origin`."""
    return known(_told(guide, laws, origin))


def _told(guide: Guide, laws: Mapping[str, Law], origin: str) -> dict[str, Any]:
    facts, offices, way = guide.facts, guide.facts["offices"], way_of(guide)
    return {
        "事项名称": guide.title,
        "本站编号": guide.id,
        "主题分类": guide.theme,
        "事项说明": guide.summary,
        "设定依据": [cite(law, laws) + ("" if laws[law.partition(" ")[0]].read else UNREAD) for law in facts["laws"]],
        "实施主体": offices["decide"],
        "受理单位": offices["accept"],
        "协助单位": offices.get("help"),
        "服务对象": ["自然人"],
        "受理条件": facts["fits"],
        "申请材料": [_material(paper, laws) for paper in facts["materials"]],
        "办理流程": [
            f"{stage['title']}（{offices[stage['office']]}）"
            for stage in facts.get("stages", [])
            if not stage.get("retired")
        ],
        "法定办结时限": [_limit(limit, laws) for limit in facts["limits"] if "basis" in limit],
        "承诺办结时限": [_limit(limit, laws) for limit in facts["limits"] if "confirmed_by" in limit],
        **_fee(facts["fee"], laws),
        "办理形式": FORMS_OF_HANDLING[way],
        "办理渠道": facts.get("elsewhere") if way == "elsewhere" else None,
        "网上办理地址": f"{origin}/apply/{guide.form}/" if guide.form else None,
        "到办事现场次数": facts["visits"]["most"],
        "咨询方式": "12345",
        "监督投诉方式": "12345",
        "办事指南": f"{origin}{guide.url}",
        "条文核对日期": facts["checked_on"],
        "确认单位": facts.get("confirmed_by"),
        "确认日期": facts.get("confirmed_on"),
    }


def _material(paper: Mapping[str, Any], laws: Mapping[str, Law]) -> dict[str, Any]:
    return known({
        "名称": paper["title"],
        "提交方式": HANDED_IN[paper["how"]],
        "签字人": SIGNED_BY.get(paper.get("who", "")),
        "什么情况要": paper.get("when"),
        "是否必要": "非必要" if paper.get("optional") else None,
        "依据": cite(paper["basis"], laws) if "basis" in paper else None,
    })  # fmt: skip


def _limit(limit: Mapping[str, Any], laws: Mapping[str, Law]) -> dict[str, Any]:
    return known({
        "天数": limit.get("days"),
        "单位": UNITS[limit["unit"]],
        "起算": BEGINS[limit["from"]] if "days" in limit else None,
        "特殊情况最多": limit.get("at_most"),
        "依据": cite(limit["basis"], laws) if "basis" in limit else None,
        "确认单位": limit.get("confirmed_by"),
        "确认日期": limit.get("confirmed_on"),
    })  # fmt: skip


def _fee(fee: Mapping[str, Any], laws: Mapping[str, Law]) -> dict[str, Any]:
    yuan = fee.get("yuan")
    return {
        "是否收费": None if yuan is None else "是" if yuan else "否",
        "收费标准": f"{yuan}元" if yuan else None,
        "收费说明": fee.get("note"),
        "收费依据": cite(fee["basis"], laws) if "basis" in fee else None,
    }
