"""The office's pages in a real browser: axe, narrow screens, sizes of text and targets, dark, print, keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from office.words import TABS
from tests.browser.axe import findings
from tests.browser.demonstration import Demonstration

CLERK, DECIDER, AUDITOR = "演示街道受理员", "演示区民政局审批员", "演示街道审计员"
WIDTHS = (320, 360, 1280)

SMALL_TEXT = """() => [...document.querySelectorAll('body *')].filter(one => {
  const own = [...one.childNodes].some(part => part.nodeType === 3 && part.textContent.trim());
  return own && one.getClientRects().length && parseFloat(getComputedStyle(one).fontSize) < 16;
}).map(one => one.outerHTML.slice(0, 90))"""

SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea')]
  .filter(one => one.tabIndex >= 0 && one.getClientRects().length && !one.matches('.of-skip'))
  .filter(one => {
    const label = one.id && document.querySelector(`label[for="${one.id}"]`);
    const box = (one.matches('[type=checkbox], [type=radio]') && label ? label : one).getBoundingClientRect();
    return box.height < 43.5;
  }).map(one => one.outerHTML.slice(0, 110))"""

SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 1 && box.height > 1;
}"""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sound(page: Page) -> None:
    """What every page keeps: axe finds nothing, nothing scrolls sideways, text and targets are big enough."""
    assert not findings(page), page.url
    assert page.evaluate(OVERFLOW) <= 0, page.url
    assert page.evaluate(SMALL_TEXT) == [], page.url
    assert page.evaluate(SMALL_TARGETS) == [], page.url
    assert page.locator("h1").count() == 1, page.url
    assert page.locator("script").count() == 0


def first(page: Page, name: str, number: int = 0) -> str:
    """The path of an application of this list, for the allowance: its guide has limits, and papers to sign."""
    page.goto(f"/?list={name}&service=minimum-living-allowance")
    return str(page.locator("th a.of-ref").nth(number).get_attribute("href"))


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).locator("visible=true").last.click()


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_full_and_empty(browser: Browser, demo: Demonstration, width: int) -> None:
    context = demo.context(browser, CLERK, width)
    page = context.new_page()
    for name in TABS:
        page.goto(f"/?list={name}")
        sound(page)
    page.goto("/?list=unread&place=650203001019")
    expect(page.locator(".of-empty")).to_be_visible()
    sound(page)
    page.goto("/nothing")
    sound(page)
    page.goto("/counter")
    sound(page)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_application_opened_and_its_notice(browser: Browser, demo: Demonstration, width: int) -> None:
    context = demo.context(browser, CLERK, width)
    page = context.new_page()
    for name in ("unread", "corrected", "working", "waiting", "closed"):
        page.goto(first(page, name))
        sound(page)
    page.goto(first(page, "corrected"))
    press(page, "打开看")
    sound(page)
    expect(page.locator("#f-phone-why")).to_be_hidden()
    page.locator("#f-phone").check()
    expect(page.locator("#f-phone-why")).to_be_visible()
    press(page, "发给居民补正")
    expect(page).to_have_title(re.compile("^有地方要改"))
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page)
    page.goto(first(page, "waiting"))
    press(page, "打印一次性告知书")
    sound(page)
    page.emulate_media(media="print")
    expect(page.locator(".of-header")).to_be_visible()
    expect(page.locator(".of-nav")).to_be_hidden()
    expect(page.locator(".of-sheet")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_each_step_asked_and_refused(browser: Browser, demo: Demonstration, width: int) -> None:
    context = demo.context(browser, CLERK, width)
    page = context.new_page()
    asked = {"unread": ["assign", "not-accept", "transfer", "end", "void-code"], "working": ["advance", "extend"]}
    for listed, steps in asked.items():
        path = first(page, listed, -1)  # the newest: what is overdue cannot be extended
        for name in steps:
            page.goto(f"{path}/steps/{name}")
            sound(page)
            if name != "advance":
                page.locator(".ds-actions button").last.click()
                expect(page.locator("#error-summary")).to_be_focused()
                sound(page)
    page.goto(f"{first(page, 'unread')}/steps/accept")
    sound(page)
    page.locator("main button").click()
    sound(page)
    press(page, "再加一个人")
    press(page, "正式受理")
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page)
    page.goto(f"{first(page, 'closed')}/steps/accept")
    sound(page)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_calls_audit_and_decisions(browser: Browser, demo: Demonstration, width: int) -> None:
    context = demo.context(browser, CLERK, width)
    page = context.new_page()
    page.goto("/calls")
    sound(page)
    for number in range(page.locator("th a.of-ref").count()):
        page.goto("/calls")
        page.locator("th a.of-ref").nth(number).click()
        sound(page)
        if page.get_by_role("button", name="看号码，打电话", exact=True).count():
            press(page, "看号码，打电话")
            expect(page.locator(".of-phone").first).to_be_visible()
            sound(page)
    press(page, "记下结果")
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page)
    context.close()
    context = demo.context(browser, AUDITOR, width)
    page = context.new_page()
    for path in ("/audit", "/audit?reference=x"):
        page.goto(path)
        sound(page)
    context.close()
    context = demo.context(browser, DECIDER, width)
    page = context.new_page()
    path = first(page, "working")
    for name in ("approve", "refuse"):
        page.goto(f"{path}/steps/{name}")
        sound(page)
    context.close()


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}])
def test_dark_forced_and_high_contrast(browser: Browser, demo: Demonstration, media: dict[str, str]) -> None:
    context = demo.context(browser, CLERK, 1280)
    page = context.new_page()
    page.emulate_media(**media)  # type: ignore[arg-type]
    page.goto("/?list=overdue")
    sound(page)
    page.goto(first(page, "corrected"))
    sound(page)
    press(page, "打开看")
    page.locator("#f-phone").check()
    press(page, "发给居民补正")
    sound(page)
    context.close()


def test_large_letters_stay_on_the_page(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 640)
    page = context.new_page()
    for path in ("/", first(page, "corrected"), "/calls", f"{first(page, 'unread')}/steps/transfer"):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(OVERFLOW) <= 0, path
    context.close()


def tab_until(page: Page, there: Callable[[], bool], most: int = 80) -> int:
    """Press Tab until it is there; every stop on the way must be seen."""
    for pressed in range(most):
        if there():
            return pressed
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    raise AssertionError(f"not reached by keyboard on {page.url}")


def test_accepting_by_keyboard_alone(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 1280)
    page = context.new_page()
    page.goto("/?list=unread&service=minimum-living-allowance")
    page.keyboard.press("Tab")
    expect(page.locator(".of-skip")).to_be_focused()
    page.keyboard.press("Enter")
    row = page.locator("tbody th a.of-ref").last
    tab_until(page, lambda: row.evaluate("one => one === document.activeElement"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/applications/*")
    link = page.locator(".of-steps a", has_text="正式受理")
    tab_until(page, lambda: link.evaluate("one => one === document.activeElement"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/accept")
    expect(page.get_by_role("button", name="打开，接着正式受理")).to_be_focused()  # with its record, what one came for
    page.keyboard.press("Enter")
    expect(page.locator("#identity_checked")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("#seen-identity")).to_be_focused()
    page.keyboard.press("Space")  # what would say why it was not seen is gone with that
    for _ in (1, 2):
        for text in ("", "", "11", "20", ""):  # the names stand there already, the reasons stay empty
            page.keyboard.press("Tab")
            if text:
                page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**?done=accept")
    expect(page.locator(".of-done")).to_have_text("已经正式受理。")
    context.close()


def test_a_list_prints_as_a_table_and_answers_do_not_print(browser: Browser, demo: Demonstration) -> None:
    context = demo.context(browser, CLERK, 640)
    page = context.new_page()
    page.goto("/?list=unread")
    page.emulate_media(media="print")
    assert page.locator(".of-table td").first.evaluate("one => getComputedStyle(one).display") == "table-cell"
    page.emulate_media(media="screen")
    page.goto(first(page, "corrected"))
    press(page, "打开看")
    page.emulate_media(media="print")
    expect(page.locator(".of-print-only")).to_be_visible()
    expect(page.locator(".of-id").first).to_be_hidden()
    context.close()


def test_on_a_phone_the_notice_is_reached_from_the_bar_which_covers_no_focus(
    browser: Browser, demo: Demonstration
) -> None:
    context = demo.context(browser, CLERK, 360, height=640)
    page = context.new_page()
    page.goto(first(page, "corrected"))
    assert page.locator(".of-header").evaluate("one => one.getBoundingClientRect().height") < 180
    press(page, "打开看")
    bar = page.locator(".of-bar a")
    expect(bar).to_be_in_viewport()
    for _ in range(40):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => {
              const one = document.activeElement, bar = document.querySelector('.of-bar');
              const form = document.querySelector('main form[action$="/return"]');
              if (bar.contains(one) || !form.contains(one)) return false;
              const box = one.getBoundingClientRect(), over = bar.getBoundingClientRect();
              return box.bottom > over.top + 1 && box.top < over.bottom && box.height < 300;
            }"""
        )
        assert not covered, page.evaluate("document.activeElement.outerHTML")
    bar.click()
    expect(page.locator("#notice")).to_be_in_viewport()
    context.close()
