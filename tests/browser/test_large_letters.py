"""Who reads with letters twice as large, in the system's own colours, or on paper, misses nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import medical
from tests.browser.site import Site
from tests.browser.test_accessible import STATIC


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_twice_as_large_need_no_scrolling_sideways(browser: Browser, site: Site, width: int) -> None:
    page = browser.new_page(base_url=site.url, viewport={"width": width, "height": 800})
    wide = []
    for address in STATIC:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    page.close()
    assert not wide


ONE_ROW = """() => [...document.querySelectorAll('.ds-date-parts')].filter((parts) => parts.offsetParent)
  .every((parts) => new Set([...parts.children].map((part) => part.offsetTop)).size === 1)"""


@pytest.mark.parametrize("form", ["medical-assistance", "minimum-living-allowance"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_section_of_a_form_bears_large_letters_and_writes_a_date_in_one_row(
    browser: Browser, site: Site, width: int, form: str
) -> None:
    page = browser.new_page(base_url=site.url, viewport={"width": width, "height": 800})
    page.goto(f"/apply/{form}/")
    page.get_by_role("button", name=re.compile("测试人员")).click()
    page.locator("#filing_for--self:checked, #filing_for--family:checked").first.wait_for(state="attached")
    wide, broken, last = [], [], 0
    while medical.step(page)[0] > last:
        last, steps = medical.step(page)
        if not page.evaluate(ONE_ROW):
            broken.append(last)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(last)
        page.evaluate("document.documentElement.style.fontSize = ''")
        if last < steps:
            medical.next_section(page)
    page.close()
    assert (wide, broken) == ([], [])
    assert last > 5


def test_in_forced_colours_only_the_page_one_is_on_is_marked(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, forced_colors="active")
    page.goto("/track/")
    marked, other = (_line_below(page, f'.ds-nav a[href="/{part}/"]') for part in ("track", "places"))
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.close()
    assert (other == ground, marked == ground) == (True, False)


def test_a_printed_guide_is_the_guide_alone(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url)
    page.goto("/services/minimum-living-allowance/")
    page.emulate_media(media="print")
    left = page.locator("nav:visible, footer:visible, .ds-button:visible, .ds-back:visible").count()
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    page.close()
    assert left == 0
    assert 1 <= pages <= 3


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_printed_form_begins_on_its_first_sheet_and_holds_every_step(
    browser: Browser, site: Site, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 680, "height": 960}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto("/apply/minimum-living-allowance/")
    if scripts:
        page.locator(".ds-steps").wait_for()
    page.emulate_media(media="print")
    steps = page.locator(".ds-form .ds-section")
    breaks = steps.first.evaluate("one => getComputedStyle(one).breakInside")
    first = steps.first.bounding_box()
    shown = [title for title in steps.locator("h2").all() if title.is_visible()]
    hidden = steps.filter(visible=False).locator(".ds-field:not([hidden]):not(.ds-field[hidden] *)").count()
    context.close()
    assert breaks == "auto"
    assert first is not None
    assert first["y"] < 960 / 2
    assert len(shown) > 5
    assert hidden == 0


def _line_below(page: Page, selector: str) -> str:
    return str(page.locator(selector).evaluate("link => getComputedStyle(link).borderBottomColor"))
