"""A guide's first screen on a small phone has the way to apply in it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.site import Site

ROOT = Path(__file__).parents[2]


def test_the_button_to_apply_is_seen_without_scrolling(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    for guide in sorted((ROOT / "docs" / "services").glob("*.md")):
        page.goto(f"/services/{guide.stem}/")
        box = page.get_by_role("link", name="在网上申请").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740, guide.stem
    page.close()
