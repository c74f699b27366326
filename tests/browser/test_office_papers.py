"""Papers in the office, in a real browser: buttons beside the answers, the picture, what is recorded, and no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.demonstration import Demonstration
from tests.browser.test_office_pages import CLERK, WIDTHS, press, sound

SHOWN = """async () => {
  const image = document.querySelector('.of-picture image');
  const read = new Image();
  read.src = image.getAttribute('href');
  await read.decode();
  const box = image.getBoundingClientRect();  // a tab takes the window's size a moment after it has opened
  return [box.width > 50, box.height > 50, read.naturalWidth > 50, innerWidth >= box.right];
}"""


def with_photos(page: Page) -> None:
    """Open an application of which several papers can be looked at."""
    page.goto("/?list=unread&service=medical-assistance")
    paths = [link.get_attribute("href") for link in page.locator("th a.of-ref").all()]
    for path in paths:
        page.goto(str(path))
        press(page, "打开看")
        if page.locator(".of-file").count() > 1:
            return
    raise AssertionError("the demonstration has no application with photos")


def looked_at(context: BrowserContext, page: Page, number: int) -> Page:
    """The tab in which this paper is shown; the page it was opened from stays as it is."""
    with context.expect_page() as opened:
        page.locator(".of-file").nth(number).click()
    opened.value.locator(".of-picture").wait_for()
    return opened.value


@pytest.mark.parametrize("width", WIDTHS)
def test_a_paper_is_looked_at_beside_the_answers(browser: Browser, demo: Demonstration, width: int) -> None:
    context = demo.context(browser, CLERK, width)
    page = context.new_page()
    with_photos(page)
    page.locator("#f-bill_papers").check()
    sound(page)
    paper = looked_at(context, page, 0)
    assert paper.evaluate(SHOWN) == [True] * 4
    sound(paper)
    for words in ("向右转", "看原来大小", "适合页面宽度"):
        press(paper, words)
        paper.locator(".of-picture").wait_for()
        sound(paper)
    assert paper.evaluate(SHOWN) == [True] * 4
    paper.get_by_role("button", name="下一份").first.click()
    expect(paper.locator("#place")).to_contain_text("第2份")
    press(paper, "上一份")
    expect(paper.locator("#place")).to_contain_text("第1份")
    context.close()


def test_what_was_ticked_before_looking_is_still_ticked_and_sent(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 1280)
    page = context.new_page()
    with_photos(page)
    page.locator("#f-bill_papers").check()
    page.locator("#f-bill_papers-unclear").check()
    looked_at(context, page, 1)
    expect(page.locator("#f-bill_papers-unclear")).to_be_checked()
    press(page, "发给居民补正")
    expect(page.locator(".of-done")).to_contain_text("已经请居民补正")
    press(page, "打印一次性告知书")
    expect(page.locator(".of-sheet")).to_contain_text("看不清，请重新拍清楚")
    context.close()


def test_the_way_through_the_papers_takes_one_key(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 1280)
    page = context.new_page()
    page.goto("/?list=working&service=medical-assistance")
    page.locator("th a.of-ref").first.click()
    press(page, "打开看")
    paper = looked_at(context, page, 0)
    for _ in range(page.locator(".of-file").count() - 1):
        expect(paper.locator(":focus")).to_have_text(re.compile("^下一"))
        paper.keyboard.press("Enter")
        paper.wait_for_load_state()
    expect(paper.locator("main")).to_contain_text("这是最后一页了")
    context.close()


def test_a_paper_prints_as_its_picture(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 640)
    page = context.new_page()
    page.goto("/?list=working&service=medical-assistance")
    page.locator("th a.of-ref").first.click()
    press(page, "打开看")
    paper = looked_at(context, page, 0)
    paper.emulate_media(media="print")
    expect(paper.locator(".of-picture")).to_be_visible()
    for hidden in (".of-leaf", ".of-back", ".of-nav"):
        expect(paper.locator(hidden).first).to_be_hidden()
    context.close()
