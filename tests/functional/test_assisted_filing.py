"""Staff fill in the public form for people who walk in: their pass travels along, and the receipt says who filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from doorstep.applications.counter_pass import issue
from doorstep.applications.office_keys import load_office_signer
from doorstep.applications.signing import peek
from tests.functional.house import FORM, Intake
from tests.functional.html_pages import Browser

ADDRESS = f"/apply/{FORM}/"
AGENT = {"agent_name": "测试代办", "agent_statement": "true", "acting_as": "entrusted"}


def opened(intake: Intake, token: str) -> Browser:
    browser = Browser(intake.client)
    browser.answer = intake.client.get(f"{ADDRESS}?counter={token}")
    assert browser.answer.status == 200
    return browser


def a_pass(intake: Intake) -> str:
    return issue(load_office_signer(intake.settings.var), "s-0123", intake.time.now())


def verified(intake: Intake, receipt: Browser) -> str:
    """What /verify/ says of this receipt."""
    browser = Browser(intake.client)
    browser.answer = intake.client.get(
        next(link for link in receipt.page.links if link.startswith("/verify/?receipt="))
    )
    return browser.page.text


def first_event(browser: Browser) -> Any:
    link = next(link for link in browser.page.links if "receipt=" in link)
    return peek(link.partition("receipt=")[2])


def test_an_application_filed_at_a_counter_says_by_whom(intake: Intake) -> None:
    browser = opened(intake, a_pass(intake))
    assert "窗口替居民填（工作人员 s-0123）" in browser.page.text
    assert browser.answer is not None
    assert "data-form" not in browser.answer.text, "no draft stays on the office's computer"
    browser.press("example")
    browser.press("add:household_members")
    browser.press("remove:household_members:1")
    browser.press("check")
    browser.press("change:home")
    browser.press("check")
    assert "窗口替居民填（工作人员 s-0123）" in browser.page.text
    assert browser.press("confirm").status == 201
    event = first_event(browser)
    assert (event["filed_by"], event["filer"]) == ("counter", "s-0123")
    assert "打印好交给居民，关掉这一页" in browser.page.text
    assert "谁交的窗口工作人员替居民填" in browser.page.text
    assert "谁交的窗口工作人员替居民填" in verified(intake, browser)


def test_the_example_at_a_counter_is_not_the_test_person_who_fills_in(intake: Intake) -> None:
    browser = opened(intake, a_pass(intake))
    browser.press("example")
    fields = dict(browser.page.forms[0].fields)
    assert fields["filing_for"] == "community"
    assert fields["agent_name"]
    browser.press("check")
    assert "还没有提交" in browser.page.text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "本人或家里人"),
        (AGENT | {"filing_for": "family"}, "家里人替居民填"),
        (AGENT | {"filing_for": "community"}, "社区工作人员填"),
    ],
)
def test_a_receipt_says_who_filed(intake: Intake, answers: dict[str, str], words: str) -> None:
    browser = Browser(intake.client)
    browser.answer = intake.client.get(f"{ADDRESS}?counter=x")
    browser.press("example")
    browser.type(**answers)
    browser.press("check")
    assert browser.press("confirm").status == 201
    assert f"谁交的{words}" in browser.page.text
    assert "关掉这一页" not in browser.page.text
    assert f"谁交的{words}" in verified(intake, browser)


def test_the_pass_in_the_address_goes_on_in_no_referer_and_no_log(intake: Intake) -> None:
    token = a_pass(intake)
    browser = opened(intake, token)
    assert browser.answer is not None
    assert browser.answer.headers["referrer-policy"] == "strict-origin"
    browser.press("example")
    assert browser.answer.headers["referrer-policy"] == "same-origin"  # its address holds no pass any more
    assert token not in intake.log.getvalue()


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_bad_pass_is_one_sentence_and_the_form_is_anybodys(intake: Intake, token: str) -> None:
    browser = opened(intake, token)
    assert browser.page.text.count("窗口代填的凭证过期了，或者不完整") == 1
    assert "_counter" not in dict(browser.page.forms[0].fields)
    browser.press("example")
    assert "凭证" not in browser.page.text
    browser.press("check")
    assert browser.press("confirm").status == 201
    event = first_event(browser)
    assert event["filed_by"] == "applicant"
    assert "filer" not in event


def test_a_receipt_is_no_pass(intake: Intake) -> None:
    assert "凭证过期了" in opened(intake, intake.submitted()["receipt"]).page.text


def test_a_pass_that_expires_on_the_way_is_said_before_anything_is_stored(intake: Intake) -> None:
    browser = opened(intake, a_pass(intake))
    browser.press("example")
    browser.press("check")
    at_answers = browser.answer
    intake.time.pass_(hours=13)
    assert browser.press("confirm").status == 200
    assert "凭证过期了" in browser.page.text
    assert "还没有提交" in browser.page.text
    assert browser.press("confirm").status == 201
    assert "filer" not in first_event(browser)
    browser.answer = at_answers
    assert browser.press("confirm").status == 200, "what is stored is answered with its receipt"


def test_a_stored_one_is_answered_though_its_pass_has_expired(intake: Intake) -> None:
    browser = opened(intake, a_pass(intake))
    browser.press("example")
    browser.press("check")
    at_answers = browser.answer
    assert browser.press("confirm").status == 201
    intake.time.moment += dt.timedelta(hours=13)
    browser.answer = at_answers
    assert browser.press("confirm").status == 200
    assert first_event(browser)["filer"] == "s-0123"


def test_without_the_parameter_the_sites_own_page_answers(intake: Intake) -> None:
    assert "static" in intake.client.get(f"{ADDRESS}?from=messenger").text
    assert intake.client.get("/apply/nothing/?counter=x").status == 404
