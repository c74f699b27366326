"""A guide's first screen on a small phone has the next step in it, whichever way the service is done."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.site import Site

ROOT = Path(__file__).parents[2]


def test_the_next_step_is_seen_without_scrolling(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    below = []
    for guide in sorted((ROOT / "docs" / "services").glob("*.md")):
        page.goto(f"/services/{guide.stem}/")
        box = page.locator("main .ds-actions .ds-button").first.bounding_box()
        assert box is not None
        if box["y"] + box["height"] > 740:
            below.append(f"{guide.stem}: {box['y'] + box['height']:.0f}")
    page.close()
    assert not below


def test_a_guide_is_light_enough_for_a_slow_line(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    loaded: list[int] = []
    wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto("/services/minimum-living-allowance/")
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(loaded) <= 5
    assert sum(loaded) <= 30_000
