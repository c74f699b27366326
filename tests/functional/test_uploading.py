"""Applying with photos of papers, without scripts: what was chosen is in, or the page says which is not, and why."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.journal import files_of
from doorstep.serving.application import ServeSettings
from tests.functional.house import CANARY_OF_NAMES, FORM, Intake
from tests.functional.html_pages import Browser, PageReader
from tests.functional.papers import (
    MOST,
    PAGES,
    examine_all,
    lying,
    photo,
    run_with_papers,
)

PAGE = f"/apply/{FORM}/"
TOO_LARGE = b"\xff\xd8\xff" * 1_340_000
TYPED = {
    "filing_for": "self", "applicant_name": "测试人员", "applicant_id": "650203196901010002",
    "registered_community": "650203001001", "lives_there": "true", "home_address": "测试小区（演示用）",
    "apply_alone": "family", "has_household": "false", "staff_relative": "false", "truth_statement": "true",
    "papers_how": "photo",
}  # fmt: skip


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


@pytest.fixture
def browser(intake: Intake) -> Browser:
    """The form, opened and filled in but for its papers."""
    found = Browser(intake.client, intake.client.post_form(PAGE, [("_do", "add:household_members")]))
    found.type(**TYPED)
    return found


def listed(page: PageReader, name: str = "bills") -> list[str]:
    return [value for field, value in page.forms[0].fields if field == name]


def opens_at(browser: Browser, name: str) -> bool:
    """Whether the page puts the reader at this question."""
    assert browser.answer is not None
    return " autofocus" in browser.answer.text.partition(f'id="{name}"')[2].partition(">")[0]


def kept(page: PageReader) -> dict[str, Any]:
    return dict(page.forms[0].fields)


def test_the_whole_way_with_photos(browser: Browser, intake: Intake, settings: ServeSettings) -> None:
    browser.choose("bills", photo(1), photo(2))
    assert browser.press("upload:bills").status == 200
    page = browser.page
    assert page.title.startswith("收到了2份")
    assert opens_at(browser, "bills")
    assert len(listed(page)) == 2
    assert "收到了，正在检查" in page.text
    assert kept(page)["_key"]
    assert {name: kept(page)[name] for name in ("applicant_name", "home_address")} == {
        "applicant_name": "测试人员",
        "home_address": "测试小区（演示用）",
    }
    assert len(lying(settings)["quarantine"]) == 2
    browser.choose("slips", photo(3))
    looked = browser.press("check")
    assert looked.status == 200, looked.text
    assert "核对一遍" in browser.page.title
    assert "第2份：收到了，正在检查" in browser.page.text
    assert examine_all(settings, pages=2) == 3
    receipt = browser.press("confirm")
    assert receipt.status == 201, receipt.text
    store = intake.function.start().desk.store
    head = store.head(store.references()[0])
    assert head is not None
    assert set(files_of(head)) == {name.split(".")[0] for name in lying(settings)["ready"]}
    assert len(files_of(head)) == 3


def test_going_on_takes_what_was_chosen_too(browser: Browser) -> None:
    browser.choose("bills", photo(1))
    assert browser.press("check").status == 200
    assert "核对一遍" in browser.page.title


@pytest.mark.parametrize("does", ["check", "add:household_members", "upload:slips", "drop:slips:0"])
def test_no_button_loses_what_was_chosen(browser: Browser, settings: ServeSettings, does: str) -> None:
    browser.choose("bills", photo(1))
    if does.startswith("drop"):
        browser.choose("slips", photo(2))
        browser.press("upload:slips")
        assert len(listed(browser.page, "slips")) == 1
        browser.choose("slips", photo(3))
    browser.press(does)
    assert len(lying(settings)["quarantine"]) >= 1
    if does == "check":
        browser.press("change:truth")
    assert len(listed(browser.page)) == 1


def test_what_is_no_photo_is_named_by_its_place_and_the_rest_is_in(browser: Browser, settings: ServeSettings) -> None:
    browser.choose("bills", photo(1), b"<html><script>", photo(2), b"MZ\x90")
    answer = browser.press("check")
    assert answer.status == 422
    page = browser.page
    assert "您选的第2、4个没有收下，这不是照片，也不是PDF" in page.text
    assert "有1处要改" in page.title
    assert len(listed(page)) == 2
    assert kept(page)["applicant_name"] == "测试人员"
    assert CANARY_OF_NAMES not in answer.text
    assert len(lying(settings)["quarantine"]) == 2
    assert browser.press("check").status == 200


@pytest.mark.parametrize("does", ["check", "upload:bills", "add:household_members"])
def test_what_is_too_large_altogether_is_said_and_everything_else_stays(
    browser: Browser, settings: ServeSettings, does: str
) -> None:
    browser.choose("bills", photo(1), TOO_LARGE)
    assert browser.press(does).status == 422
    assert "收费票据：您选的加起来超过4MB" in browser.page.text
    assert kept(browser.page)["home_address"] == "测试小区（演示用）"
    assert not lying(settings)["quarantine"]
    browser.choose("bills", photo(1))
    assert browser.press("check").status == 200


def test_one_alone_needs_no_number(browser: Browser) -> None:
    browser.choose("bills", b"GIF89a")
    assert browser.press("upload:bills").status == 422
    assert "收费票据：您选的没有收下，这不是照片" in browser.page.text


def test_nothing_chosen_is_said(browser: Browser) -> None:
    assert browser.press("upload:bills").status == 422
    assert "还没有选" in browser.page.text
    assert kept(browser.page)["home_address"] == "测试小区（演示用）"


def test_one_is_taken_away_and_the_others_stay(browser: Browser) -> None:
    browser.choose("bills", photo(1), photo(2), photo(3))
    browser.press("upload:bills")
    before = listed(browser.page)
    browser.press("drop:bills:1")
    assert listed(browser.page) == [before[0], before[2]]
    for argument in ("drop:bills:99", "drop:bills:-1", "drop:nothing:0", "drop:applicant_name:0"):
        number = len(listed(browser.page))
        form = browser.page.forms[0]
        browser.answer = browser.client.post_files(PAGE, [*form.fields, ("_do", argument)], [])
        assert len(listed(browser.page)) == number


def test_the_same_photo_twice_is_one(browser: Browser, settings: ServeSettings) -> None:
    browser.choose("bills", photo(1), photo(1))
    browser.press("upload:bills")
    assert len(listed(browser.page)) == 1
    browser.choose("bills", photo(1))
    browser.press("upload:bills")
    assert len(listed(browser.page)) == 1
    assert len(lying(settings)["quarantine"]) == 1


def test_too_many_are_in_and_the_page_says_which_ones_to_take_away(browser: Browser) -> None:
    browser.choose("bills", *(photo(number) for number in range(MOST + 2)))
    assert browser.press("check").status == 422
    assert f"最多交{MOST}份" in browser.page.text
    assert len(listed(browser.page)) == MOST + 2


def test_what_the_examiner_refused_is_told_with_its_reason_and_can_be_replaced(
    browser: Browser, settings: ServeSettings
) -> None:
    browser.choose("bills", photo(1), photo(2))
    browser.press("upload:bills")
    examine_all(settings, why="locked")
    assert browser.press("check").status == 422
    assert "这个PDF有密码，打不开" in browser.page.text
    assert "收费票据：第1、2份，这个PDF有密码，打不开" in browser.page.text
    browser.choose("bills", photo(1))
    browser.press("upload:bills")
    assert "您选的没有收下，这个PDF有密码" in browser.page.text
    browser.press("drop:bills:0")
    browser.press("drop:bills:0")
    browser.choose("bills", photo(4))
    assert browser.press("check").status == 200


def test_too_many_pages_in_all_are_told(browser: Browser, settings: ServeSettings) -> None:
    browser.choose("bills", photo(1), photo(2))
    browser.press("upload:bills")
    examine_all(settings, pages=3)
    assert browser.press("check").status == 422
    assert f"一共最多{PAGES}页" in browser.page.text
    assert "收到了，能打开，共3页。字清不清楚，请自己看看" in browser.page.text


def test_required_papers_are_asked_for_and_only_where_they_are(browser: Browser) -> None:
    assert browser.press("check").status == 422
    assert "请上传收费票据" in browser.page.text
    browser.type(papers_how="window")
    assert browser.press("check").status == 200


def test_after_a_day_what_nobody_sent_is_to_be_taken_again(browser: Browser, settings: ServeSettings) -> None:
    browser.choose("bills", photo(1))
    browser.press("check")
    _age(settings, hours=25)
    assert browser.press("confirm").status == 422
    assert "第1份没传上来" in browser.page.text
    browser.choose("bills", photo(1))
    browser.press("upload:bills")
    assert browser.press("check").status == 200
    assert browser.press("confirm").status == 201


def test_the_examiner_may_refuse_between_the_last_look_and_the_button(
    browser: Browser, settings: ServeSettings
) -> None:
    browser.choose("bills", photo(1))
    browser.press("check")
    examine_all(settings, why="unreadable")
    assert browser.press("confirm").status == 422
    assert "这个文件打不开" in browser.page.text
    assert kept(browser.page)["applicant_name"] == "测试人员"


def _age(settings: ServeSettings, *, hours: float) -> None:
    """Everything that rests came in so long ago, by the test's own clock."""
    now = dt.datetime(2026, 11, 22, 5, 4, 3, tzinfo=dt.UTC).timestamp()
    for path in Path(settings.var / "files").rglob("*"):
        if path.is_file():
            os.utime(path, (now - hours * 3600, now - hours * 3600))


def test_a_name_that_a_urlencoded_post_sends_for_a_file_is_ignored(intake: Intake) -> None:
    sent = [*answers_typed(), ("_file-bills", f"{CANARY_OF_NAMES}.jpg"), ("_do", "check")]
    answer = intake.client.post_form(PAGE, sent)
    assert answer.status == 422
    assert CANARY_OF_NAMES not in answer.text


def test_files_for_what_is_no_such_question_are_not_lost_without_a_word(
    intake: Intake, settings: ServeSettings
) -> None:
    for control in ("_file-applicant_name", "_file-../../x", "_file-", "file", "bills", "_do"):
        sent = [*answers_typed(papers_how="window"), ("_do", "check")]
        answer = intake.client.post_files(PAGE, sent, [(control, photo(1))])
        assert answer.status == 422, control
        assert "这张表里没有那一项了" in answer.text
    assert not lying(settings)["quarantine"]


def answers_typed(**more: str) -> list[tuple[str, str]]:
    return list((TYPED | more).items())
