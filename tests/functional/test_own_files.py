"""Whoever holds reference and code looks at each page of what they sent, and nobody else does."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

import pytest

from chalicelib.files import digest_of
from doorstep.attachments.container import Page
from doorstep.serving.application import ServeSettings
from tests.functional.city import City
from tests.functional.house import Answer, Intake
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
from tests.plain_jpeg import content_of


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


@pytest.fixture
def city(intake: Intake, settings: ServeSettings) -> Iterator[City]:
    """An application with two bills and a slip, all waiting for the examiner."""
    key = fresh_key()
    bills = [sent(intake, photo(number), key) for number in (1, 2)]
    slips = [sent(intake, photo(3), key)]
    with city_with_papers(settings, answers(bills=bills, slips=slips), key, intake) as found:
        yield found


def look(city: City, does: str, **other: str) -> Answer:
    pairs = {"reference": city.reference, "code": city.code, "_do": does} | other
    return city.intake.client.post_form("/track/", pairs.items(), Accept="text/html")


def picture(answer: Answer) -> bytes:
    found = re.search(r'<img src="data:image/jpeg;base64,([^"]+)"', answer.text)
    assert found, answer.text
    return content_of(Page(8, 8, b64decode(found[1])))


def test_each_page_of_each_file_is_shown(city: City, settings: ServeSettings) -> None:
    waiting = look(city, "answers")
    assert "您交的照片和文件" in waiting.text
    assert waiting.text.count("收到了，正在检查") >= 3
    assert "look:" not in waiting.text
    assert examine_all(settings, pages=2) == 3
    browser = city.follow()
    browser.press("answers")
    assert "收到了，能打开，共2页。字清不清楚，请自己看看" in browser.page.text
    first = browser.press("look:bills:1:0")
    assert first.status == 200
    assert picture(first) == photo(2) + b"\0"
    assert "收费票据，第2份，第1页，共2页" in browser.page.title
    assert picture(browser.press("look:bills:1:1")) == photo(2) + b"\1"
    assert "look:bills:1:2" not in browser.page.text
    assert picture(browser.press("look:bills:1:0")) == photo(2) + b"\0"
    browser.press("answers")
    assert picture(browser.press("look:slips:0:0")) == photo(3) + b"\0"
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert "img-src 'self' data:" in first.headers["content-security-policy"]
    for digest in map(digest_of, map(photo, (1, 2, 3))):
        assert digest not in first.text
        assert digest not in look(city, "answers").text


@pytest.mark.parametrize(
    "does",
    ["look", "look:", "look:bills", "look:bills:9:0", "look:bills:0:9", "look:bills:-1:0", "look:phone:0:0",
     "look:bills:0:0:0", "look:../../x:0:0", "look:" + "A" * 43, "look:bills:٣:0", "look:nothing:0:0"],
)  # fmt: skip
def test_what_is_not_there_is_the_answers_page_again(city: City, settings: ServeSettings, does: str) -> None:
    examine_all(settings)
    again = look(city, does)
    assert again.status == 200
    assert "我填的内容" in again.text
    assert "data:image/jpeg" not in again.text


def test_nobody_looks_without_reference_and_code(city: City, settings: ServeSettings) -> None:
    examine_all(settings)
    assert look(city, "look:bills:0:0", code="0000-0000-0000-0000").status == 404
    other = city.intake.submit(answers(papers_how="window"), fresh_key()).json
    theirs = look(city, "look:bills:0:0", reference=other["reference"], code=other["access_code"])
    assert "data:image/jpeg" not in theirs.text
    assert city.intake.client.get(f"/api/files/{digest_of(photo())}").status in (404, 405)


def test_also_once_it_is_withdrawn(city: City, settings: ServeSettings) -> None:
    examine_all(settings)
    withdrawn = city.intake.client.post_json(
        f"/api/applications/{city.reference}/withdrawal", {"reason": ""}, **city.bearer
    )
    assert withdrawn.status == 200
    assert picture(look(city, "look:bills:0:0")) == photo(1) + b"\0"


def test_what_was_refused_and_what_is_gone_are_told(city: City, settings: ServeSettings) -> None:
    examine_all(settings, why="unreadable")
    assert "这个文件打不开" in look(city, "answers").text
    for path in (settings.var / "files/refused").rglob("*"):
        if path.is_file():
            path.unlink()
    gone = look(city, "answers")
    assert gone.status == 200
    assert "再上传一次" not in gone.text


def test_another_files_pages_put_in_its_place_are_not_shown(city: City, settings: ServeSettings) -> None:
    examine_all(settings)
    shelf = settings.var / "files/ready" / city.reference
    one, two, _ = sorted(shelf.iterdir())
    one.write_bytes(two.read_bytes())
    statuses = {look(city, f"look:bills:{number}:0").status for number in (0, 1)} | {
        look(city, "look:slips:0:0").status
    }
    assert 500 in statuses
    assert "tampered" in city.intake.log.getvalue()


def test_a_place_of_files_that_is_out_of_order_keeps_no_answers_back(city: City, settings: ServeSettings) -> None:
    examine_all(settings)
    with out_of_order(settings):
        page = look(city, "answers")
        assert page.status == 200
        assert "测试小区" in page.text
        assert look(city, "follow").status == 200
        assert look(city, "look:bills:0:0").status == 503
    assert len(lying(settings)["ready"]) == 3
