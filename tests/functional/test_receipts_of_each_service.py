"""What a receipt says of services that differ: no days where nobody named any, papers to bring, where one signs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.forms.library import load_library
from doorstep.serving.application import ServeSettings
from tests.functional.house import ROOT, Intake, run_intake
from tests.functional.html_pages import Browser, PageReader
from tests.this_city import services_json

NO_DATE = "这项业务还没有公布办理天数。"
HELPER = {"filing_for": "family", "agent_name": "测试家人", "agent_statement": "true", "acting_as": "entrusted"}


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    """As the published guides have it."""
    (settings.build / "intake" / "services.json").write_text(services_json(), encoding="utf-8")
    running = run_intake(settings)
    yield running
    running.function.stop()


def receipt(intake: Intake, form: str, **answers: str) -> str:
    """The receipt's text for the test person, some answers changed."""
    return PageReader(receipt_page(intake, form, **answers)).text


def receipt_page(intake: Intake, form: str, **answers: str) -> str:
    browser = Browser(intake.client)
    browser.answer = intake.client.post_form(f"/apply/{form}/", [("_do", "example")])
    browser.type(**answers)
    assert browser.press("check").status == 200, browser.page.text
    assert browser.press("confirm").status == 201
    assert browser.answer is not None
    return browser.answer.text


def test_where_nobody_committed_to_days_the_receipt_says_so(intake: Intake) -> None:
    medical = receipt(intake, "medical-assistance")
    assert "正式受理以后，依次是：看材料，了解家里情况；公示；审查决定。" in medical
    for said in (medical, receipt(intake, "home-care-for-elderly")):
        assert NO_DATE in said
        assert "工作日" not in said
        assert "要签的字" not in said, "nobody's income is looked into, and nobody files for another"
    assert NO_DATE not in receipt(intake, "minimum-living-allowance")


@pytest.mark.parametrize(
    ("form", "office", "found_by"),
    [
        ("minimum-living-allowance", "克拉玛依区天山路街道", "户口所在的街道（乡镇）"),
        ("legal-aid", "克拉玛依区法律援助中心", "区法律援助中心"),
        ("veteran-card", "天山路街道退役军人服务站", "街道退役军人服务站"),
        ("party-relationship-transfer", "天山路街道和平社区居委会党组织", "党支部（社区党组织）"),
    ],
)
def test_the_receipt_names_the_office_that_has_it(intake: Intake, form: str, office: str, found_by: str) -> None:
    def said(**answers: str) -> PageReader:
        return PageReader(receipt_page(intake, form, **answers))

    page = said()
    assert page.texts["ds-where"] == office
    assert f"{office}先看您填的内容齐不齐" in page.texts["ds-next"]
    routing = next(field.name for field in load_library(ROOT / "schemas").forms[form].fields if field.routing)
    page = said(**{routing: "unknown", routing.replace("community", "estate"): "测试小区"})
    assert page.texts["ds-where"] == "市级窗口（工作人员会帮您找到该归哪个单位）"
    assert f"{found_by}先看您填的内容齐不齐" in page.texts["ds-next"]


def test_whoever_left_no_phone_is_told_to_look_again(intake: Intake) -> None:
    told = "您没留电话，没法打给您：请过几天自己来查一次"
    assert told not in receipt(intake, "medical-assistance", phone="0990-6221234")
    assert told in receipt(intake, "medical-assistance", phone="")


def test_papers_one_chose_to_bring_stand_on_the_receipt(intake: Intake) -> None:
    brings = receipt(intake, "medical-assistance", settled="some_not", papers_how="counter")
    assert "要带到窗口的" in brings
    assert "医疗费用结算单和发票" in brings
    assert "诊断证明或出院小结（手上有就带）" in brings
    assert "老年人能力评估结果" in receipt(intake, "home-care-for-elderly", assessed="counter")
    assert "老年人能力评估结果" not in receipt(intake, "home-care-for-elderly")


@pytest.mark.parametrize(
    ("form", "paper"),
    [
        ("medical-assistance", "申请人和生病的人的身份证"),
        ("home-care-for-elderly", "老人的身份证、户口簿"),
        ("minimum-living-allowance", "家里每个人的身份证、户口簿"),
    ],
)
def test_what_staff_want_to_see_stands_on_the_receipt_so_that_one_comes_once(
    intake: Intake, form: str, paper: str
) -> None:
    said = receipt(intake, form)
    assert "要带到窗口的" in said
    assert paper in said
    assert ("工作人员上门的，在家里准备好" in said) == (form == "minimum-living-allowance")


def test_one_signs_at_home_only_where_somebody_comes(intake: Intake) -> None:
    assert "到办事窗口再签" in receipt(intake, "home-care-for-elderly", **HELPER)
    assert "到办事窗口或者工作人员上门时再签" in receipt(intake, "minimum-living-allowance")


def test_only_where_income_counts_each_adult_signs_for_it(intake: Intake) -> None:
    poor = receipt(intake, "medical-assistance", situation="poverty", has_household="false")
    assert "同意核对家庭收入和财产的授权书：家里满18岁的人，每人签一份，照您填的是1人" in poor
    assert "《社会救助暂行办法》（国务院令第649号）第五十八条" in poor


@pytest.mark.parametrize(
    ("form", "acting", "shown", "mandate"),
    [
        ("legal-aid", "entrusted", "", True),
        ("legal-aid", "guardian", "看得出是监护人的户口簿或者证明", False),
        ("legal-aid", "relative", "看得出您是近亲属的户口簿或者证明", False),
        ("destitute-support", "helping", "", False),
        ("family-doctor", "guardian", "看得出是监护人的户口簿或者证明", False),
        ("disability-certificate", "guardian", "监护人的身份证和能说明关系的户口簿", False),
    ],
)
def test_who_comes_for_another_reads_what_shows_their_right(
    intake: Intake, form: str, acting: str, shown: str, mandate: bool
) -> None:
    said = receipt(intake, form, **HELPER | {"acting_as": acting})
    assert "来办的人自己的身份证" in said
    assert "只在替别人办时要" not in said, "it is known that they do"
    assert shown in said
    assert ("看得出" in said) == ("看得出" in shown)
    assert ("委托书：申请人签" in said) is mandate
    assert "来办的人自己的身份证" not in receipt(intake, form)
