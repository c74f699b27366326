"""Search engines are told of the pages there are, where each is and what it is about; the build's day is nobody's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from doorstep.portal.checks.across import check_links
from doorstep.portal.checks.page_reader import read_pages
from doorstep.portal.sitemap import NAMESPACE, days_of_pages, robots, sitemap
from tests.this_city import this_portal

ROOT = Path(__file__).parents[3]
ORIGIN = "https://www.example.org"
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration at an address that is known."""
    site = tmp_path_factory.mktemp("known") / "site"
    environment = os.environ | {"DOORSTEP_DEMO": "1", "DOORSTEP_ORIGIN": ORIGIN}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return site


def listed(site: Path) -> dict[str, str | None]:
    """By address the day of each page in the site map."""
    tree = ET.parse(site / "sitemap.xml")
    pages = {}
    for one in tree.getroot():
        where = one.findtext(f"{{{NAMESPACE}}}loc")
        assert where is not None
        pages[where] = one.findtext(f"{{{NAMESPACE}}}lastmod")
    return pages


def test_it_lists_the_public_pages_and_no_other(known: Path) -> None:
    public = {page for page in read_pages(known) if page != "/404.html" and not page.startswith("/editing/")}
    assert set(listed(known)) == {f"{ORIGIN}{page}" for page in public}
    assert {"/", "/open-data/", "/services/id-card/", "/places/650203001/", "/apply/medical-assistance/"} <= public


def test_a_day_is_that_of_looking_a_page_over(known: Path) -> None:
    told = {page.removeprefix(ORIGIN): day for page, day in listed(known).items()}
    portal = this_portal()
    for guide in portal.guides:
        assert told[guide.url] == max(guide.facts["checked_on"], guide.facts.get("confirmed_on", ""))
    assert told["/"] is None
    assert {day for day in told.values() if day} == set(days_of_pages(portal).values())


def test_each_page_says_where_it_is_and_what_it_is_about(known: Path) -> None:
    pages = read_pages(known)
    said = {}
    for address, page in pages.items():
        html = (known / f"{address[1:]}index.html" if address != "/404.html" else known / "404.html").read_text("utf-8")
        if address == "/404.html":
            assert page.canonical == ""
            continue
        assert page.canonical == f"{ORIGIN}{address}"
        assert html.count('rel="canonical"') == 1
        (said[address],) = DESCRIPTION.findall(html)
        assert 8 <= len(said[address]) <= 160, address
    assert check_links(known) == []
    general = {text for text in said.values() if list(said.values()).count(text) > 1}
    assert general == set(), "two pages that say the same of themselves"


def test_robots_may_read_everything_and_are_told_of_the_map(known: Path) -> None:
    assert (known / "robots.txt").read_bytes() == robots(ORIGIN)
    assert re.findall("^Disallow:(.*)$", robots(ORIGIN).decode(), re.MULTILINE) == [""]
    assert robots(ORIGIN).decode().splitlines()[-1] == f"Sitemap: {ORIGIN}/sitemap.xml"


def test_a_site_that_does_not_know_its_address_claims_none(demo: Path) -> None:
    assert not list((demo / "site").glob("sitemap*"))
    assert (demo / "site/robots.txt").read_bytes() == robots("")
    assert b"Sitemap" not in robots("")
    assert {page.canonical for page in read_pages(demo / "site").values()} == {""}


def test_an_address_is_written_as_xml_wants_it() -> None:
    assert b"<loc>https://a.example/?a&amp;b</loc><lastmod>2026-11-22</lastmod>" in sitemap(
        ["/?a&b"], {"/?a&b": "2026-11-22"}, "https://a.example"
    )
