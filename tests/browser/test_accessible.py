"""Every page in every state, on a phone and on a desk: axe finds nothing, nothing is cut off, too small or unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import axe, steps
from tests.browser.site import Site

STATIC = [
    "/",
    "/services/",
    "/services/minimum-living-allowance/",
    "/services/pension-transfer/",
    "/services/id-card/",
    "/track/",
    "/verify/",
    "/places/",
    "/places/650203001/",
    "/hardship/",
    "/find/",
    "/about/",
    "/resources/",
]

TOO_SMALL = """
() => {
  const found = [];
  // A form's first button may be for Enter alone: out of sight, out of the keyboard's way, silent.
  const forEnter = '.ds-visually-hidden[aria-hidden=true][tabindex="-1"]';
  const shown = (element) => element.offsetParent !== null && getComputedStyle(element).visibility !== 'hidden'
    && !element.matches(forEnter);
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    if (!shown(element)) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (own && size < 16) found.push('text ' + element.outerHTML.slice(0, 80));
  }
  for (const element of document.querySelectorAll('button, .ds-button, select, input:not([type=hidden]), nav a')) {
    if (!shown(element) || element.closest('.ds-first-submit')) continue;
    const target = element.matches('[type=radio], [type=checkbox]') && element.labels[0] || element;
    const box = target.getBoundingClientRect();
    const inText = getComputedStyle(element).display === 'inline';
    if (box.width > 1 && box.height < 44 && !inText) found.push('target ' + element.outerHTML.slice(0, 80));
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('sideways ' + document.documentElement.scrollWidth);
  if (document.querySelectorAll('h1').length !== 1) found.push('h1 × ' + document.querySelectorAll('h1').length);
  return found;
}
"""

OTHER_SECTION = "text => document.querySelector('.ds-section:not([hidden]) h2').innerText !== text"


def flaws(page: Page, state: str) -> list[str]:
    page.wait_for_load_state()
    with axe.scripted(page) as looked_at:
        return [f"{state}: {found}" for found in [*axe.findings(looked_at), *looked_at.evaluate(TOO_SMALL)]]


@pytest.fixture(params=[(320, 640), (360, 740), (1280, 900)], ids=lambda size: f"{size[0]}")
def context(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[BrowserContext]:
    width, height = request.param
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def test_pages_that_wait_for_residents(context: BrowserContext) -> None:
    page = context.new_page()
    found = []
    for address in [*STATIC, "/nowhere/"]:
        page.goto(address)
        found += flaws(page, address)
    assert not found


def test_every_state_of_an_application(context: BrowserContext) -> None:
    page = context.new_page()
    found = []
    page.goto("/apply/minimum-living-allowance/")
    found += flaws(page, "first section")
    page.get_by_role("button", name="下一步").locator("visible=true").click()
    page.locator(".ds-error").first.wait_for()
    found += flaws(page, "error in place")
    page.get_by_role("button", name=re.compile("测试人员")).click()
    page.locator("#filing_for--self:checked").wait_for()
    found += flaws(page, "test person")
    while page.get_by_role("button", name="下一步").locator("visible=true").count():
        heading = page.locator(".ds-section:visible h2").first.inner_text()
        page.get_by_role("button", name="下一步").locator("visible=true").click()
        page.wait_for_function(OTHER_SECTION, arg=heading)
        found += flaws(page, heading)
    page.get_by_role("button", name="继续").locator("visible=true").click()
    page.locator(".ds-not-sent").wait_for()
    found += flaws(page, "answers")
    steps.confirm(page)
    slip = steps.read_slip(page)
    found += flaws(page, "receipt")
    verify = str(page.locator("a[href*='/verify/?receipt=']").first.get_attribute("href"))
    steps.follow(page, slip)
    page.locator(".ds-events, main ol").first.wait_for()
    found += flaws(page, "follow")
    page.get_by_role("button", name=re.compile("看我填的")).click()
    page.get_by_role("heading", name="我填的内容").wait_for()
    found += flaws(page, "own answers")
    steps.follow(page, slip)
    page.get_by_role("button", name=re.compile("撤回")).click()
    page.locator("input[name=reason]").first.wait_for()
    found += flaws(page, "withdraw")
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name=re.compile("确认撤回")).click()
    page.get_by_role("heading", name="撤回好了").wait_for()
    found += flaws(page, "withdrawn")
    for address in (verify, verify[:-4] + "AAAA"):
        page.goto(address)
        found += flaws(page, "verified")
    page.goto("/track/")
    page.locator("#reference").fill("AAAA-AAAA-AAAA-A")
    page.locator("#code").fill("AAAA-AAAA-AAAA-AAAA")
    page.get_by_role("button", name=re.compile("查")).locator("visible=true").last.click()
    page.wait_for_timeout(500)
    found += flaws(page, "not found")
    assert not found


def test_all_errors_at_once_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/apply/minimum-living-allowance/")
    page.get_by_role("button", name="继续").last.click()
    assert not flaws(page, "all errors")
    assert 0 < page.locator("#error-summary a").count() == page.locator(".ds-error").count()
    context.close()
