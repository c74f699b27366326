"""A guide's page: its next step, its parts, its checklist, whatever the way its service is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from doorstep.portal.facts.guide_sections import sections
from doorstep.portal.facts.guides import HEADINGS, Guide
from doorstep.portal.facts.ways import Counter, way_of
from doorstep.portal.site import check_content, load_portal
from tests.this_city import this_portal

Edit = Callable[[str, str, str], Path]
ROOT = Path(__file__).parents[3]
GUIDES = [path.stem for path in sorted((ROOT / "docs" / "services").glob("*.md")) if path.stem != "index"]


@pytest.fixture(scope="module")
def guides() -> dict[str, Guide]:
    return {guide.id: guide for guide in this_portal().guides}


def html_of(demo: Path, guide: str) -> str:
    return (demo / "site" / "services" / guide / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_all_its_parts_in_one_order_and_its_next_step_before_them(
    demo: Path, guides: dict[str, Guide], guide: str
) -> None:
    html = html_of(demo, guide)
    parts = re.findall(r'<section class="ds-part--([a-z]+)"', html)
    assert parts == ["who", "bring", "how", "where", "result", "questions", "help", "basis"]
    first = html.split('<section class="ds-part--who"')[0]
    way = way_of(guides[guide])
    assert ("在网上申请</a>" in first) == (way == "online")
    assert ("<dt>在哪办</dt>" in first) == (way != "online")
    assert guides[guide].facts.get("elsewhere", "") in first
    assert "<!-- include" not in html


@pytest.mark.parametrize("guide", GUIDES)
def test_what_is_to_be_ready_can_be_ticked_and_is_sent_nowhere(demo: Path, guide: str) -> None:
    main = html_of(demo, guide).split("<main")[1].split("</main>")[0]
    boxes = re.findall(r"<input[^>]*>", main)
    assert all('type="checkbox"' in box and "name=" not in box and 'autocomplete="off"' in box for box in boxes)
    assert "<form" not in main


def test_a_service_done_elsewhere_is_no_service_of_a_counter_or_a_form(content: Path) -> None:
    portal = load_portal(content, demo=True)
    guide = next(one for one in portal.guides if one.id == "home-care-for-elderly")
    assert portal.way(guide) == "online"
    assert portal.way(replace(guide, form=None)) == "counter"
    assert (
        portal.way(replace(guide, form=None, facts={**guide.facts, "elsewhere": "民政通（手机应用）"})) == "elsewhere"
    )


def test_only_streets_and_communities_are_sought_on_the_page_of_places(content: Path) -> None:
    portal = load_portal(content, demo=True)
    guide = next(one for one in portal.guides if one.id == "home-care-for-elderly")
    offices = {**guide.facts["offices"], "accept": "派出所户籍窗口"}
    elsewhere = replace(guide, facts={**guide.facts, "offices": offices})
    assert portal.counter(elsewhere) == Counter("派出所户籍窗口", listed=False)


def test_prose_is_cut_at_the_fixed_headings_alone() -> None:
    html = "".join(f'<h2 id="{id_}">{title}</h2>\n<p>{id_}</p>' for id_, title in HEADINGS.items())
    found = sections(html)
    assert list(found) == list(HEADINGS)
    assert all(part.html == f"\n<p>{id_}</p>" for id_, part in found.items())


def test_a_frequent_question_has_an_address_that_the_search_can_name() -> None:
    html = '<h2 id="how">怎么办</h2><h3 id="_1">一</h3>'
    html += '<h2 id="questions">常见问题</h2><h3 id="10">二</h3><h3 id="_2">三</h3>'
    found = sections(html)
    assert found["how"].html == '<h3 id="_1">一</h3>'
    assert found["questions"].html == '<h3 id="question-1">二</h3><h3 id="question-2">三</h3>'


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("popular: [no-such-guide]", "popular 里的 no-such-guide 没有指南"),
        ("popular: medical-assistance", "popular 要有不超过4份指南"),
    ],
)
def test_the_front_page_names_guides_that_there_are(edit: Edit, written: str, problem: str) -> None:
    listed = "popular: [minimum-living-allowance, medical-assistance, home-care-for-elderly]"
    (found,) = check_content(edit("docs/index.md", listed, written))
    assert (found.file, found.line, found.problem) == ("docs/index.md", 4, problem)


def test_the_front_page_stays_short_however_many_guides_there_are(demo: Path) -> None:
    html = (demo / "site" / "index.html").read_text(encoding="utf-8")
    assert html.count('class="ds-card"') <= 4
    services = (demo / "site" / "services" / "index.html").read_text(encoding="utf-8")
    assert services.count('class="ds-card"') == len(GUIDES)
    assert set(re.findall(r'href="/services/#([a-z-]+)"', html)) == set(re.findall(r'<h2 id="([a-z-]+)"', services))
