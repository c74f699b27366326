"""Nothing moves once it is drawn, however late the page's script comes; and where it does not come, all can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.test_looks import KINDS

MOST = 0.05
"""Of what moves: how much of the window, times how far. Browsers call a page good up to 0.1."""

SCRIPT = re.compile("/(main|catalog|hardship)\\.js$")
OBSERVE = """window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => moved.push(entry)))
  .observe({ type: 'layout-shift', buffered: true });"""
SUM = "moved.reduce((sum, { value }) => sum + value, 0)"
DRAWN = "new Promise((done) => new PerformanceObserver(done).observe({ type: 'paint', buffered: true }))"
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

FORM = "/apply/minimum-living-allowance/"
OWN = {"doorstep.own-device": "yes"}
FIRST_LACKS = {"applicant_name": ["测试人员"]}
THIRD_LACKS = {"filing_for": ["self"], "applicant_name": ["测试人员"], "phone": ["0990-6220000"]}


def shown(page: Page, address: str) -> float:
    """Opens the page, lets its script come only when it is drawn, and says how much has moved by then."""
    held: list[Route] = []
    page.add_init_script(OBSERVE)
    page.route(SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 (playwright marks it)
    page.goto(address, wait_until="commit")
    page.evaluate(f"{DRAWN}.then(() => {{}})")
    page.evaluate(FRAMES)
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("data-script") is None
    page.evaluate(FRAMES)
    return float(page.evaluate(SUM))


def keep(page: Page, kept: Mapping[str, str]) -> None:
    page.goto("/nowhere/")
    page.evaluate("(kept) => Object.keys(kept).forEach((name) => localStorage.setItem(name, kept[name]))", dict(kept))


def draft(page: Page, answers: Mapping[str, Any]) -> None:
    text = "{saved_at: Date.now(), answers: " + json.dumps(answers) + "}"
    page.goto("/nowhere/")
    page.evaluate(f"""() => {{ localStorage.setItem('doorstep.own-device', 'yes');
        localStorage.setItem('doorstep.draft.minimum-living-allowance', JSON.stringify({text})); }}""")


@pytest.mark.parametrize("address", [*KINDS.values(), FORM, "/apply/payment-account/"])
def test_nothing_moves(page: Page, address: str) -> None:
    assert shown(page, address) <= MOST


@pytest.mark.parametrize("answers", [{}, FIRST_LACKS, THIRD_LACKS], ids=["none", "first", "third"])
def test_nothing_moves_on_a_device_that_keeps_a_draft(page: Page, answers: Mapping[str, Any]) -> None:
    keep(page, OWN)
    if answers:
        draft(page, answers)
    assert shown(page, FORM) <= MOST
    if answers:
        expect(page.locator(".ds-restored")).to_contain_text("已放回")
        assert float(page.evaluate(SUM)) <= MOST
    expect(page.locator(".ds-steps-next")).to_be_visible()


def test_nothing_moves_where_an_address_narrows_the_list(page: Page) -> None:
    assert shown(page, "/resources/?for=children") <= MOST
    expect(page.locator("#catalog-count")).to_contain_text("找到")


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)], ids=["phone", "desk"])
def test_what_waits_for_the_script_looks_as_it_will(phone: BrowserContext, size: tuple[int, int]) -> None:
    page = phone.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in (FORM, "/resources/", "/hardship/"):
        assert shown(page, address) <= MOST
        page.unroute_all()
    page.close()


@pytest.mark.parametrize(
    "case",
    [
        (FORM, "main", "#section-truth, .ds-privacy, .ds-actions, .ds-condition", ".ds-own-device"),
        ("/resources/", "catalog", "#catalog-plain", "#catalog-filters"),
        ("/hardship/", "hardship", "#hardship-plain", "#hardship-questions"),
    ],
)
@pytest.mark.parametrize("broken", [False, True], ids=["lost", "broken"])
def test_without_its_script_the_plain_page_comes_back(
    phone: BrowserContext, case: tuple[str, str, str, str], broken: bool
) -> None:
    address, script, seen, unseen = case
    page = phone.new_page()  # one that may report errors
    wrong = {"body": "}", "content_type": "text/javascript"}
    page.route(f"**/{script}.js", lambda route: route.fulfill(**wrong) if broken else route.abort())
    keep(page, OWN)
    page.goto(address)
    for part in page.locator(seen).all():
        expect(part).to_be_visible()
    expect(page.locator(unseen)).to_be_hidden()


def test_a_script_that_is_long_in_coming_is_not_waited_for(page: Page) -> None:
    waiting: list[Route] = []
    page.clock.install()
    page.route("**/main.js", lambda route: waiting.append(route))  # noqa: PLW0108 (playwright marks it)
    page.goto(FORM, wait_until="commit")
    expect(page.locator("#section-for-whom")).to_be_visible()
    expect(page.locator("#section-truth")).to_be_hidden()
    page.clock.run_for(8000)
    expect(page.locator("#section-truth")).to_be_visible()
    for route in waiting:
        route.continue_()
    expect(page.locator(".ds-steps-next")).to_be_visible()
    expect(page.locator("#section-truth")).to_be_hidden()
