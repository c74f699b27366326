"""Copying and printing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.scripts.stub import Stub
from tests.scripts.walking import to_answers


def test_the_code_is_copied(form: Page, stub: Stub) -> None:
    form.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stub.url)
    to_answers(form)
    form.get_by_role("button", name="确认提交").click()
    form.locator(".ds-copy").click()
    expect(form.locator(".ds-copied")).to_have_text("已复制")
    assert form.evaluate("navigator.clipboard.readText()") == "编号 AAAA-BBBB-CCC 查询码 AAAA-BBBB-CCCC-DDDD"
    form.evaluate("window.print = () => { window.printed = true; }")
    form.locator(".ds-print").click()
    assert form.evaluate("window.printed")


def test_without_a_clipboard_the_old_way_copies(form: Page) -> None:
    to_answers(form)
    form.get_by_role("button", name="确认提交").click()
    form.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    form.locator(".ds-copy").click()
    expect(form.locator(".ds-copied")).to_have_text("已复制")
