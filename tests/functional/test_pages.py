"""The resident's way without JavaScript: fill, check, check your answers, confirm, receipt, follow, withdraw."""

from __future__ import annotations

import re

import pytest

from tests.functional.house import FORM, Answer, Intake
from tests.functional.html_pages import Browser, PageReader

VALUES = {
    "filing_for": "self",
    "applicant_name": "测试人员",
    "applicant_id": "650203196901010002",
    "registered_community": "650203001001",
    "lives_there": "true",
    "has_household": "false",
    "home_address": "测试小区（演示用）",
    "apply_alone": "family",
    "staff_relative": "false",
    "truth_statement": "true",
}


@pytest.fixture
def browser(intake: Intake) -> Browser:
    """At the form, as the first post shows it."""
    browser = Browser(intake.client)
    browser.answer = intake.client.post_form(f"/apply/{FORM}/", [("_do", "check")])
    return browser


def filled(browser: Browser, **others: str) -> Answer:
    browser.type(**VALUES | others)
    return browser.press("check")


def receipt(browser: Browser) -> PageReader:
    assert filled(browser).status == 200
    assert browser.press("confirm").status in (200, 201)
    return browser.page


def test_an_empty_form_comes_back_with_every_error(browser: Browser) -> None:
    assert browser.answer is not None
    assert browser.answer.status == 422
    page = browser.page
    assert re.fullmatch(r"有\d+处要改 – 申请低保 – 家门口", page.title)
    assert "error-summary" in page.ids
    assert {link for link in page.links if link.startswith("#")}


def test_the_first_button_of_the_form_is_go_on(browser: Browser) -> None:
    assert browser.page.forms[0].buttons[0][1] == "check"


def test_adding_and_removing_a_member_keeps_every_answer(browser: Browser) -> None:
    browser.type(applicant_name="测试人员")
    assert browser.press("add:household_members").status == 200
    browser.type(**{"household_members-0-name": "甲"})
    browser.press("add:household_members")
    browser.type(**{"household_members-1-name": "乙"})
    browser.press("remove:household_members:0")
    fields = dict(browser.page.forms[0].fields)
    assert fields["applicant_name"] == "测试人员"
    assert fields["household_members-0-name"] == "乙"
    assert "household_members-1-name" not in fields


def test_the_answers_page_says_that_nothing_has_been_sent(browser: Browser) -> None:
    assert filled(browser).status == 200
    page = browser.page
    assert page.title == "核对一遍，还没有提交 – 申请低保 – 家门口"
    assert "还没有提交" in page.texts["ds-not-sent"]
    assert "测试人员" in page.text


def test_a_change_keeps_the_key_and_every_answer(browser: Browser) -> None:
    filled(browser)
    key = dict(browser.page.forms[0].fields)["_key"]
    assert key
    browser.press("change:applicant")
    fields = dict(browser.page.forms[0].fields)
    assert (fields["_key"], fields["applicant_name"], fields["lives_there"]) == (key, "测试人员", "true")
    filled(browser, income_work="700")
    assert dict(browser.page.forms[0].fields)["_key"] == key


def test_the_receipt_says_what_it_must(browser: Browser) -> None:
    page = receipt(browser)
    assert browser.answer is not None
    assert browser.answer.status == 201
    assert "我们收到了您的申请，还没有正式受理" in page.texts["ds-receipt"]
    assert "2026年11月22日13点04分（北京时间）" in page.texts["ds-receipt"]
    assert "30个工作日" in page.texts["ds-next"]
    assert "同意核对家庭收入和财产的授权书" in page.texts["ds-signatures"]
    assert "照您填的是1人" in page.texts["ds-signatures"]
    assert "委托书" not in page.text
    code = page.texts["access-code"].strip()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
    assert code not in page.texts["ds-receipt"]
    assert page.text.count(code) == 1
    assert page.texts["slip-lines"].split() == ["编号", page.texts["ds-reference"], "查询码", code]
    assert page.texts["ds-where"] == "克拉玛依区天山路街道"
    assert "天山路街道先看" in page.texts["ds-next"]
    assert "/track/" in page.texts["ds-paper"]
    assert "data:image/svg+xml" in browser.answer.text
    assert not re.search(r"<(script|style)\b| style=| on\w+=", browser.answer.text)


def test_the_receipt_leads_to_its_own_progress_and_to_a_file_that_verifies(browser: Browser, intake: Intake) -> None:
    page = receipt(browser)
    file = next(link for link in page.links if link.startswith("data:text/plain"))
    token = file.partition(",")[2]
    assert f"/verify/?receipt={token}" in page.links
    assert "这张回执是真的" in intake.client.post_form("/verify/", [("receipt", token)]).text
    assert browser.press("follow").status == 200
    assert page.texts["ds-reference"] in browser.page.text


def test_who_does_not_know_the_community_hears_that_staff_will_find_it(browser: Browser) -> None:
    filled(browser, registered_community="unknown", registered_estate="测试小区")
    browser.press("confirm")
    assert "工作人员会帮您找到" in browser.page.texts["ds-where"]
    assert "户口所在的街道（乡镇）先看" in browser.page.texts["ds-next"]


def test_somebody_who_fills_in_for_another_is_told_of_the_mandate(browser: Browser) -> None:
    filled(browser, filing_for="family", agent_name="代办人", agent_statement="true", acting_as="entrusted")
    browser.press("confirm")
    assert "委托书" in browser.page.texts["ds-signatures"]


