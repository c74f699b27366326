"""What the city wrote of in 2019 is all there, counted in the built site as its visitors and programs meet it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

LINK = re.compile(r'<a [^>]*href="(/[^"#?]*)([^"]*)"')
SENT_TO = re.compile(r'<form [^>]*action="(/[^"]*)"')
CODE = re.compile(r'<li id="(\d{12})"><strong>([^<]+)</strong>')


@pytest.fixture
def site(demo: Path) -> Path:
    return demo / "site"


@cache
def page(site: Path, address: str) -> str:
    """The main part of the page at this address."""
    whole = (site / address.strip("/") / "index.html").read_text(encoding="utf-8")
    return whole[whole.index("<main") : whole.index("</main>")]


def pages(site: Path, below: str = "") -> set[str]:
    """The addresses of all pages below a folder."""
    return {f"/{path.parent.relative_to(site)}/".replace("/./", "/") for path in (site / below).rglob("index.html")}


def leads_to(site: Path, address: str, below: str) -> set[str]:
    """The pages below a folder that a page has links to."""
    return {
        there for there, _ in LINK.findall(page(site, address)) if there.startswith(f"/{below}/") and there[-1] == "/"
    }


def test_43_guides_each_in_the_list_and_found_by_words(site: Path) -> None:
    guides = pages(site, "services") - {"/services/"}
    assert len(guides) == 43
    assert leads_to(site, "/services/", "services") - {"/services/"} == guides
    assert leads_to(site, "/find/", "services") - {"/services/"} == guides


def test_28_of_them_are_applied_for_here(site: Path) -> None:
    buttons = {guide: leads_to(site, guide, "apply") for guide in pages(site, "services")}
    forms = [form for own in buttons.values() for form in own]
    assert len(forms) == len(set(forms)) == 28
    assert set(forms) == pages(site, "apply")
    for guide, own in buttons.items():
        for form in own:
            assert re.search(rf'href="{form}"[^>]*>[^/]*在网上申请', page(site, guide)), guide
            assert SENT_TO.search(page(site, form)), form
            assert "name=" in page(site, form), form


def test_133_resources_in_16_categories_and_6_kinds(site: Path) -> None:
    lists = pages(site, "resources/category")
    resources = pages(site, "resources") - lists - {"/resources/"}
    assert (len(lists), len(resources)) == (16, 133)
    assert leads_to(site, "/resources/", "resources/category") == lists
    shown = Counter(name for one in lists for name in re.findall(r'ds-resource[^>]* id="([^"]+)"', page(site, one)))
    assert shown == Counter(resource.split("/")[2] for resource in resources)
    assert leads_to(site, "/find/", "resources") == resources
    terms = Counter(row["taxonomy"] for row in rows(site, "taxonomy_terms"))
    given = Counter(row["taxonomy_term_id"] for row in rows(site, "attributes") if row["link_type"] == "kind")
    assert (terms["category"], terms["kind"], len(given), given.total()) == (16, 6, 6, 133)


def rows(site: Path, table: str) -> list[dict[str, str]]:
    with (site / "open-data" / "hsds" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_4_districts_13_subdistricts_a_town_a_township_and_what_belongs_to_them(site: Path) -> None:
    districts = re.findall(r'<h2 id="d(\d{6})">', page(site, "/places/"))
    places = leads_to(site, "/places/", "places")
    assert places == pages(site, "places") - {"/places/"}
    titles = Counter(re.findall("<h1>[^<]*?(街道|镇|乡)</h1>", "".join(page(site, place) for place in places)))
    assert (len(districts), titles) == (4, {"街道": 13, "镇": 1, "乡": 1})
    anchors = {code: name for place in places for code, name in CODE.findall(page(site, place))}
    villages = {code for code in anchors if code[9:] >= "200"}  # so the national codes number them
    assert all("村" in anchors[code] for code in villages)
    assert (len(anchors) - len(villages), len(villages)) == (107, 5)
    listed = {there + rest for there, rest in LINK.findall(page(site, "/places/")) if there in places and rest}
    assert listed == {f"/places/{code[:9]}/#{code}" for code in anchors}


def test_every_page_is_led_to_from_another(site: Path) -> None:
    led_to = set()
    for path in site.rglob("*.html"):
        here, text = f"/{path.parent.relative_to(site)}/".replace("/./", "/"), path.read_text(encoding="utf-8")
        led_to |= {
            there for there in [*(there for there, _ in LINK.findall(text)), *SENT_TO.findall(text)] if there != here
        }
    assert pages(site) - led_to == set()


def test_the_readme_says_what_is_there(site: Path) -> None:
    said = " ".join((Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8").split())
    forms, streets = pages(site, "apply"), pages(site, "places") - {"/places/"}
    counted = f"{len(pages(site, 'services')) - 1} guides, of which {len(forms)} can be applied for online"
    assert counted in said
    assert f"the counters of {len(streets)} streets" in said
