"""Copying, printing and finding."""

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


def test_a_list_is_filtered_as_one_types(page: Page) -> None:
    page.goto("/find/?q=看病花钱")
    expect(page.locator("[data-find]:visible")).to_have_text(["大病救助"])
    expect(page.locator(".ds-found")).to_have_text("找到1条")
    expect(page.get_by_role("heading", name="老人")).to_be_hidden()
    page.locator("#find-q").fill("老人没人照顾")
    expect(page.locator("[data-find]:visible")).to_have_text(["居家养老"])
    page.locator("#find-q").fill("xyz")
    expect(page.locator("#find-none")).to_be_visible()
    page.locator("#find-q").fill("")
    expect(page.locator("#find-none")).to_be_hidden()
    expect(page.locator("[data-find]:visible")).to_have_count(3)
    assert page.url.endswith("/find/")


def test_what_is_looked_for_stands_in_no_address(page: Page) -> None:
    asked: list[str] = []
    been: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("framenavigated", lambda frame: been.append(frame.url))
    page.goto("/front/")
    page.get_by_label("您要办什么？").fill("吃不上饭")
    page.get_by_role("button", name="搜").click()
    expect(page.locator("[data-find]:visible")).to_have_text(["申请低保"])
    expect(page.locator("#find-q")).to_have_value("吃不上饭")
    page.locator("#find-q").fill("住院")
    expect(page.locator("[data-find]:visible")).to_have_text(["大病救助"])
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.get_by_role("link", name="大病救助").click()
    page.go_back()
    page.reload()  # so that the browser's own memory of the page is no help
    expect(page.locator("[data-find]:visible")).to_have_text(["大病救助"])
    assert not [url for url in asked + been if "?" in url or "#" in url]
    page.goto("/front/")
    page.goto("/find/")  # a visit of its own begins anew
    expect(page.locator("[data-find]:visible")).to_have_count(3)


def test_an_address_with_words_is_read_and_forgotten(page: Page) -> None:
    page.goto("/find/?q=看病花钱")
    expect(page.locator("[data-find]:visible")).to_have_text(["大病救助"])
    assert page.url.endswith("/find/")


def test_where_nothing_may_be_stored_the_search_goes_its_plain_way(page: Page) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error(); };")
    page.goto("/front/")
    page.get_by_label("您要办什么？").fill("看病花钱")
    page.get_by_role("button", name="搜").click()
    expect(page.locator("[data-find]:visible")).to_have_text(["大病救助"])


def test_a_place_nobody_knows_finds_none_and_leaves_the_list(page: Page) -> None:
    page.goto("/places/?q=天山路")
    expect(page.locator(".ds-place:visible")).to_have_text(["天山路街道"])
    page.locator("#find-q").fill("天福小街")  # shares single characters, and no name
    expect(page.locator("#find-none")).to_be_visible()
    expect(page.locator(".ds-place:visible")).to_have_text(["天山路街道", "胜利路街道"])
    page.locator("#find-q").fill("胜利路的社区")
    expect(page.locator(".ds-place:visible")).to_have_text(["胜利路街道"])