def test_sending_twice_shows_the_same_page_and_later_no_code(browser: Browser, intake: Intake) -> None:
    filled(browser)
    fields = [*browser.page.forms[0].fields, ("_do", "confirm")]
    first = intake.client.post_form(f"/apply/{FORM}/", fields)
    again = intake.client.post_form(f"/apply/{FORM}/", fields)
    assert (first.status, again.status) == (201, 200)
    assert first.content == again.content
    intake.time.pass_(minutes=31)
    late = PageReader(intake.client.post_form(f"/apply/{FORM}/", fields).text)
    assert "access-code" not in late.ids
    assert "只显示30分钟" in late.texts["ds-slip"]
    assert late.texts["ds-where"] == "克拉玛依区天山路街道"
    assert ("/track/" in late.links, late.forms) == (True, [])
    assert late.texts["ds-reference"] == PageReader(first.text).texts["ds-reference"]


def test_back_and_change_after_the_receipt_says_when_it_was_received(browser: Browser, intake: Intake) -> None:
    filled(browser)
    key = dict(browser.page.forms[0].fields)["_key"]
    browser.press("confirm")
    pairs = [*VALUES.items(), ("income_work", "900"), ("_key", key), ("_do", "check")]
    browser.answer = intake.client.post_form(f"/apply/{FORM}/", pairs)
    assert browser.press("confirm").status == 409
    assert "13点04分（北京时间）收到了" in browser.page.text


def test_the_receipts_address_verifies_and_a_changed_byte_does_not(browser: Browser, intake: Intake) -> None:
    page = receipt(browser)
    address = next(link for link in page.links if link.startswith("/verify/?receipt="))
    assert "这张回执是真的" in intake.client.get(address).text
    token = address.partition("=")[2]
    for position in range(0, len(token), 97):
        other = "A" if token[position] != "A" else "B"
        changed = intake.client.get(f"/verify/?receipt={token[:position]}{other}{token[position + 1 :]}")
        assert changed.status == 422
        assert "这张回执不能信" in changed.text
    for part in ("x", token[:-1], token[:100], token + "。"):
        badly_copied = intake.client.post_form("/verify/", [("receipt", part)])
        assert badly_copied.status == 422
        assert "没验成" in badly_copied.text
        assert "不能信" not in badly_copied.text
    pasted = intake.client.post_form("/verify/", [("receipt", token[:100] + "\r\n " + token[100:])])
    assert "这张回执是真的" in pasted.text


def test_following_and_withdrawing(browser: Browser, intake: Intake) -> None:
    page = receipt(browser)
    reference, code = page.texts["ds-reference"], page.texts["access-code"]
    browser.answer = intake.client.post_form(
        "/track/", [("reference", reference.lower().replace("-", " ")), ("code", code), ("_do", "follow")]
    )
    assert browser.answer.status == 200
    assert "收到了，还没有正式受理" in browser.page.text
    browser.press("answers")
    assert "测试人员" in browser.page.text
    browser.press("follow")
    browser.press("withdraw")
    assert "还没有撤回" in browser.page.text
    assert browser.press("withdraw-confirm").status == 422
    browser.type(reason="not-needed", words="以后再说")
    browser.press("withdraw-confirm")
    assert "撤回好了" in browser.page.text
    assert "您撤回了申请" in browser.page.texts["ds-timeline"]
    assert f"/apply/{FORM}/" in browser.page.links
    assert "withdraw" not in [value for _, value, _ in browser.page.forms[0].buttons]


def test_wrong_codes_and_mistyped_references(browser: Browser, intake: Intake) -> None:
    page = receipt(browser)
    reference, code = page.texts["ds-reference"], page.texts["access-code"].strip()
    wrong = "0000-0000-0000-0000"
    one = intake.client.post_form("/track/", [("reference", reference), ("code", wrong)])
    unknown = "0000-0000-0000-0"
    two = intake.client.post_form("/track/", [("reference", unknown), ("code", code)])
    # What was typed stands in the fields again; apart from that, no byte tells which of the two was wrong.
    assert (reference in one.text, wrong in one.text, unknown in two.text, code in two.text) == (True,) * 4
    assert one.text.replace(reference, "").replace(wrong, "") == two.text.replace(unknown, "").replace(code, "")
    assert (one.status, two.status) == (404, 404)
    last = "A" if reference[-1] != "A" else "B"
    mistyped = intake.client.post_form("/track/", [("reference", reference[:-1] + last), ("code", code)])
    assert (mistyped.status, "编号好像抄错了" in mistyped.text) == (404, True)
    for answer, marked in ((one, 2), (mistyped, 1)):
        assert answer.text.count('aria-invalid="true"') == marked
        assert "查询码丢了怎么办" in answer.text


def test_the_demonstrations_test_person(browser: Browser) -> None:
    assert browser.press("example").status == 200
    assert browser.press("check").status == 200
    assert browser.press("confirm").status == 201
    assert "照您填的是2人" in browser.page.text


def test_the_same_posts_answer_programs_in_json(browser: Browser, intake: Intake) -> None:
    json = {"Accept": "application/json"}
    refused = intake.client.post_form(f"/apply/{FORM}/", [("_do", "check")], **json)
    assert (refused.status, refused.headers["content-type"]) == (422, "application/problem+json")
    checked = intake.client.post_form(f"/apply/{FORM}/", [*VALUES.items(), ("_do", "check")], **json)
    assert set(checked.json) == {"answers", "submission_key"}
    filled(browser)
    fields = [*browser.page.forms[0].fields, ("_do", "confirm")]
    stored = intake.client.post_form(f"/apply/{FORM}/", fields, **json)
    assert set(stored.json) == {"reference", "access_code", "received_at", "receipt"}
