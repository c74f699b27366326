"""Once, or again until it is through: double clicks, lost networks, slow and refusing servers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.scripts.stub import FORM, KEY, Stub
from tests.scripts.walking import to_answers


def confirm(page: Page) -> None:
    page.get_by_role("button", name="确认提交").click()


def test_a_double_click_sends_once(form: Page, stub: Stub) -> None:
    to_answers(form)
    stub.faults = [(200, {}, 0.3)]
    button = form.get_by_role("button", name="确认提交")
    button.dblclick()
    expect(button).to_have_attribute("aria-disabled", "true")
    form.get_by_role("button", name="修改申请人").click(force=True)
    expect(form.locator(".ds-receipt")).to_be_visible()
    expect(form.locator("h1")).to_be_focused()
    assert form.title() == "收件回执"
    assert len(stub.sent("confirm")) == 1
    assert not stub.sent("change:applicant")


def test_a_lost_network_is_told_and_the_same_is_sent_again(form: Page, stub: Stub) -> None:
    to_answers(form)
    form.context.set_offline(True)
    confirm(form)
    banner = form.locator(".ds-offline")
    expect(banner).to_contain_text("还没交成功，请别关页面")
    expect(banner.get_by_role("status")).to_contain_text("网络不通")
    assert stub.sent("confirm") == []
    form.go_back()  # does not leave what is unsent
    expect(banner).to_be_visible()
    form.context.set_offline(False)
    expect(form.locator(".ds-receipt")).to_be_visible()
    expect(banner).to_have_count(0)
    assert [post["_key"] for post in stub.sent("confirm")] == [[KEY]]


def test_a_lost_answer_is_asked_for_with_the_same_key_and_content(form: Page, stub: Stub) -> None:
    to_answers(form)
    stub.faults = [(0, {}, 0), (500, {}, 0), (502, {"body": "not ours"}, 0)]
    confirm(form)
    banner = form.locator(".ds-offline")
    expect(banner).to_contain_text("还不知道交上没有，正在再试")
    expect(banner).to_contain_text("试几次都只算一份")
    form.get_by_role("button", name="再试一次").click()
    expect(banner).to_contain_text("忙不过来")
    expect(banner).not_to_contain_text("还没交成功")
    form.get_by_role("button", name="再试一次").click()
    expect(form.locator(".ds-receipt")).to_be_visible(timeout=9000)
    sent = stub.sent("confirm")
    assert len(sent) == 4
    assert all(post == sent[0] for post in sent)
    assert stub.received == {KEY}


OURS = "<main id='main' data-kind='{kind}'><h1>请稍后再试</h1></main>"


@pytest.mark.parametrize(
    ("status", "kind", "known"),
    [(503, "not-stored", True), (408, "too-slow", True), (503, "outcome-unknown", False), (500, "broken", False)],
)
def test_only_what_surely_was_not_done_is_called_not_done(form: Page, status: int, kind: str, known: bool) -> None:
    to_answers(form)
    body = OURS.format(kind=kind).replace("'", '"')
    headers = {"Content-Type": "text/html; charset=utf-8", "Retry-After": "60"}
    form.route(FORM, lambda route: route.fulfill(status=status, headers=headers, body=body))
    confirm(form)
    expect(form.locator(".ds-offline")).to_contain_text("还没交成功" if known else "还不知道交上没有")


def test_what_may_have_been_done_once_is_never_again_called_not_done(form: Page, stub: Stub) -> None:
    to_answers(form)
    form.route(FORM, lambda route: route.abort("connectionreset"), times=1)
    stub.faults = [(503, {"Retry-After": "60"}, 0)]
    confirm(form)
    expect(form.locator(".ds-offline")).to_contain_text("还不知道交上没有，正在再试")
    expect(form.locator(".ds-offline")).to_contain_text("忙不过来")
    expect(form.locator(".ds-offline")).to_contain_text("还不知道交上没有，正在再试")


def test_an_answer_of_somebody_else_is_no_answer(form: Page, stub: Stub) -> None:
    """A hotel's log-in page answers 200 to everything."""
    to_answers(form)
    form.route(FORM, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>登录</h1>"), times=1)
    confirm(form)
    expect(form.locator(".ds-offline")).to_be_visible()
    expect(form.locator(".ds-receipt")).to_be_visible()


def test_retry_after_is_honoured(form: Page, stub: Stub) -> None:
    to_answers(form)
    stub.faults = [(503, {"Retry-After": "3"}, 0)]
    confirm(form)
    expect(form.locator(".ds-offline")).to_contain_text("大约3秒后")
    expect(form.locator(".ds-offline")).to_contain_text("还没交成功")  # our server said so
    form.evaluate("dispatchEvent(new Event('online'))")
    form.wait_for_timeout(1500)
    assert len(stub.sent("confirm")) == 1
    expect(form.locator(".ds-receipt")).to_be_visible()


def test_leaving_while_unsent_is_warned_about(form: Page, stub: Stub) -> None:
    to_answers(form)
    stub.faults = [(503, {"Retry-After": "60"}, 0)]
    confirm(form)
    expect(form.locator(".ds-offline")).to_be_visible()
    warned: list[str] = []

    def accept(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    form.on("dialog", accept)
    form.evaluate("void setTimeout(() => location.assign('/'), 50)")
    expect(form.locator("h1")).to_have_text("首页")
    assert warned == ["beforeunload"]


def test_a_refusal_is_shown(form: Page, stub: Stub) -> None:
    to_answers(form)
    shown = "<html><head><title>已经交过</title></head><body><main id='main'><h1>已经交过</h1></main></body></html>"
    stub.faults = [(409, {"body": shown.replace("'", '"')}, 0)]
    confirm(form)
    expect(form.locator("h1")).to_have_text("已经交过")
    form.go_back()
    expect(form.locator("[data-page=answers]")).to_be_visible()


def test_back_from_the_receipt_leaves_and_sends_nothing(page: Page, stub: Stub) -> None:
    page.goto("/")
    page.get_by_role("link", name="去申请").click()
    page.locator(".ds-steps").wait_for()
    to_answers(page)
    confirm(page)
    expect(page.locator(".ds-receipt")).to_be_visible()
    expect(page.locator(".ds-copy")).to_be_visible()
    page.wait_for_timeout(300)
    count = len(stub.posts)
    page.go_back()
    expect(page.locator("h1")).to_have_text("首页")
    assert len(stub.posts) == count
    page.go_forward()
    page.wait_for_timeout(300)
    assert len(stub.posts) == count
    assert page.locator("#applicant_id").count() == 0 or page.locator("#applicant_id").input_value() == ""


@pytest.mark.parametrize("status", [201, 409])
def test_every_page_is_read_from_its_top(form: Page, stub: Stub, status: int) -> None:
    form.evaluate("document.body.style.paddingBottom = '3000px'")
    bottom = "scrollTo(0, 900)"
    form.evaluate(bottom)
    form.locator("#filing_for--self").check()
    form.evaluate(bottom)
    to_answers(form)
    assert form.evaluate("scrollY") == 0
    if status == 409:
        stub.faults = [(409, {}, 0)]
    form.evaluate(bottom)
    form.evaluate("document.querySelector('[value=confirm]').click()")
    expect(form.locator("[data-page=answers]")).to_have_count(0)
    form.wait_for_timeout(300)  # the browser has gone back over the sections by then
    expect(form.locator("h1")).to_be_focused()
    assert form.evaluate("scrollY") == 0


def test_a_waiting_check_gives_way_to_a_change(form: Page, stub: Stub) -> None:
    form.locator("#filing_for--self").check()
    stub.faults = [(503, {}, 0)] * 4
    for title in ("申请人", "家人", "收入和财产", "最后一件事"):
        form.locator(".ds-steps-next").click()
        expect(form.locator(".ds-section:visible h2")).to_contain_text(title)
    stub.faults = [(503, {"Retry-After": "60"}, 0)]
    form.get_by_role("button", name="继续").locator("visible=true").last.click()
    expect(form.locator(".ds-offline")).to_contain_text("没连上，请别关页面")
    form.locator(".ds-steps-previous").click()
    expect(form.locator(".ds-offline")).to_have_count(0)
    expect(form.locator("#section-assets")).to_be_visible()


def test_change_opens_its_section_with_the_key_kept(form: Page, stub: Stub) -> None:
    to_answers(form)
    form.get_by_role("button", name="修改申请人").click()
    expect(form.locator("#section-applicant")).to_be_visible()
    expect(form.locator("#section-for-whom")).to_be_hidden()
    assert form.locator("[name=_key]").input_value() == KEY
