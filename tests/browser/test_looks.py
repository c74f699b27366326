"""A page of each kind on a phone, on a desk, in the dark, in high contrast and on paper: what can be held is held.

A picture of each is kept in tests/shots for people to look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import Site
from tests.browser.test_accessible import TOO_SMALL

SHOTS = Path(__file__).parents[1] / "shots"
TALLEST = 4000
"""Pixels of a page that a picture shows; lists go on in the same way."""

KINDS: Mapping[str, str] = {
    "front": "/",
    "services": "/services/",
    "guide-online": "/services/minimum-living-allowance/",
    "guide-elsewhere": "/services/party-dues/",
    "guide-counter": "/services/marriage-registration/",
    "form": "/apply/legal-aid/",
    "find": "/find/",
    "hardship": "/hardship/",
    "resources": "/resources/",
    "category": "/resources/category/mental-health/",
    "resource": "/resources/counselling-room/",
    "places": "/places/",
    "place": "/places/650203001/",
    "track": "/track/",
    "verify": "/verify/",
    "about": "/about/",
    "editing": "/editing/",
    "nowhere": "/nowhere/",
}

PHONE, DESK, PAPER = (360, 740), (1280, 900), (680, 960)  # paper: A4 without its margins


class Look(NamedTuple):
    """How a page is looked at: the window's size, and what the browser is told its user prefers."""

    size: tuple[int, int]
    prefers: dict[str, Any]


LOOKS: Mapping[str, Look] = {
    "phone": Look(PHONE, {}),
    "phone-dark": Look(PHONE, {"color_scheme": "dark"}),
    "phone-contrast": Look(PHONE, {"contrast": "more"}),
    "phone-forced": Look(PHONE, {"forced_colors": "active"}),
    "desk": Look(DESK, {}),
}

CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.textContent.trim() || !element.getClientRects().length) return false;
  if (element.closest('.ds-visually-hidden, .ds-skip')) return false;
  const hides = (axis) => ['hidden', 'clip'].includes(style['overflow' + axis]);
  return hides('X') && element.scrollWidth > element.clientWidth + 1
    || hides('Y') && element.scrollHeight > element.clientHeight + 1;
}).map((element) => 'cut off ' + element.outerHTML.slice(0, 80))"""

OUTSIDE = """() => [...document.querySelectorAll('main *')].filter((element) => {
  const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const box = element.getBoundingClientRect();
  return says && box.width && !element.closest('.ds-visually-hidden') && (box.left < -1 || box.right > innerWidth + 1);
}).map((element) => 'outside the window ' + element.outerHTML.slice(0, 80))"""

UNMARKED = """() => [
  ...document.querySelectorAll('.ds-button, .ds-input, .ds-chip, .ds-card, .ds-limits, .ds-note')
].filter((element) => {
  const style = getComputedStyle(element);
  return element.getClientRects().length && !(parseFloat(style.borderTopWidth) && style.borderTopStyle !== 'none');
}).map((element) => 'without a border in forced colours ' + element.outerHTML.slice(0, 80))"""

ON_PAPER = """() => [...document.querySelectorAll('nav, footer a, .ds-button, .ds-skip, .ds-see, progress')]
  .filter((element) => element.getClientRects().length)
  .map((element) => 'on paper ' + element.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", LOOKS)
def test_a_page_of_each_kind(browser: Browser, site: Site, name: str) -> None:
    look = LOOKS[name]
    width, height = look.size
    page = browser.new_page(
        base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN", **look.prefers
    )
    page.set_default_timeout(10_000)
    found = []
    for kind, address in KINDS.items():
        page.goto(address)
        holds = [TOO_SMALL, CUT, OUTSIDE, *([UNMARKED] if "forced" in name else [])]
        found += [f"{kind}: {fault}" for script in holds for fault in page.evaluate(script)]
        keep(page, name, kind)
    page.close()
    assert not found


def test_a_page_of_each_kind_on_paper(browser: Browser, site: Site) -> None:
    width, height = PAPER
    page = browser.new_page(base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(10_000)
    page.emulate_media(media="print")
    found = []
    for kind, address in KINDS.items():
        page.goto(address)
        holds = [CUT, OUTSIDE, ON_PAPER]
        found += [f"{kind}: {fault}" for script in holds for fault in page.evaluate(script)]
        keep(page, "paper", kind)
    page.close()
    assert not found


def keep(page: Page, look: str, kind: str) -> None:
    folder = SHOTS / look
    folder.mkdir(parents=True, exist_ok=True)
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
    page.screenshot(path=folder / f"{kind}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
