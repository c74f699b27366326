"""Each step's page: what it asks, says, refuses and keeps; lost races; who may take it."""

from __future__ import annotations

import re

import pytest

from doorstep.counter.errors import FAULTS
from doorstep.counter.steps import OBSTACLES, STEPS
from office.step_table import PAGES
from tests.functional.house import Answer
from tests.functional.office.hall import DISTRICT, Hall, Tab, accepted, opened, to_the_district
from tests.functional.office.people import house_of, kind


def step(person: object, reference: str, name: str) -> Tab:
    return Tab(person).open(f"/applications/{reference}/steps/{name}")  # type: ignore[arg-type]


def test_every_step_has_a_page_or_another_place(hall: Hall) -> None:
    assert set(STEPS) == {*PAGES, "return", "accept", "tell"}
    assert step(hall.person(), hall.reference(), "nonsense").status == 404


def test_accepting_asks_for_every_signature_and_says_who_takes_over(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = step(clerk, reference, "accept").press("/accept", "form")
    assert "照填的内容一共2人" in tab.text
    assert "先“核对收入和财产，上门看看家里情况”，由克拉玛依区天山路街道办" in tab.text
    tab.press("/accept", "take", **{"sign-income-check-1-who": "张三"})
    assert tab.status == 422
    assert tab.errors == [
        FAULTS["identity"],
        f"家里每个人的身份证、户口簿：{FAULTS['not-seen']}",
        f"第1个签字的人：{FAULTS['on']}",
        f"第2个签字的人：{FAULTS['on']}",
    ]
    assert ("sign-income-check-1-who", "张三") in tab.form("/accept").fields
    tab.press("/accept", "add:income-check")
    assert ("sign-income-check-3-who", "") in tab.form("/accept").fields
    assert ("sign-income-check-1-who", "张三") in tab.form("/accept").fields
    assert accepted(clerk, reference).done == "已经正式受理。"
    assert hall.head(reference).status == "accepted"


def test_who_should_sign_stands_there_already_and_a_stranger_needs_a_reason(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    rows = dict(step(clerk, reference, "accept").press("/accept", "form").form("/accept").fields)
    assert [rows[f"sign-income-check-{number}-who"] for number in (1, 2)] == ["测试人员", "测试家人"]
    tab = accepted(clerk, reference, **{"sign-income-check-2-who": "路人乙"})
    assert (tab.status, tab.errors) == (422, [f"第2个签字的人：{FAULTS['stranger']}"])
    tab.press("/accept", "take", identity_checked="yes", **{"sign-income-check-2-why": "长" * 201})
    assert tab.errors == [f"第2个签字的人：{FAULTS['long-why']}"]
    tab.press("/accept", "take", identity_checked="yes", **{"sign-income-check-2-why": "监护人，看了监护证明"})
    assert tab.done == "已经正式受理。"
    assert "名字和表上不一样的原因：监护人，看了监护证明" in opened(clerk, reference).text


def test_a_wrong_date_is_said_at_its_row(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = accepted(clerk, reference, **{"sign-income-check-2-year": "2027"})
    assert tab.errors == [f"第2个签字的人：{FAULTS['future']}"]
    tab = accepted(clerk, reference, **{"sign-income-check-2-month": "13"})
    assert tab.errors == ["第2个签字的人：没有这个日期"]
    tab = accepted(clerk, reference, **{"sign-income-check-2-day": ""})
    assert tab.errors == [f"第2个签字的人：{FAULTS['on']}"]
    tab = accepted(clerk, reference, **{"sign-income-check-2-who": ""})
    assert tab.errors == [f"第2个签字的人：{FAULTS['who']}"]


def test_to_the_district_and_decided(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    tab = step(clerk, reference, "advance")
    assert "在您的社区贴出来，公示7天" in tab.text
    tab.press("/advance", "take")
    assert tab.path.startswith(f"/applications/{reference}")
    tab = step(clerk, reference, "advance")
    assert "由谁接着办：克拉玛依区民政局。转过去以后，您这里就不再显示" in tab.text
    tab.press("/advance", "take")
    assert (tab.path, tab.done) == ("/?done=advance", "已经转到下一步。")
    decider = hall.person("decider", DISTRICT)
    tab = step(decider, reference, "refuse")
    assert "申请行政复议" in tab.text
    assert tab.press("/refuse", "take").errors == [FAULTS["reason"]]
    tab.press("/refuse", "take", reasons="家里的存款超过规定")
    assert tab.done == "决定已经作出：不同意。"
    assert "作出决定：不同意" in tab.text
    assert "家里的存款" not in tab.text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("transfer", {"authority": "市医疗保障局", "reason": "归他们管"}),
        ("not-accept", {"reasons": "不是本市户口"}),
        ("end", {"reasons": "本人要求停"}),
        ("assign", {"office": "street-650203002", "reason": "户口在别的街道"}),
        ("void-code", {"reason": "本人说丢了"}),
    ],
)
def test_a_step_without_its_words_is_refused_and_keeps_the_others(hall: Hall, name: str, typed: dict[str, str]) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = step(clerk, reference, name)
    before = hall.head(reference).revision
    first = next(iter(typed))
    tab.press(f"/{name}", "take", **{first: typed[first] if len(typed) > 1 else ""})
    assert tab.status == 422
    assert len(tab.errors) == 1
    assert tab.page.title.startswith("有地方要改")
    if len(typed) > 1:
        assert (first, typed[first]) in tab.form(f"/{name}").fields
    assert hall.head(reference).revision == before
    tab.press(f"/{name}", "take", **typed)
    assert tab.done
    assert hall.head(reference).revision == before + 1


def test_extending_says_from_what_to_what(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    tab = step(clerk, reference, "extend")
    assert "从30个工作日延长到45个工作日，只能延长一次" in tab.text
    tab.press("/extend", "take", reason="要到外地核对")
    assert "45个工作日" in tab.text
    refused = step(clerk, reference, "extend")
    assert (refused.status, OBSTACLES["limit"] in refused.text) == (409, True)


def test_approving(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    to_the_district(clerk, reference)
    decider = hall.person("decider", DISTRICT)
    tab = step(decider, reference, "approve")
    assert tab.press("/approve", "take").errors == [FAULTS["text"]]
    assert tab.press("/approve", "take", text="同意，从下个月起").done == "决定已经作出：同意。"


def test_a_new_code_is_shown_once_on_a_slip_and_opens(hall: Hall) -> None:
    receipt = hall.applied()
    clerk, reference = hall.person(), receipt["reference"]
    step(clerk, reference, "void-code").press("/void-code", "take", reason="本人说丢了")
    tab = step(clerk, reference, "issue-code")
    form = tab.form("/issue-code")
    assert tab.press("/issue-code", "take").errors == [FAULTS["identity"]]
    tab.press("/issue-code", "take", identity_checked="yes")
    code = tab.page.texts["ds-code"].removeprefix(reference)
    assert tab.status == 200
    old = hall.intake.client.get(f"/api/applications/{reference}", Authorization=f"Bearer {receipt['access_code']}")
    new = hall.intake.client.get(f"/api/applications/{reference}", Authorization=f"Bearer {code}")
    assert (old.status, new.status) == (404, 200)
    assert code not in hall.log
    assert code not in Tab(clerk).open(f"/applications/{reference}").html
    hall.pass_(minutes=31)
    again = Tab(hall.person(name="乙")).open("/")
    assert again.status == 200
    assert form.action.endswith("/issue-code")


def test_two_at_once_one_wins_and_the_other_sees_what_changed(hall: Hall) -> None:
    reference = hall.reference()
    mine, theirs = hall.person(), hall.person(name="乙")
    tab = step(mine, reference, "not-accept")
    accepted(theirs, reference)
    tab.press("/not-accept", "take", reasons="我写了很久的理由")
    assert tab.status == 409
    moved = tab.page.texts["of-moved"]
    assert "正式受理" in moved
    assert "经办员" in moved
    assert "我写了很久的理由" in tab.text
    assert OBSTACLES["list"] in tab.text
    assert "所以不能再办这一步" not in tab.text
    assert hall.head(reference).status == "accepted"


def test_a_step_that_is_still_possible_can_be_pressed_again(hall: Hall) -> None:
    reference = hall.reference()
    mine, theirs = hall.person(), hall.person(name="乙")
    accepted(mine, reference)
    tab = step(mine, reference, "end")
    step(theirs, reference, "extend").press("/extend", "take", reason="要到外地核对")
    tab.press("/end", "take", reasons="本人要求停")
    assert (tab.status, "延长办理期限" in tab.page.texts["of-moved"]) == (409, True)
    assert tab.press("/end", "take").done == "已经终止办理。"


def test_what_moved_to_another_office_is_said_and_nothing_typed_is_lost(hall: Hall) -> None:
    reference = hall.reference()
    tab = step(hall.person(), reference, "transfer")
    step(hall.person(name="乙"), reference, "assign").press(
        "/assign", "take", office="street-650203002", reason="户口在那边"
    )
    tab.press("/transfer", "take", authority="市医疗保障局", reason="归他们管")
    assert tab.status == 409
    assert "市医疗保障局" in str(tab.form("/transfer").fields)
    assert "户口在那边" not in tab.html


def test_pressing_twice_is_one_step(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    form = step(clerk, reference, "end").form("/end")
    for _ in range(2):
        done = Tab(clerk).send(form, "take", {"reasons": "本人要求停"})
        assert done.done == "已经终止办理。"
    assert hall.head(reference).revision == 2


def test_other_words_under_the_same_page_are_refused(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    form = step(clerk, reference, "end").form("/end")
    Tab(clerk).send(form, "take", {"reasons": "本人要求停"})
    second = Tab(clerk).send(form, "take", {"reasons": "别的理由"})
    assert second.answer is not None
    assert (second.status, kind(second.answer)) == (409, "already-taken")


def test_roles(hall: Hall) -> None:
    reference = hall.reference()
    assert OBSTACLES["role"] in step(hall.person("decider"), reference, "accept").text
    auditor: Answer = hall.person("auditor").get(f"/applications/{reference}/steps/end")
    assert (auditor.status, kind(auditor)) == (403, "not-yours")
    to_the_district(hall.person(), reference)
    assert OBSTACLES["role"] in step(hall.person("clerk", DISTRICT), reference, "approve").text


def test_a_stage_that_must_last_says_until_when_and_by_what_rule(hall: Hall) -> None:
    house = house_of(hall.office)
    reference, clerk = hall.reference(), hall.person()
    accepted(clerk, reference)
    stages = house.counter.services["minimum-living-allowance"]["stages"]
    stages[0]["at_least"] = {"days": 7, "unit": "calendar_day", "basis": "某规定第几条"}
    text = Tab(clerk).open(f"/applications/{reference}").text
    said = "转到下一步：这份申请停在的那一步，还没有满规定的天数，2026年11月29日满，第二天起能办。依据：某规定第几条"
    assert said in text
    assert step(clerk, reference, "advance").status == 409
    hall.pass_(days=8)
    assert "现在不能办" not in Tab(hall.person(name="丙")).open(f"/applications/{reference}").text


def test_a_stage_says_since_when_it_has_lasted(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    day = Tab(clerk).open(f"/applications/{reference}/steps/advance")
    assert re.search("”从2026年11月[0-9]+日开始，就是今天", day.text)
    hall.pass_(days=3)
    day = Tab(hall.person(name="乙")).open(f"/applications/{reference}/steps/advance")
    assert "从第二天算起，到今天是第3天" in day.text
