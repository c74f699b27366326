"""A guide printed is a notice for the wall: one page of A4, with a code that leads back to the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import segno
from playwright.sync_api import Browser

from tests.browser.site import Site

ROOT = Path(__file__).parents[2]
A4 = (595, 842)


def test_every_guide_prints_on_one_page(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, locale="zh-CN")
    long = []
    for guide in sorted((ROOT / "docs" / "services").glob("*.md")):
        page.goto(f"/services/{guide.stem}/")
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert tuple(round(side) for side in printed[0].get_size()) == A4
        if len(printed) != 1:
            long.append(f"{guide.stem}: {len(printed)} pages")
        text = printed[0].get_textpage().get_text_range()
        for heading in ("带什么", "怎么办", "在哪办", "依据"):
            assert heading in text, guide.stem
    page.close()
    assert not long


def test_the_code_leads_to_the_page_it_stands_on(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.url, locale="zh-CN")
    page.goto("/services/minimum-living-allowance/")
    code = page.locator(".ds-notice-code svg")
    assert not code.is_visible()
    page.emulate_media(media="print")
    assert code.is_visible()
    drawn = re.findall(r' d="([^"]+)"', code.inner_html())
    address = segno.make_qr(f"{site.url}/services/minimum-living-allowance/", error="m")
    assert re.findall(r' d="([^"]+)"', address.svg_inline(border=4, dark="#000", light="#fff")) == drawn
    page.close()
