"""How a page is read: each choice on a page of each kind, kept over pages, there before the first drawing, no trap.

A picture of each is kept in tests/shots for people to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser import axe
from tests.browser.site import Site
from tests.browser.test_accessible import TOO_SMALL
from tests.browser.test_looks import CUT, DESK, KINDS, OUTSIDE, PAPER, PHONE, keep

NARROW = (320, 640)

#: What was chosen, in which window, and what the browser is told its user prefers besides.
CHOICES: Mapping[str, tuple[str, tuple[int, int], dict[str, Any]]] = {
    "sight-large-simple": ("large simple", PHONE, {}),
    "sight-larger-320": ("larger", NARROW, {"reduced_motion": "reduce"}),
    "sight-larger-night": ("larger night simple pointer", PHONE, {"contrast": "more"}),
    "sight-day-in-the-dark": ("day", PHONE, {"color_scheme": "dark"}),
    "sight-forced": ("larger night simple", PHONE, {"forced_colors": "active"}),
    "sight-desk": ("larger day pointer", DESK, {}),
}
FEW = ("front", "guide-online", "form", "find", "resources", "place", "track")
PLACE = "one => one.getBoundingClientRect().top"
COLOURS = {"day": ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], "night": ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]}

OVERLAPPING = """() => {
  const shown = (element) => element.getClientRects().length
    && !element.closest('.ds-visually-hidden, details:not([open]) > :not(summary)');
  const all = [...document.querySelectorAll('button, .ds-button, .ds-input, select, .ds-nav a, .ds-tile, .ds-jump a')];
  const boxes = all.filter(shown).map((element) => [element, element.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([other, b]) => !one.contains(other)
    && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  ).map(([other]) => 'overlap ' + one.outerHTML.slice(0, 60) + ' | ' + other.outerHTML.slice(0, 60)));
}"""


def chosen(browser: Browser, site: Site, kept: str, size: tuple[int, int], prefers: Mapping[str, Any]) -> Page:
    """A page of a device on which `kept` was chosen before."""
    width, height = size
    page = browser.new_page(
        base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN", **dict(prefers)
    )
    page.set_default_timeout(10_000)
    page.goto("/verify/")
    page.evaluate("kept => localStorage.setItem('sight', kept)", kept)
    return page


@pytest.mark.parametrize("name", CHOICES)
def test_a_page_of_each_kind_as_its_reader_chose(browser: Browser, site: Site, name: str) -> None:
    kept, size, prefers = CHOICES[name]
    page = chosen(browser, site, kept, size, prefers)
    found = []
    for kind in KINDS if size != DESK and "forced_colors" not in prefers else FEW:
        page.goto(KINDS[kind])
        holds = [TOO_SMALL, CUT, OUTSIDE, OVERLAPPING]
        found += [f"{kind}: {fault}" for script in holds for fault in page.evaluate(script)]
        keep(page, name, kind)
    for colours in COLOURS.keys() & set(kept.split()) if "forced_colors" not in prefers else ():
        seen = page.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
        )
        assert seen == COLOURS[colours]
    page.close()
    assert not found


def test_larger_letters_hold_on_paper_and_colours_do_not(browser: Browser, site: Site) -> None:
    page = chosen(browser, site, "larger night simple", PAPER, {})
    page.emulate_media(media="print")
    found = []
    for kind in ("guide-online", "place", "about"):
        page.goto(KINDS[kind])
        found += [f"{kind}: {fault}" for script in (CUT, OUTSIDE) for fault in page.evaluate(script)]
        keep(page, "sight-paper", kind)
    ink = page.evaluate("getComputedStyle(document.body).color")
    larger = page.locator("h1").bounding_box()
    page.evaluate("document.documentElement.dataset.sight = ''")
    plain = page.locator("h1").bounding_box()
    page.close()
    assert not found
    assert ink == "rgb(0, 0, 0)"
    assert larger is not None
    assert plain is not None
    assert larger["height"] > plain["height"] * 1.3


@pytest.fixture
def open_panel(page: Page) -> Page:
    page.goto("/services/minimum-living-allowance/")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("region", name="看得清楚些")).to_be_visible()
    return page


def test_what_is_chosen_stays_over_pages_and_goes_with_one_press(open_panel: Page) -> None:
    page = open_panel
    page.get_by_role("button", name="特大").click()
    page.get_by_role("button", name="黑底白字").click()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 30
    for address in ("/apply/legal-aid/", "/apply/legal-aid/", "/track/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.dataset.sight") == "larger night"
    page.get_by_label("编号").fill("AAAA-AAAA-AAAA-A")
    page.get_by_label("查询码").fill("AAAA-AAAA-AAAA-AAAA")
    page.get_by_role("button", name="查进度").click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.sight") == "larger night"
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="都改回平常的").click()
    assert page.evaluate("[document.documentElement.dataset.sight, localStorage.getItem('sight')]") == ["", ""]
    page.go_back()
    assert page.evaluate("document.documentElement.dataset.sight") == ""


def test_of_choices_that_contradict_each_other_what_is_drawn_is_shown_as_chosen(page: Page) -> None:
    page.goto("/about/")
    page.evaluate("localStorage.setItem('sight', 'night larger day large x')")
    page.reload()
    page.get_by_role("button", name="大字").click()
    panel = page.get_by_role("region", name="看得清楚些")
    expect(panel.get_by_role("button", name="大", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(panel.get_by_role("button", name="白底黑字")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.dataset.sight") == "large day"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: f"{size[0]}")
def test_what_is_pressed_stays_under_the_finger(browser: Browser, site: Site, size: tuple[int, int]) -> None:
    page = chosen(browser, site, "", size, {})
    page.goto("/services/minimum-living-allowance/")
    page.get_by_role("button", name="大字").click()
    panel = page.get_by_role("region", name="看得清楚些")
    panel.wait_for()
    moved = []
    for name in ("特大", "黑底白字", "大", "简单些", "标准", "特大", "都改回平常的"):
        pressed = panel.get_by_role("button", name=name, exact=True)
        pressed.scroll_into_view_if_needed()
        before = pressed.evaluate(PLACE)
        pressed.click()
        after = pressed.evaluate(PLACE)
        # Where the page begins it cannot be scrolled further.
        if abs(after - before) > 4 and page.evaluate("scrollY") > 0:
            moved.append((name, before, after))
        expect(pressed).to_be_in_viewport()
    edges = panel.evaluate("one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right]")
    page.close()
    assert not moved
    assert edges == [0, size[0]], "its line is the header's, from edge to edge"


def test_what_cannot_be_kept_holds_for_the_page(phone: BrowserContext, page: Page) -> None:
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('kept from us'); } });"
    )
    page.goto("/about/")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="特大").click()
    assert page.evaluate("document.documentElement.dataset.sight") == "larger"
    expect(page.get_by_text("这个浏览器记不住，只在这一页管用。")).to_be_visible()


def test_the_choice_is_there_before_anything_is_drawn(page: Page) -> None:
    """What applies it stands in the head, blocks, and came before the first box of the page had a size."""
    page.goto("/about/")
    page.evaluate("localStorage.setItem('sight', 'larger')")
    page.add_init_script(
        "requestAnimationFrame(function drawn() { if (!document.body) return requestAnimationFrame(drawn);"
        " window.first = document.documentElement.dataset.sight; });"
    )
    page.reload()
    assert page.evaluate("first") == "larger"
    script = page.locator("head > script[src*='/top.js']")
    assert script.evaluate("one => [one.async, one.defer, one.type]") == [False, False, ""]


def test_a_panel_holds_nobody_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/track/")
    opener = page.get_by_role("button", name="大字")
    opener.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="看得清楚些")
    expect(panel).to_be_visible()
    expect(opener).to_be_focused()
    assert opener.get_attribute("aria-expanded") == "true"
    inside = []
    for _ in range(20):
        page.keyboard.press("Tab")
        inside.append(page.evaluate("document.activeElement.closest('#sight-panel') !== null"))
    buttons = panel.get_by_role("button").locator("visible=true").count()
    assert inside == [True] * buttons + [False] * (20 - buttons), "through each button once, and out of it"
    panel.get_by_role("button", name="大", exact=True).focus()
    page.keyboard.press("Space")
    outline = "one => getComputedStyle(one).outlineStyle"
    assert panel.get_by_role("button", name="大", exact=True).evaluate(outline) == "solid"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="关上").press("Enter")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: f"{size[0]}")
def test_the_panel_itself(browser: Browser, site: Site, size: tuple[int, int]) -> None:
    page = chosen(browser, site, "", size, {})
    found = []
    for kept in ("", "larger", "large night simple", "day"):
        page.evaluate("kept => localStorage.setItem('sight', kept)", kept)
        page.goto("/services/legal-aid/")
        page.get_by_role("button", name="大字").click()
        page.get_by_role("region", name="看得清楚些").wait_for()
        faults = [
            *axe.findings(page),
            *(fault for script in (TOO_SMALL, CUT, OVERLAPPING) for fault in page.evaluate(script)),
        ]
        found += [f"{kept}: {fault}" for fault in faults]
        keep(page, f"sight-panel-{size[0]}", kept.replace(" ", "-") or "plain")
    page.close()
    assert not found


def test_its_parts_come_when_they_are_wanted(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.rsplit("/", 1)[-1])

    page.on("request", note)
    page.goto("/services/minimum-living-allowance/")
    assert "sight.js" not in asked
    page.get_by_role("button", name="大字").click()
    page.get_by_role("region", name="看得清楚些").wait_for()
    assert asked.count("sight.js") == 1
    assert "panel.js" not in asked, "its parts are served in one piece"


def test_without_scripts_no_button_that_does_nothing(plain_page: Page) -> None:
    plain_page.goto("/services/minimum-living-allowance/")
    expect(plain_page.locator("#sight")).to_be_hidden()
    plain_page.get_by_role("link", name="大字").click()
    expect(plain_page.locator("#accessibility ~ p", has_text="在浏览器的菜单里放大")).to_be_in_viewport()
    box = plain_page.get_by_role("link", name="大字").bounding_box()
    assert box is not None
    assert box["height"] >= 44
