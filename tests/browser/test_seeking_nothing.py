"""Where nothing is found: what else may help, and words for the editors, sent only when somebody says so."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.test_seeking import FORM, INDEX, NONSENSE, field

UNFOUND = "**/api/search/unfound"


def test_where_nothing_is_found_a_form_stays_too(page: Page, phone: BrowserContext) -> None:
    page.goto(FORM)
    field(page).fill(NONSENSE)
    counters = page.locator(".ds-hits").get_by_role("link", name="办事窗口")
    expect(counters).to_contain_text("（新窗口打开）")
    with phone.expect_page() as opened:
        counters.click()
    expect(opened.value).to_have_url(re.compile("/places/$"))
    page.route(INDEX, lambda route: route.abort())
    page.reload()
    field(page).fill("低保")
    everything = page.get_by_role("link", name="看全部办事指南和服务")
    expect(everything).to_contain_text("（新窗口打开）")
    with phone.expect_page() as opened:
        everything.click()
    expect(opened.value).to_have_url(re.compile("/find/$"))
    assert page.url.endswith(FORM)


def test_words_that_find_nothing_are_told_only_when_somebody_says_so(page: Page) -> None:
    told: list[str | None] = []
    answers = [501, 503, 204]

    def take(route: Route) -> None:
        told.append(route.request.post_data)
        route.fulfill(status=answers.pop(0))

    page.route(UNFOUND, take)
    page.goto("/find/")
    field(page).fill(NONSENSE)
    panel = page.locator(".ds-hits")
    expect(panel).to_contain_text("这里没有")
    expect(panel.get_by_role("link", name="12345")).to_have_attribute("href", "tel:12345")
    expect(panel.get_by_role("link", name="办事窗口")).to_have_attribute("href", "/places/")
    expect(page.get_by_role("heading", name="按拼音找")).to_be_visible()
    assert told == []
    button = panel.get_by_role("button", name="把这几个字告诉编辑")
    button.click()
    expect(panel).to_contain_text("这是预览")
    button.click()
    expect(panel).to_contain_text("没送出去")
    button.click()
    expect(panel).to_contain_text("谢谢您")
    expect(button).to_have_count(0)
    assert told == [f'{{"words":"{NONSENSE}"}}'] * 3
