"""Files beside all else that a form's page does: steps, errors, items, drafts, corrections, and no script at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.scripts.photos import document, paper
from tests.scripts.stub import FORM, KEY, Stub
from tests.scripts.taking import bills, choose, take
from tests.scripts.walking import forward

ALL_IN = '.ds-file[data-status="ready"]'


def to_the_end(phone: Page) -> None:
    forward(phone, "家人")
    forward(phone, "最后一件事")
    phone.locator("#applicant_name").fill("测试人员")


def go_on(phone: Page) -> None:
    phone.get_by_role("button", name="继续").locator("visible=true").last.click()


def test_the_steps_go_on_meanwhile_and_the_end_waits_for_all(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    choose(phone, document(1), document(2))
    expect(phone.locator(".ds-file").first).to_contain_text("网断了")
    to_the_end(phone)
    go_on(phone)
    expect(phone.locator(".ds-uploading")).to_have_text("还有2份没传完，传完自动继续。")
    expect(phone.locator("body > [role=status]")).to_have_text("还有2份没传完，传完自动继续。")
    assert not stub.sent("check")
    phone.context.set_offline(False)
    expect(phone.locator("[data-page=answers]")).to_be_visible(timeout=15000)
    assert stub.sent("check")[-1]["bills"] == list(stub.files.kept)
    assert stub.sent("check")[-1]["_key"] == [KEY]


def test_waiting_ends_when_something_else_is_pressed(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    choose(phone, document(1))
    to_the_end(phone)
    go_on(phone)
    phone.get_by_role("button", name="上一步").click()
    expect(phone.locator(".ds-uploading")).to_have_text("还有1份没传完，可以接着往下填，别关页面。")
    phone.context.set_offline(False)
    expect(phone.locator(".ds-uploading")).to_be_hidden(timeout=15000)
    expect(phone.locator("#section-household")).to_be_visible()
    assert not [post for post in stub.sent("check") if "truth" in post]


def test_what_is_under_way_is_not_called_missing_and_what_is_missing_is(phone: Page, stub: Stub) -> None:
    phone.locator(".ds-steps-next").click()
    expect(phone.locator("#error-summary a")).to_have_text(["请拍单据"])
    expect(phone.locator(".ds-attachment")).to_have_attribute("aria-describedby", "bills-error")
    phone.locator("#error-summary a").click()
    expect(phone.get_by_role("button", name="拍照")).to_be_focused()
    stub.files.faults = [(503, {"Retry-After": "3"})]
    take(phone, paper(1))
    expect(phone.locator("#error-summary, .ds-error, .ds-field--error, [aria-invalid]")).to_have_count(0)
    expect(phone.locator(".ds-attachment")).not_to_have_attribute("aria-describedby", re.compile("error"))
    expect(phone.locator(".ds-file")).to_contain_text("网站这会儿忙")
    forward(phone, "家人")


def test_items_come_and_go_while_a_file_is_on_its_way(phone: Page, stub: Stub) -> None:
    take(phone, paper(1))
    expect(phone.locator(ALL_IN)).to_have_count(1)
    phone.context.set_offline(True)
    choose(phone, document(2))
    expect(phone.locator(".ds-file").nth(1)).to_contain_text("网断了")
    forward(phone, "家人")
    phone.context.set_offline(False)
    stub.files.faults = [(503, {"Retry-After": "4"})] * 2
    phone.locator(".ds-add").click()
    expect(phone.locator(".ds-item")).to_have_count(1)
    phone.get_by_role("button", name="上一步").click()
    expect(phone.locator(".ds-file")).to_have_count(2)
    expect(phone.locator(".ds-file img")).to_have_count(1)
    expect(phone.locator(ALL_IN)).to_have_count(2, timeout=20000)
    assert bills(phone) == list(stub.files.kept)


def test_what_comes_in_while_an_item_is_added_is_in_the_new_page(phone: Page, stub: Stub) -> None:
    stub.files.faults = [(503, {"Retry-After": "1"})]
    choose(phone, document(1))
    expect(phone.locator(".ds-file")).to_contain_text("网站这会儿忙")
    stub.faults = [(200, {}, 2.5)]
    phone.evaluate("document.querySelector('.ds-add').click()")
    expect(phone.locator(".ds-item")).to_have_count(1)
    assert len(stub.files.kept) == 1
    assert "bills" not in stub.sent("add:household_members")[0]
    assert bills(phone) == list(stub.files.kept)


def test_a_key_that_an_item_came_without_is_kept(phone: Page, stub: Stub) -> None:
    choose(phone, document(1))
    expect(phone.locator(ALL_IN)).to_have_count(1)
    phone.locator("[name=_key]").evaluate("input => { input.value = ''; }")
    phone.evaluate("document.querySelector('.ds-add').click()")
    expect(phone.locator(".ds-item")).to_have_count(1)
    expect(phone.locator("[name=_key]")).to_have_value(KEY)


def test_answers_and_back_keep_rows_and_pictures(phone: Page, stub: Stub) -> None:
    take(phone, paper(1))
    expect(phone.locator(ALL_IN)).to_have_count(1)
    to_the_end(phone)
    go_on(phone)
    expect(phone.locator("[data-page=answers]")).to_be_visible()
    phone.get_by_role("button", name="修改申请人").click()
    phone.evaluate("document.querySelectorAll('.ds-section').forEach((one) => { one.hidden = false; })")
    expect(phone.locator(".ds-file")).to_contain_text("第1份")
    expect(phone.locator(".ds-file img")).to_have_count(1)
    assert phone.locator(".ds-file-look").text_content() == ""
    expect(phone.get_by_role("button", name="再拍一页")).to_be_visible()
    assert bills(phone) == list(stub.files.kept)


def test_who_brings_the_papers_sends_none(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    choose(phone, document(1))
    expect(phone.locator(".ds-file")).to_contain_text("网断了")
    phone.locator("#papers_how--counter").check()
    expect(phone.locator(".ds-attachment")).to_be_hidden()
    expect(phone.locator(".ds-uploading")).to_be_hidden()
    phone.context.set_offline(False)
    to_the_end(phone)
    phone.wait_for_timeout(2000)
    assert bills(phone) == []
    go_on(phone)
    expect(phone.locator("[data-page=answers]")).to_be_visible()
    assert "bills" not in stub.sent("check")[-1]


def test_leaving_is_warned_about_while_a_file_is_on_its_way(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    choose(phone, document(1))
    expect(phone.locator(".ds-file")).to_contain_text("网断了")
    stub.files.faults = [(503, {"Retry-After": "60"})] * 3  # before it can be sent again by itself
    phone.context.set_offline(False)
    warned: list[str] = []

    def accept(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    phone.on("dialog", accept)
    phone.evaluate("void setTimeout(() => location.assign('/'), 50)")
    expect(phone.locator("h1")).to_have_text("首页")
    assert warned == ["beforeunload"]


def test_a_draft_keeps_what_was_received_and_asks_how_it_stands(phone: Page, stub: Stub) -> None:
    phone.get_by_role("button", name="是，先存着").click()
    choose(phone, document(1), document(2), document(3))
    expect(phone.locator(ALL_IN)).to_have_count(3, timeout=15000)
    first, second, third = stub.files.kept
    phone.wait_for_timeout(500)
    answers = json.loads(phone.evaluate("localStorage.getItem('doorstep.draft.sample')"))["answers"]
    assert (answers["bills"], answers["_key"]) == ([first, second, third], [KEY])
    assert "data:" not in phone.evaluate("JSON.stringify([localStorage, sessionStorage])")
    del stub.files.kept[second]
    phone.goto("about:blank")
    phone.goto(FORM)
    expect(phone.locator(".ds-file")).to_have_count(3)
    expect(phone.locator(".ds-file-look").first).to_be_hidden()
    expect(phone.locator(".ds-file").first).to_contain_text("收到了，能打开")
    expect(phone.locator(".ds-file").nth(1)).to_contain_text("没有收：上次传的已经删掉了，请再拍一次")
    expect(phone.locator(".ds-file").nth(2)).to_contain_text("收到了，能打开")
    assert bills(phone) == [first, third]
    assert stub.files.asked[-1]["submission_key"] == KEY
    assert len(stub.files.sent) == 3
    expect(phone.locator("#section-truth")).to_be_visible()
    phone.locator("#applicant_name").fill("测试人员")
    go_on(phone)
    expect(phone.get_by_role("button", name="重拍第2份")).to_be_focused()
    phone.get_by_role("button", name="去掉第2份").click()
    phone.wait_for_timeout(500)
    answers = json.loads(phone.evaluate("localStorage.getItem('doorstep.draft.sample')"))["answers"]
    assert answers["bills"] == [first, third]


def test_a_correction_asks_with_reference_and_code(phone: Page, stub: Stub) -> None:
    stub.correction = "correction-files.html"
    phone.goto("/")
    phone.evaluate("""document.getElementById('main').innerHTML =
        '<form method="post" action="/track/"><button name="_do" value="correct">去改</button></form>'""")
    phone.get_by_role("button", name="去改").click()
    take(phone, paper(1))
    go_on(phone)
    expect(phone.locator("h1")).to_have_text("请核对您改的地方")
    (asked, *_) = stub.files.asked
    assert asked["path"] == "/api/applications/AAAA-BBBB-CCC/files"
    assert asked["authorization"] == "Bearer AAAA-BBBB-CCCC-DDDD"
    assert "submission_key" not in asked
    assert stub.sent("check")[-1]["bills"] == list(stub.files.kept)
    assert not [name for name in stub.files.sent[0] if name == "submission_key"]


@pytest.fixture
def plain(browser: Browser, stub: Stub) -> Iterator[Page]:
    """A phone on which the scripts run, except the one for files."""
    stub.form = "form-files.html"
    context = browser.new_context(base_url=stub.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    context.set_default_timeout(5000)
    page = context.new_page()
    page.route("**/uploading.js", lambda route: route.abort())
    page.goto(FORM)
    page.locator("#papers_how--now").check()
    yield page
    context.close()


def test_where_the_script_fails_the_plain_field_still_sends(plain: Page, stub: Stub) -> None:
    expect(plain.locator(".ds-file-input")).to_be_visible()
    plain.locator(".ds-file-input").set_input_files(document(1))
    plain.get_by_role("button", name="上传").click()
    expect(plain.locator(".ds-file")).to_contain_text("第1份")
    assert len(stub.files.kept) == 1
    plain.locator(".ds-file-input").set_input_files(document(2))
    forward(plain, "家人")
    forward(plain, "最后一件事")
    plain.locator("#applicant_name").fill("测试人员")
    go_on(plain)
    expect(plain.locator("[data-page=answers]")).to_be_visible()
    assert len(stub.files.kept) == 2
    assert set(stub.sent("check")[-1]["bills"]) == set(stub.files.kept)


def test_what_was_chosen_before_the_script_came_is_taken_over(browser: Browser, stub: Stub) -> None:
    stub.form = "form-files.html"
    context = browser.new_context(base_url=stub.url)
    page = context.new_page()
    waiting: list[Route] = []
    page.route("**/uploading.js", lambda route: waiting.append(route))  # noqa: PLW0108 (playwright marks it)
    page.goto(FORM)
    page.locator("#papers_how--now").check()
    page.locator(".ds-file-input").set_input_files(document(1))
    for route in waiting:
        route.continue_()
    expect(page.locator(ALL_IN)).to_have_count(1)
    context.close()
