"""The receipt and its code are not lost by one wrong touch, and nothing of them stays on the device."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.scripts.stub import FORM, Stub
from tests.scripts.walking import CANARIES, to_answers

CODE = "AAAA-BBBB-CCCC-DDDD"


@pytest.fixture
def receipt(page: Page) -> Page:
    page.goto("/")
    page.get_by_role("link", name="去申请").click()
    page.locator(".ds-steps").wait_for()
    to_answers(page)
    page.get_by_role("button", name="确认提交").click()
    expect(page.locator(".ds-receipt")).to_be_visible()
    page.wait_for_timeout(300)
    return page


def leaving(page: Page, *, stay: bool) -> list[str]:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if stay:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    return asked


def test_following_from_the_receipt_and_back_shows_the_code_again(receipt: Page, stub: Stub) -> None:
    receipt.get_by_role("button", name="查进度").click()
    expect(receipt.locator("h1")).to_have_text("收到了")
    assert stub.sent("follow")[0]["code"] == [CODE]  # nothing to type
    count = len(stub.posts)
    receipt.go_back()
    expect(receipt.locator("#access-code")).to_have_text(CODE)
    receipt.go_forward()
    expect(receipt.locator("h1")).to_have_text("收到了")
    assert len(stub.posts) == count


def test_half_an_hour_later_back_shows_the_receipt_without_the_code(receipt: Page) -> None:
    receipt.clock.install()
    receipt.get_by_role("button", name="查进度").click()
    expect(receipt.locator("h1")).to_have_text("收到了")
    receipt.clock.fast_forward("31:00")
    receipt.go_back()
    expect(receipt.locator("h1")).to_have_text("这张回执是真的")
    expect(receipt.locator("#access-code")).to_have_count(0)


def test_leaving_an_unnoted_code_is_asked_about(receipt: Page) -> None:
    asked = leaving(receipt, stay=True)
    receipt.evaluate("void setTimeout(() => location.assign('/'), 50)")
    receipt.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(receipt.locator("#access-code")).to_have_text(CODE)


def test_once_noted_nothing_is_asked(receipt: Page) -> None:
    asked = leaving(receipt, stay=False)
    receipt.get_by_role("button", name="我抄好了").click()
    expect(receipt.locator(".ds-copied")).to_have_text("好的，请单独收好")
    receipt.evaluate("void setTimeout(() => location.assign('/'), 50)")
    expect(receipt.locator("h1")).to_have_text("首页")
    assert asked == []


def test_a_reload_asks_and_then_finds_the_receipt_not_the_empty_form(receipt: Page) -> None:
    asked = leaving(receipt, stay=False)
    receipt.reload()
    expect(receipt.locator("h1")).to_have_text("这张回执是真的")
    assert asked == ["beforeunload"]
    receipt.go_back()
    expect(receipt.locator("h1")).to_have_text("首页")


def test_links_of_the_receipt_leave_it_standing(receipt: Page) -> None:
    with receipt.expect_popup() as opened:
        receipt.get_by_role("link", name="可以转发的回执页").click()
    expect(opened.value.locator("h1")).to_have_text("这张回执是真的")
    assert opened.value.evaluate("window.opener") is None
    expect(receipt.locator("#access-code")).to_have_text(CODE)


def test_neither_answers_nor_code_are_stored(receipt: Page) -> None:
    kept = str(receipt.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, history.state])"))
    assert not [secret for secret in (*CANARIES, CODE, "测试人员", "AAAAAAAAAA") if secret in kept]
    receipt.goto(FORM)
    expect(receipt.locator(".ds-sent-before")).to_contain_text("您刚才交过一份，我们收到了")


def test_a_withdrawal_without_a_network_is_called_by_its_name(receipt: Page, stub: Stub) -> None:
    receipt.get_by_role("button", name="查进度").click()
    stub.faults = [(503, {"Retry-After": "60"}, 0)]
    receipt.get_by_role("button", name="确认撤回").click()  # an empty field is the server's to speak about
    expect(receipt.locator(".ds-offline")).to_contain_text("还没撤回成功，请别关页面")
    expect(receipt.locator(".ds-offline")).to_contain_text("忙不过来")
    expect(receipt.locator(".ds-offline")).not_to_contain_text("只算")
