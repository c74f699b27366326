"""What is given to a resident on paper: a sheet for each step that is told, without answers or numbers."""

from __future__ import annotations

import pytest

from doorstep.applications.status import EVENTS, STATUSES
from office.sheets import TITLES
from tests.functional.office.hall import DISTRICT, Hall, Tab, accepted, opened, to_the_district
from tests.functional.office.test_opened_page import corrected

SECRET = {"applicant_name": "王金丝雀", "home_address": "金丝雀巷9号"}


def taken(hall: Hall, kind: str) -> tuple[str, str, str]:
    """An application with this step, who can print it (role, office), and what was written."""
    clerk, reference = hall.person(name="甲"), hall.reference(**SECRET)
    steps = {
        "refused": ("refuse", {"reasons": "存款超过规定"}),
        "approved": ("approve", {"text": "从下个月起每月领"}),
        "not_accepted": ("not-accept", {"reasons": "不是本市户口"}),
        "transferred": ("transfer", {"authority": "市医疗保障局", "reason": "归他们管"}),
        "ended": ("end", {"reasons": "本人要求停"}),
        "extended": ("extend", {"reason": "要到外地核对"}),
    }
    name, typed = steps[kind]
    office = "street-650203001"
    if kind in ("approved", "refused"):
        to_the_district(clerk, reference)
        clerk, office = hall.person("decider", DISTRICT, "审"), DISTRICT
    elif kind == "extended":
        accepted(clerk, reference)
    tab = Tab(clerk).open(f"/applications/{reference}/steps/{name}").press(f"/{name}", "take", **typed)
    assert tab.done
    return reference, office, next(iter(typed.values()))


@pytest.mark.parametrize("kind", [kind for kind in TITLES if kind != "returned"])
def test_each_closing_step_and_extension_has_its_sheet(hall: Hall, kind: str) -> None:
    reference, office, written = taken(hall, kind)
    role = "decider" if office == DISTRICT else "clerk"
    person = hall.person(role, office, "乙")
    page = Tab(person).open(f"/applications/{reference}")
    assert f"打印{TITLES[kind]}" in page.text
    sheet = page.press("/notice")
    assert sheet.status == 200
    status = EVENTS[kind].status
    for words in (
        reference, written, "地址、时间待公布，请拨12345", "（盖章）",
        "区民政局" if office == DISTRICT else "天山路街道", STATUSES[status].title if status else "45个工作日",
    ):  # fmt: skip
        assert words in sheet.text, words
    if kind in ("refused", "not_accepted", "ended"):
        assert "申请行政复议" in sheet.text
    for secret in (*SECRET.values(), hall.answers["applicant_id"]):
        assert secret not in sheet.html


def test_every_step_that_is_told_with_reasons_has_a_sheet() -> None:
    told = {kind for kind, words in EVENTS.items() if words.told and words.seals}
    assert told - {"accepted", "code_issued"} == set(TITLES)


def test_the_notice_names_no_address_that_nobody_has_told_us(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why:/phone": "打不通"})
    sheet = Tab(clerk).open(f"/applications/{reference}").press("/notice").text
    assert "地址、时间待公布，请拨12345" in sheet
    assert "您申请的“申请" not in sheet


def test_an_opened_application_does_not_print_its_answers(hall: Hall) -> None:
    tab = opened(hall.person(), hall.reference())
    assert "填的内容不打印" in tab.text
    sections = [part for part in tab.html.split("<section")[1:] if 'id="s-' in part]
    assert sections
    assert all("of-noprint" in part.partition(">")[0] for part in sections)


def test_a_notice_that_was_answered_is_not_the_paper_to_print(hall: Hall) -> None:
    clerk, receipt = hall.person(), hall.applied()
    reference = receipt["reference"]
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why:/phone": "打不通"})
    page = Tab(clerk).open(f"/applications/{reference}")
    assert "打印一次性告知书" in page.text
    corrected(hall, receipt, {"phone": "13900000001"})
    assert "打印一次性告知书" not in Tab(clerk).open(f"/applications/{reference}").text
    assert page.press("/notice").status == 404  # a page from before: nothing is to be given now
    again = opened(clerk, reference).press("/notice")  # who looks back at what was written can still print it
    assert "打不通" in again.text
