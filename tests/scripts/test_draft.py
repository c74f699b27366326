"""What stays on a device, and what never does."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.scripts.stub import FORM, Stub
from tests.scripts.walking import CANARIES, forward, to_answers


def kept(page: Page) -> dict[str, Any]:
    text = page.evaluate("localStorage.getItem('doorstep.draft.sample')")
    return dict(json.loads(text)["answers"]) if text else {}


def everything(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, history.state])"))


def say_own(page: Page) -> None:
    page.get_by_role("button", name="是，先存着").click()


def fill(page: Page) -> None:
    page.locator("#filing_for--self").check()
    forward(page, "申请人")
    page.locator("#applicant_name").fill("测试人员")
    page.locator("#applicant_id").fill(CANARIES[0])
    forward(page, "家人")
    page.locator(".ds-add").click()
    page.locator("#household_members-0-name").fill("测试家人")
    page.locator("#household_members-0-resident_id").fill(CANARIES[1])
    forward(page, "收入和财产")
    page.locator("#income_work").fill(CANARIES[2])
    page.locator("#assets--vehicles").check()
    page.locator("#vehicle_count").fill(CANARIES[3])
    page.wait_for_timeout(500)


def test_nothing_is_kept_unasked_or_after_no(form: Page) -> None:
    expect(form.locator(".ds-own-device")).to_contain_text("这是您自己的手机吗？")
    fill(form)
    assert form.evaluate("localStorage.length") == 0


def test_no_is_not_remembered_either(form: Page) -> None:
    form.get_by_role("button", name="不是，什么都别存").click()
    expect(form.locator(".ds-own-device")).to_contain_text("什么都不存")
    fill(form)
    assert form.evaluate("localStorage.length") == 0


def test_ids_income_and_assets_never_stay(form: Page) -> None:
    say_own(form)
    fill(form)
    assert kept(form) == {
        "filing_for": ["self"],
        "applicant_name": ["测试人员"],
        "household_members-0-name": ["测试家人"],
    }
    assert not [canary for canary in CANARIES if canary in everything(form)]


def test_a_draft_comes_back_with_its_items(form: Page, stub: Stub) -> None:
    say_own(form)
    fill(form)
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.locator(".ds-restored")).to_contain_text("已放回您上次填的内容")
    expect(form.locator("#filing_for--self")).to_be_checked()
    expect(form.locator("#applicant_name")).to_have_value("测试人员")
    expect(form.locator(".ds-item")).to_have_count(1)
    expect(form.locator("#household_members-0-name")).to_have_value("测试家人")
    expect(form.locator("#income_work")).to_have_value("")
    assert kept(form)["household_members-0-name"] == ["测试家人"]


def test_a_draft_survives_a_lost_network_when_it_comes_back(form: Page, stub: Stub) -> None:
    say_own(form)
    fill(form)
    form.goto("about:blank")
    stub.faults = [(503, {"Retry-After": "60"}, 0)]
    form.goto(FORM)
    expect(form.locator("#applicant_name")).to_have_value("测试人员")
    form.locator("#truth").check()
    form.wait_for_timeout(500)
    assert kept(form)["household_members-0-name"] == ["测试家人"]


def test_a_republished_form_takes_what_still_fits(form: Page, stub: Stub) -> None:
    draft = {
        "filing_for": ["neighbour"],
        "applicant_name": ["测试人员"],
        "gone": ["以前的问题"],
        "applicant_id": ["某号"],
        "agent_name": ["帮忙的人"],
    }
    form.evaluate(
        """draft => { localStorage.setItem('doorstep.own-device', 'yes');
        localStorage.setItem('doorstep.draft.sample', JSON.stringify({saved_at: Date.now(), answers: draft})); }""",
        draft,
    )
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.locator("#applicant_name")).to_have_value("测试人员")
    expect(form.locator("#filing_for--self")).not_to_be_checked()
    expect(form.locator("#applicant_id")).to_have_value("")


def test_fourteen_days_and_no_longer(form: Page) -> None:
    form.evaluate(
        """() => { localStorage.setItem('doorstep.own-device', 'yes');
        const answers = {applicant_name: ['测试人员']};
        localStorage.setItem('doorstep.draft.sample', JSON.stringify({saved_at: Date.now() - 15 * 864e5, answers}));
        localStorage.setItem('doorstep.draft.other', JSON.stringify({saved_at: Date.now() - 15 * 864e5, answers})); }"""
    )
    form.goto("about:blank")
    form.goto(FORM)
    form.locator(".ds-clear").wait_for()
    expect(form.locator("#applicant_name")).to_have_value("")
    assert form.evaluate("localStorage.getItem('doorstep.draft.other')") is None


def test_clear_clears_and_says_so(form: Page) -> None:
    say_own(form)
    fill(form)
    form.locator(".ds-clear").click()
    expect(form.locator(".ds-own-device")).to_contain_text("已清除")
    expect(form.locator(".ds-own-device p")).to_be_focused()
    form.locator("#income_work").fill("1")
    form.wait_for_timeout(500)
    assert form.evaluate("localStorage.length") == 0


def test_the_receipt_clears_the_draft(form: Page) -> None:
    say_own(form)
    to_answers(form)
    assert kept(form)
    form.get_by_role("button", name="确认提交").click()
    expect(form.locator(".ds-receipt")).to_be_visible()
    assert kept(form) == {}
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.locator(".ds-sent-before")).to_contain_text("您刚才交过一份")
    form.locator("h1").click()
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.locator(".ds-steps")).to_be_visible()
    assert kept(form) == {}
    assert form.evaluate("localStorage.getItem('doorstep.draft.sample')") is None
    assert form.evaluate("JSON.stringify(sessionStorage)") == '{"doorstep.sent.sample":"yes"}'
    expect(form.locator(".ds-restored")).to_have_count(0)
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    expect(form.locator(".ds-sent-before")).to_be_hidden()


def test_the_answer_to_whose_device_it_is_is_heard_where_it_was_asked(form: Page) -> None:
    say_own(form)
    said = form.locator(".ds-own-device").first.locator("p")
    expect(said).to_be_focused()
    assert form.evaluate("document.querySelector('.ds-own-device').offsetTop < document.querySelector('h2').offsetTop")
    form.locator(".ds-clear").click()
    expect(form.locator(".ds-own-device")).to_have_count(1)
    form.reload()
    form.get_by_role("button", name="不是，什么都别存").click()
    expect(form.locator(".ds-own-device p")).to_be_focused()


def test_a_restored_draft_opens_at_what_is_missing_and_clearing_takes_its_line_away(form: Page) -> None:
    say_own(form)
    form.locator("#filing_for--self").check()
    form.wait_for_timeout(500)
    form.goto("about:blank")
    form.goto(FORM)
    expect(form.locator("#section-applicant")).to_be_visible()
    expect(form.locator(".ds-restored")).to_contain_text("请再填一下")
    form.locator(".ds-clear").click()
    expect(form.locator(".ds-restored")).to_have_count(0)
    expect(form.locator(".ds-own-device")).to_contain_text("已清除")


def test_a_browser_that_stores_nothing_says_so(page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('private'); };")
    page.goto(FORM)
    say_own(page)
    expect(page.locator(".ds-own-device")).to_contain_text("没有留下任何内容")
