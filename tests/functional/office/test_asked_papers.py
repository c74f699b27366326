"""Papers that were asked for are not forgotten once the answers are corrected, and notices read in the form's order."""

from __future__ import annotations

import re
from typing import Any

from doorstep.counter.errors import FAULTS
from tests.functional.office.hall import Hall, Tab, accepted, opened
from tests.functional.office.papers import Papers
from tests.functional.office.people import house_of
from tests.functional.office.test_opened_page import corrected


def asked(hall: Hall) -> dict[str, Any]:
    """The receipt of an application with a notice that was ticked in no order."""
    clerk, receipt = hall.person(), hall.applied()
    typed = {
        "field": ["/phone", "/home_address", "/applicant_name"],
        "field-why__/phone": "打不通",
        "field-why__/home_address": "写到门牌号",
        "field-why__/applicant_name": "和身份证不一样",
        "paper": ["mandate", "identity"],
        "paper-why__mandate": "没有带来",
        "paper-why__identity": "户口簿没有带",
    }
    tab = opened(clerk, receipt["reference"]).press("/return", "take", **typed)
    assert "已经请居民补正" in tab.done
    return receipt


def in_order(text: str, *words: str) -> bool:
    found = [text.index(word) for word in words]
    return found == sorted(found)


def test_a_notice_reads_in_the_order_of_form_and_guide(hall: Hall) -> None:
    page = opened(hall.person(name="丙"), asked(hall)["reference"])
    words = ("和身份证不一样", "写到门牌号", "打不通", "户口簿没有带", "没有带来")
    form = house_of(hall.office).counter.library.current("minimum-living-allowance")
    assert form is not None
    by_field = {"applicant_name": words[0], "home_address": words[1], "phone": words[2]}
    fields = [by_field[field.name] for field in form.fields if field.name in by_field]
    listed = page.html.split("请居民补正</h2>")[1]
    assert in_order(listed, *fields, *words[3:])
    sheet = page.press("/notice").text
    assert in_order(sheet, *fields, *words[3:])
    assert "办理的天数还没有开始算" in sheet


def test_papers_are_still_to_be_seen_after_the_answers_are_corrected(hall: Hall) -> None:
    receipt, clerk = asked(hall), hall.person(name="乙")
    reference = receipt["reference"]
    assert "还要看的材料" in opened(clerk, reference).text
    corrected(hall, receipt, {"phone": "13900000001"})
    assert "还要看的材料" in opened(clerk, reference).text
    accepting = Tab(clerk).open(f"/applications/{reference}/steps/accept").press("/accept", "form")
    assert re.search(r"看过的材料.*户口簿没有带.*没有带来", accepting.text, re.DOTALL)
    assert accepted(clerk, reference, seen="identity").errors == [f"委托书：{FAULTS['not-seen']}"]
    accepted(clerk, reference)
    page = opened(clerk, reference)
    assert "还要看的材料" not in page.text
    assert "委托书：看过了" in page.text


def test_a_paper_nobody_saw_needs_a_reason_which_stands_with_the_acceptance(hall: Hall) -> None:
    clerk, reference, title = hall.person(), hall.reference(), "家里每个人的身份证、户口簿"
    tab = accepted(clerk, reference, seen=None)
    assert (tab.status, tab.errors) == (422, [f"{title}：{FAULTS['not-seen']}"])
    tab.press("/accept", "take", identity_checked="yes", **{"seen-why__identity": "other"})
    assert tab.errors == [f"{title}：{FAULTS['not-seen']}"]
    typed = {"seen-why__identity": "other", "seen-other__identity": "长" * 201}
    tab.press("/accept", "take", identity_checked="yes", **typed)
    assert tab.errors == [f"{title}：{FAULTS['long-why']}"]
    tab.press("/accept", "take", identity_checked="yes", **{"seen-why__identity": "shared"})
    assert tab.done == "已经正式受理。"
    assert f"{title}：没有看，因为：已通过数据共享查到" in opened(clerk, reference).text


def test_an_extension_counts_in_the_limits_own_days(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    Tab(clerk).open(f"/applications/{reference}/steps/extend").press("/extend", "take", reason="要到外地核对")
    assert "一共45个工作日" in Tab(clerk).open(f"/applications/{reference}").text


def test_identity_papers_are_one_tick_for_one_person_and_are_never_not_needed(hall: Hall) -> None:
    clerk, title, everybody = hall.person(), "家里每个人的身份证、户口簿", hall.answers
    hall.answers = {name: value for name, value in everybody.items() if name != "household_members"}
    alone = hall.reference(has_household=False)
    hall.answers = everybody
    tab = Tab(clerk).open(f"/applications/{alone}/steps/accept").press("/accept", "form")
    assert f"勾了就是也看过了：{title}" in tab.text
    assert 'id="seen-identity"' not in tab.html
    tab.press("/accept", "take", **{"sign-income-check-1-month": "11", "sign-income-check-1-day": "20"})
    assert tab.errors == [FAULTS["identity"]]
    assert tab.press("/accept", "take", identity_checked="yes").done == "已经正式受理。"
    assert f"{title}：看过了" in opened(clerk, alone).text
    several = Tab(clerk).open(f"/applications/{hall.reference()}/steps/accept").press("/accept", "form")
    choice = several.html.split('name="seen-why:identity"')[1].split("</select>")[0]
    assert "已通过数据共享查到" in choice
    assert "不需要" not in choice
    several.press("/accept", "take", identity_checked="yes", **{"seen-why__identity": "case"})
    assert f"{title}：{FAULTS['not-seen']}" in several.errors


def test_days_are_promised_only_where_a_service_has_some(hall: Hall) -> None:
    clerk, reference = hall.person(), Papers(hall).submit()
    for one, counts in ((reference, False), (hall.reference(), True)):
        tab = Tab(clerk).open(f"/applications/{one}/steps/accept").press("/accept", "form")
        assert ("开始算办理期限" in tab.text) is counts
        assert "要通知到本人" in tab.text
