"""What the office told a resident is read and printed: the notice, where it stands, the decision, a new code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.counter.closing import not_accept
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance
from doorstep.serving.application import ServeSettings
from tests.functional.city import STREET, City, city_of


@pytest.fixture
def city(settings: ServeSettings) -> Iterator[City]:
    with city_of(settings) as made:
        yield made


def test_the_one_time_notice_is_a_sheet_without_answers(city: City) -> None:
    city.ask("/phone", papers=("identity",))
    browser = city.follow()
    browser.press("notice")
    said = browser.page.text
    assert "一次性告知书" in said
    for words in (
        city.reference.split("-")[0],
        "联系电话",
        "理由1",
        "身份证",
        city.office.counter.offices.title(STREET),
    ):
        assert words in said
    assert "0990-6221234" not in said
    assert "6221234" not in said


def test_where_it_stands_and_what_was_decided_are_read_and_printed(city: City) -> None:
    city.office.accept(city.reference)
    browser = city.follow()
    assert "核对收入和财产" in browser.page.text
    assert city.get()["held_by"]["stage"] == "核对收入和财产"
    advance(city.office.counter, city.taking(), stage="confirmation")
    assert "办到了下一步：审查决定" in city.follow().page.text
    approve(city.office.counter, city.taking("decider"), text="从下个月起发给。\n共两个人。")
    browser = city.follow()
    for words in ("同意了", "从下个月起发给。", "不服决定：可以依法申请行政复议。"):
        assert words in browser.page.text
    assert "不服怎么办" not in browser.page.text
    assert "现在办到" not in browser.page.text
    browser.press("decision")
    assert "作出单位" in browser.page.text
    told = city.get()["decision"]
    assert told["kind"] == "approved"
    assert told["paragraphs"] == [{"title": "决定", "text": "从下个月起发给。\n共两个人。"}]


def test_reasons_of_what_was_not_accepted_are_read(city: City) -> None:
    not_accept(city.office.counter, city.taking(), reasons="这里办不了")
    assert "这里办不了" in city.follow().page.text
    assert "不服怎么办" in city.follow().page.text
    assert city.get()["asked_for"] is None


def test_after_a_new_code_the_old_one_finds_nothing(city: City) -> None:
    void_code(city.office.counter, city.taking(), reason="丢了")
    assert "没有找到这份申请" in city.follow().page.text
    issued = issue_code(city.office.counter, city.taking(), identity_checked=True)
    assert issued.access_code
    assert "没有找到这份申请" in city.follow().page.text
    browser = city.follow(issued.access_code)
    assert "原来的查询码作废了" in browser.page.text
    city.ask("/phone")
    again = city.follow(issued.access_code)
    again.press("correct")
    again.type(phone="13900000003")
    again.press("check")
    assert again.press("confirm").status == 200
