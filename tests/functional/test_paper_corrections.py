"""A notice that misses a paper: its resident adds it on the page, without scripts, and everything else stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.applications.journal import files_of
from doorstep.serving.application import ServeSettings
from tests.functional.city import City
from tests.functional.house import Intake
from tests.functional.html_pages import Browser
from tests.functional.papers import (
    answers,
    city_with_papers,
    examine_all,
    fresh_key,
    lying,
    out_of_order,
    photo,
    run_with_papers,
)
from tests.functional.test_files_api import sent
from tests.functional.test_uploading import TOO_LARGE, listed, opens_at


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


@pytest.fixture
def city(intake: Intake, settings: ServeSettings) -> Iterator[City]:
    key = fresh_key()
    given = answers(bills=[sent(intake, photo(1), key)])
    with city_with_papers(settings, given, key, intake) as found:
        yield found


def correcting(city: City, *pointers: str) -> Browser:
    city.ask(*pointers)
    browser = city.follow()
    browser.press("correct")
    return browser


def files(city: City) -> int:
    return len(files_of(city.office.head(city.reference)))


def test_a_missing_paper_is_added(city: City, settings: ServeSettings) -> None:
    examine_all(settings)
    browser = correcting(city, "/bills")
    assert "收到了，能打开，共1页。字清不清楚，请自己看看" in browser.page.text
    browser.choose("bills", photo(2), b"GIF89a")
    assert browser.press("upload:bills").status == 422
    assert "您选的第2个没有收下，这不是照片" in browser.page.text
    assert len(listed(browser.page)) == 2
    browser.choose("bills", photo(3))
    assert browser.press("upload:bills").status == 200
    assert browser.page.title.startswith("收到了1份")
    browser.press("drop:bills:1")
    assert opens_at(browser, "bills")
    assert len(listed(browser.page)) == 2
    browser.choose("bills", photo(4))
    looked = browser.press("check")
    assert looked.status == 200, looked.text
    assert "还没有交" in browser.page.text
    done = browser.press("confirm")
    assert done.status == 200, done.text
    assert "改好了，收到了" in browser.page.text
    assert files(city) == 3
    answered = city.opened().instance["bills"]
    assert len(answered) == 3
    assert city.get()["current_answers"]["bills"] == answered


def test_what_is_too_large_is_said_and_everything_else_stays(city: City) -> None:
    browser = correcting(city, "/bills", "/phone")
    browser.type(phone="0990-6221234")
    browser.choose("bills", TOO_LARGE)
    assert browser.press("check").status == 422
    assert "您选的加起来超过4MB" in browser.page.text
    assert ("phone", "0990-6221234") in browser.page.forms[0].fields
    pairs = [*browser.page.forms[0].fields, ("_do", "follow")]
    assert city.intake.client.post_files("/track/", pairs, [("_file-bills", TOO_LARGE)]).status == 413
    browser.choose("bills", photo(2))
    assert browser.press("check").status == 200


def test_a_paper_asked_for_that_was_to_be_brought_is_sent_instead(intake: Intake, settings: ServeSettings) -> None:
    """How papers are given is what the office marks; what follows from the new answer opens with it."""
    with city_with_papers(settings, answers(papers_how="window"), fresh_key(), intake) as city:
        browser = correcting(city, "/papers_how")
        browser.type(papers_how="photo")
        browser.choose("bills", photo(7))
        assert browser.press("check").status == 200, browser.page.text
        assert browser.press("confirm").status == 200
        assert files(city) == 1


def test_a_file_from_long_ago_that_the_application_names_is_still_its_paper(
    city: City, settings: ServeSettings
) -> None:
    browser = correcting(city, "/bills", "/phone")
    city.intake.time.pass_(days=40)
    browser.type(phone="0990-6221234")
    assert browser.press("check").status == 200, browser.page.text
    assert browser.press("confirm").status == 200
    assert files(city) == 1


def test_what_was_refused_since_must_be_replaced_where_it_is_asked_about(city: City, settings: ServeSettings) -> None:
    examine_all(settings, why="unreadable")
    browser = correcting(city, "/bills")
    assert "这个文件打不开" in browser.page.text
    assert browser.press("check").status == 422
    browser.press("drop:bills:0")
    assert browser.press("check").status == 422
    browser.choose("bills", photo(2))
    assert browser.press("check").status == 200
    assert browser.press("confirm").status == 200
    assert files(city) == 2


def test_what_was_refused_keeps_nobody_from_answering_what_was_asked(city: City, settings: ServeSettings) -> None:
    examine_all(settings, why="unreadable")
    browser = correcting(city, "/phone")
    browser.type(phone="0990-6221234")
    assert browser.press("check").status == 200
    assert browser.press("confirm").status == 200


def test_where_no_paper_is_asked_for_none_is_taken(city: City, settings: ServeSettings) -> None:
    browser = correcting(city, "/phone")
    form = browser.page.forms[0]
    before = lying(settings)
    pairs = [*form.fields, ("_do", "upload:bills")]
    answer = city.intake.client.post_files("/track/", pairs, [("_file-bills", photo(9))])
    assert answer.status == 422
    assert "这张表里没有那一项了" in answer.text
    assert lying(settings) == before


def test_the_same_confirmation_twice_is_once_whatever_became_of_the_files(city: City, settings: ServeSettings) -> None:
    browser = correcting(city, "/bills")
    browser.choose("bills", photo(2))
    browser.press("check")
    twice = [*browser.page.forms[0].fields, ("_do", "confirm")]
    assert browser.press("confirm").status == 200
    examine_all(settings, why="unreadable")
    again = city.intake.client.post_form("/track/", twice)
    assert again.status == 200
    assert "改好了，收到了" in again.text
    with out_of_order(settings):
        assert city.intake.client.post_form("/track/", twice).status == 200
    assert files(city) == 2


def test_a_place_of_files_that_is_out_of_order_loses_nothing(city: City, settings: ServeSettings) -> None:
    browser = correcting(city, "/bills", "/phone")
    browser.choose("bills", photo(2))
    browser.press("upload:bills")
    browser.type(phone="0990-6221234")
    with out_of_order(settings):
        browser.choose("bills", photo(3))
        assert browser.press("upload:bills").status == 503
        assert "过几分钟再传一次" in browser.page.text
        assert ("phone", "0990-6221234") in browser.page.forms[0].fields
        assert len(listed(browser.page)) == 2
        assert browser.press("check").status == 503
        assert "还没有交" in browser.page.text
        assert ("phone", "0990-6221234") in browser.page.forms[0].fields
    assert browser.press("check").status == 200
    with out_of_order(settings):
        assert browser.press("confirm").status == 503
        assert "确认提交" in browser.answer.text if browser.answer else False
    assert browser.press("confirm").status == 200
    assert files(city) == 2
