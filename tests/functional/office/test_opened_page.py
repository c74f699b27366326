"""Opening is recorded; the one-time notice stands beside the answers and loses nothing that was typed."""

from __future__ import annotations

import os

import pytest

from doorstep.applications.keys import mint_event_id
from doorstep.counter.errors import FAULTS
from tests.functional.office.hall import OTHER_STREET, Hall, Tab, accepted, opened
from tests.functional.office.people import house_of

WHY = "field-why:"


def readings(hall: Hall) -> list[tuple[str, str, str]]:
    return [(one.reference, one.why, one.what) for one in house_of(hall.office).records.readings.page().entries]


def test_looking_opens_nothing_and_opening_is_recorded_with_its_reason(hall: Hall) -> None:
    reference = hall.reference(applicant_name="王金丝雀")
    clerk = hall.person()
    tab = Tab(clerk).open(f"/applications/{reference}")
    assert "王金丝雀" not in tab.text
    assert readings(hall) == []
    tab.press("/opened", why="inquiry")
    assert "王金丝雀" in tab.text
    assert "答复申请人的询问" in tab.text
    assert readings(hall) == [(reference, "inquiry", "answers")]


@pytest.mark.parametrize("why", ["", "curious"])
def test_without_a_reason_nothing_is_opened(hall: Hall, why: str) -> None:
    reference = hall.reference(applicant_name="王金丝雀")
    tab = opened(hall.person(), reference, why)
    assert (tab.status, readings(hall)) == (422, [])
    assert "王金丝雀" not in tab.text


def test_nobody_of_another_office_and_no_auditor_opens(hall: Hall) -> None:
    reference = hall.reference()
    for person in (hall.person("clerk", OTHER_STREET), hall.person("auditor")):
        answer = person.submit(f"/applications/{reference}/opened", ("why", "check"))
        assert answer.status == 403
    assert readings(hall) == []


def test_a_notice_with_faults_keeps_every_tick_and_word(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = opened(clerk, reference)
    typed = {"field": ["/home_address", "/phone"], f"{WHY}/phone": "打不通", f"{WHY}/income_work": "没勾也留着"}
    tab.press("/return", "take", paper="identity", **typed)
    assert tab.status == 422
    assert tab.page.title.startswith("有地方要改")
    assert tab.errors == [
        f"现在住的地址：{FAULTS['reason']}",
        f"家里每个人的身份证、户口簿：{FAULTS['reason']}",
    ]
    kept = tab.form("/return").fields
    for pair in (
        ("field", "/home_address"), ("field", "/phone"), ("paper", "identity"),
        (f"{WHY}/phone", "打不通"), (f"{WHY}/income_work", "没勾也留着"),
    ):  # fmt: skip
        assert pair in [(name, value.strip()) for name, value in kept]
    tab.press("/return", "take", **{f"{WHY}/home_address": "写到门牌号", "paper-why:identity": "带户口簿"})
    assert "已经请居民补正" in tab.done
    assert hall.head(reference).status == "returned"


def test_nothing_ticked_is_said_at_the_notice(hall: Hall) -> None:
    tab = opened(hall.person(), hall.reference()).press("/return", "take")
    assert tab.errors == [FAULTS["nothing"]]


def test_the_whole_group_and_each_of_its_questions_can_be_marked(hall: Hall) -> None:
    reference = hall.reference()
    tab = opened(hall.person(), reference)
    values = [value for tag in ("f-household_members", "f-household_members-0-resident_id") for value in [tag]]
    assert all(value in tab.page.ids for value in values)
    tab.press(
        "/return", "take", field="/household_members/0/name", **{f"{WHY}/household_members/0/name": "和户口簿不一样"}
    )
    assert "已经请居民补正" in tab.done


def test_the_second_notice_needs_a_justification_and_the_corrections_are_shown(hall: Hall) -> None:
    receipt = hall.applied()
    clerk, reference = hall.person(), receipt["reference"]
    opened(clerk, reference).press("/return", "take", field="/home_address", **{f"{WHY}/home_address": "写门牌号"})
    corrected(hall, receipt, {"home_address": "测试小区9号"})
    tab = opened(clerk, reference, "correction")
    assert "居民改了1处" in tab.text
    assert "原来：测试小区（演示用）" in " ".join(tab.text.split())
    assert "写门牌号" in tab.text
    tab.press("/return", "take", field="/phone", **{f"{WHY}/phone": "打不通"})
    assert tab.errors == [FAULTS["justification"]]
    tab.press("/return", "take", justification="没看见")
    assert tab.errors == [FAULTS["justification-short"]]
    assert "至少写10个字" in tab.errors[0]
    tab.press("/return", "take", justification="第一次看的时候电话还打得通，现在停机了")
    assert "已经请居民补正" in tab.done


def corrected(hall: Hall, receipt: dict[str, str], changes: dict[str, str]) -> None:
    """What the resident does by API."""
    path = f"/api/applications/{receipt['reference']}"
    bearer = {"Authorization": f"Bearer {receipt['access_code']}"}
    event = mint_event_id(os.urandom)
    answers = {"answers": changes, "event_id": event}
    sent = hall.intake.client.post_json(f"{path}/correction", answers, **bearer)
    assert sent.status == 200, sent.text


def test_the_notice_prints_with_its_reasons(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    opened(clerk, reference).press(
        "/return",
        "take",
        field="/phone",
        paper="identity",
        **{f"{WHY}/phone": "打不通", "paper-why:identity": "带来看"},
    )
    sheet = Tab(clerk).open(f"/applications/{reference}").press("/notice")
    assert sheet.status == 200
    for words in ("一次性告知书", "联系电话：打不通", "带来看", reference, "天山路街道"):
        assert words in sheet.text
    assert readings(hall)[0] == (reference, "contact", "answers")


def test_a_colleague_was_quicker_and_the_ticks_stay(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    mine = opened(clerk, reference)
    accepted(hall.person(name="乙"), reference)
    mine.press("/return", "take", field="/phone", **{f"{WHY}/phone": "打不通"})
    assert mine.status == 409
    assert "情况变了" in mine.text
    assert "正式受理" in mine.page.texts["of-moved"]
    kept = [(name, value.strip()) for name, value in mine.form("/return").fields]
    assert ("field", "/phone") in kept
    assert (f"{WHY}/phone", "打不通") in kept
    mine.press("/return", "take")
    assert "已经请居民补正" in mine.done


def test_it_moved_to_another_office_meanwhile_and_the_words_are_not_lost(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference(applicant_name="王金丝雀")
    mine = opened(clerk, reference)
    Tab(hall.person(name="乙")).open(f"/applications/{reference}/steps/assign").press(
        "/assign", "take", office=OTHER_STREET, reason="户口在那边"
    )
    mine.press("/return", "take", field="/phone", **{f"{WHY}/phone": "打不通，请换一个"})
    assert mine.status == 409
    assert "转给该受理的单位" in mine.page.texts["of-moved"]
    assert "打不通，请换一个" in mine.text
    assert "王金丝雀" not in mine.text
