"""What the catalog's pages list, and what they never offer."""

from __future__ import annotations

from pathlib import Path

from doorstep.portal.facts.catalog import INDEX
from tests.unit.portal.near_home import STREET, THREE, catalog, put, written


def test_only_what_some_resource_names_is_offered(tmp_path: Path) -> None:
    shown = catalog(put(tmp_path, THREE))
    assert [one.term.id for one in shown.categories] == ["mental-health", "health", "culture"]
    assert [one.term.id for one in shown.audiences] == ["elderly", "children", "patients"]
    assert [one.term.id for one in shown.places] == [STREET]


def test_what_is_for_everyone_is_for_each_group(tmp_path: Path) -> None:
    shown = catalog(put(tmp_path, THREE))
    assert {one.term.id: [resource.id for resource in one.resources] for one in shown.audiences} == {
        "elderly": ["talking-room", "blood-pressure"],
        "children": ["talking-room", "story-hour"],
        "patients": ["talking-room", "blood-pressure"],
    }


def test_there_is_a_page_for_each_category_that_has_something(tmp_path: Path) -> None:
    shown = catalog(put(tmp_path, THREE))
    listed = [f"resources/category/{name}/index.md" for name in ("mental-health", "health", "culture")]
    assert [source for source, _, _ in shown.pages] == [INDEX[0], *listed]
    assert shown.category_at(listed[1]) == shown.categories[1]
    assert shown.category_at(INDEX[0]) is None


def test_without_a_resource_there_is_no_catalog(tmp_path: Path) -> None:
    assert catalog(put(tmp_path, {})).pages == []


def test_what_is_no_more_keeps_its_page_and_is_listed_nowhere(tmp_path: Path) -> None:
    texts = {"gone": written("gone", status="defunct"), "paused": written("paused", status="temporarily closed")}
    shown = catalog(put(tmp_path, texts))
    assert [one.id for one in shown.offered] == ["paused"]
    gone = shown.at("resources/gone.md")
    assert gone is not None
    assert not gone.offered


def test_a_card_leads_on_only_where_there_is_more_to_see(tmp_path: Path) -> None:
    shown = catalog(put(tmp_path, THREE))
    assert [(one.id, one.has_more) for one in shown.resources] == [
        ("talking-room", True), ("blood-pressure", False), ("story-hour", False),
    ]  # fmt: skip
