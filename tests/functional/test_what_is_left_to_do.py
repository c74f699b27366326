"""What a resident reads between being asked and being answered: what is still to do, by when, and where to go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance, extend
from doorstep.serving.application import ServeSettings
from tests.functional.city import STREET, City, city_of
from tests.functional.html_pages import Browser

BACK = "别按手机的返回键"


@pytest.fixture
def city(settings: ServeSettings) -> Iterator[City]:
    with city_of(settings) as made:
        yield made


def corrected(city: City) -> Browser:
    """All the way through, up to the page that says it arrived."""
    browser = city.follow()
    browser.press("correct")
    browser.type(phone="13900000001")
    browser.press("check")
    browser.press("confirm")
    return browser


def in_order(text: str, *words: str) -> bool:
    found = [text.index(word) for word in words]
    return found == sorted(found)


def test_papers_stay_to_be_brought_once_the_answers_are_corrected(city: City) -> None:
    city.ask("/phone", papers=("income-check", "identity"))
    assert city.get()["to_bring"] == city.get()["asked_for"]["papers"]
    for browser in (corrected(city), city.follow()):
        said = browser.page.text
        assert "不用做什么。" not in said.split("还要做")[0]
        for words in (
            "还要做：把下面写的材料带到窗口",
            "要补的材料",
            "上次没有带来",
            "收到了您在网上改的内容，材料还要带到窗口",
        ):
            assert words in said
        assert in_order(said, "身份证", "授权书"), "as the guide lists them"
        assert "要改的地方" not in said
        assert ("correct" in [does for form in browser.page.forms for _, does, _ in form.buttons]) is False
        browser.press("notice")
        assert "把材料一次带到窗口" in browser.page.text
        assert "要改的地方" not in browser.page.text
    told = city.get()
    assert (told["asked_for"], [one["material"] for one in told["to_bring"]]) == (None, ["identity", "income-check"])
    assert "还要做" in told["what_to_do"]
    city.office.accept(city.reference)
    assert "要补的材料" not in city.follow().page.text
    assert city.get()["to_bring"] == []


def test_after_correcting_the_page_has_its_own_words(city: City) -> None:
    city.ask("/phone")
    assert "改好了，收到了" in corrected(city).page.text
    page = city.follow().page
    assert page.title.startswith("改好的收到了，工作人员再看一遍")
    assert "又看到有填错的，打12345说，或者到窗口告诉工作人员" in page.text
    assert "材料还要带到窗口" not in page.text
    city.office.accept(city.reference)
    assert "改好的收到了" not in city.follow().page.text


def test_only_fields_and_only_papers_have_their_own_words(city: City) -> None:
    city.ask("/phone")
    said = city.follow().page.text
    assert "把材料" not in said
    assert "不会在网上改，就到：" in said
    corrected(city)
    city.ask(papers=("identity",), why="上次没有看到户口簿，所以再请您带来")
    page = city.follow().page
    assert page.title.startswith("要补材料")
    assert "网上填的不用改" in page.text
    assert "改好再交" not in page.text


def test_what_is_asked_stands_in_the_forms_order(city: City) -> None:
    city.ask("/phone", "/home_address", "/applicant_name")
    form = city.office.counter.library.current("minimum-living-allowance")
    assert form is not None
    names = [field.name for field in form.fields]
    pointers = sorted(("phone", "home_address", "applicant_name"), key=names.index)
    assert [one["pointer"] for one in city.get()["asked_for"]["fields"]] == [f"/{name}" for name in pointers]


def test_the_notice_says_where_and_whether_the_days_go_on(city: City) -> None:
    city.ask("/phone", papers=("identity",))
    browser = city.follow()
    office = city.office.counter.offices.title(STREET)
    assert "/places/#s650203001" in browser.page.links
    for page in (browser.page, browser.press("notice") and browser.page):
        assert f"材料带到：{office}的办事窗口。地址、时间待公布，请拨12345" in page.text
        assert "办理的天数还没有开始算" in page.text
    city.office.accept(city.reference)
    city.ask("/phone", why="又发现电话打不通了，请改")
    assert "您改、补的这些天，也算在办理的天数里。" in city.follow().page.text


def test_why_it_takes_longer_is_read_printed_and_told_to_programs(city: City) -> None:
    browser = city.follow()
    assert "为什么延长" not in browser.page.text
    city.office.accept(city.reference)
    extend(city.office.counter, city.taking("decider"), limit="decision", reason="要到外地核对收入")
    browser = city.follow()
    assert in_order(browser.page.text, "什么时候有结果", "已经延长", "为什么延长", "要到外地核对收入")
    browser.press("extension")
    for words in ("办理时间延长了", "新的日期", "最晚", "要到外地核对收入", "依据"):
        assert words in browser.page.text
    (told,) = city.get()["extensions"]
    assert (told["limit"], told["days"], told["reason"]) == ("decision", 45, "要到外地核对收入")


def test_an_asked_question_is_not_to_be_left_empty(city: City) -> None:
    city.ask("/phone")
    browser = city.follow()
    browser.press("correct")
    said = browser.page.text
    assert "请照工作人员说的填" in said
    assert "可以不填" not in said
    assert "空着" not in said
    assert "手机、座机都行" in said


def test_an_old_page_opens_nothing_and_leads_back(city: City) -> None:
    city.ask("/phone")
    browser = city.follow()
    browser.press("correct")
    asking = browser.answer
    browser.type(phone="13900000001")
    browser.press("check")
    looking = browser.answer
    browser.press("confirm")
    for old, does in ((looking, "change"), (asking, "check")):
        browser.answer = old
        assert browser.press(does).status == 409
        assert "这份申请现在不用改" in browser.page.text
        assert not [name for form in browser.page.forms for name, _ in form.fields if name == "phone"]
        assert browser.press("follow").status == 200
        assert "改好的收到了" in browser.page.text


def test_the_look_at_changes_leads_back_to_the_progress(city: City) -> None:
    city.ask("/phone")
    browser = city.follow()
    browser.press("correct")
    assert BACK in browser.page.text
    browser.type(phone="13900000001")
    browser.press("check")
    assert BACK in browser.page.text
    assert "请核对" not in browser.press("follow").text
    assert "要改的地方" in browser.page.text
    for does in ("answers", "notice", "withdraw"):
        there = city.follow()
        there.press(does)
        assert BACK in there.page.text, does


def test_withdrawing_says_what_needs_no_withdrawal(city: City) -> None:
    assert "不用撤回" not in city.follow().press("withdraw").text
    city.ask("/phone")
    browser = city.follow()
    browser.press("withdraw")
    for words in ("再按“去改”", "要到窗口办，也不用撤回"):
        assert words in browser.page.text


def test_a_withdrawal_that_came_too_late_says_what_it_is_now(city: City) -> None:
    city.office.accept(city.reference)
    browser = city.follow()
    browser.press("withdraw")
    advance(city.office.counter, city.taking(), stage="confirmation")
    approve(city.office.counter, city.taking("decider"), text="从下个月起发给。")
    browser.type(reason="unsaid")
    assert browser.press("withdraw-confirm").status == 409
    assert "它现在是“同意了”" in browser.page.text
    assert "同意了" in browser.press("follow").text


@pytest.mark.parametrize(
    ("how", "again", "words"),
    [
        ("not_accept", True, "补齐了可以重新申请"), ("end", True, "补齐了可以重新申请"),
        ("transfer", False, "都问那个部门"),
    ],
)  # fmt: skip
def test_what_was_closed_says_how_to_go_on(city: City, how: str, again: bool, words: str) -> None:
    if how == "not_accept":
        not_accept(city.office.counter, city.taking(), reasons="这里办不了")
    elif how == "end":
        end(city.office.counter, city.taking(), reasons="本人要求停")
    else:
        transfer(city.office.counter, city.taking(), authority="市医疗保障局", reason="归他们管")
    page = city.follow().page
    assert words in page.text
    assert ("/apply/minimum-living-allowance/" in page.links) is again


def test_a_code_that_opens_nothing_may_have_been_replaced(city: City) -> None:
    said = city.follow("0000-0000-0000-0000").page.text
    assert "在窗口换过查询码的，旧的不能用了，请用新的" in said
