"""What the site says is there to take: each dataset as table and JSON alike, explained on one page, and nothing that
the build does not show.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from doorstep.forms.bundle import version_of
from doorstep.forms.library import load_library
from doorstep.portal.checks.page_reader import read_pages
from doorstep.portal.facts.place_facts import PlaceFacts
from doorstep.portal.open_data.catalog_file import PATH, catalog_file
from doorstep.portal.open_data.datasets import Dataset, as_text
from doorstep.portal.open_data.licence import LICENCES, licence_of
from doorstep.portal.site import Portal, check_content, load_portal
from tests.this_city import this_portal

ROOT = Path(__file__).parents[3]
ORIGIN = "https://www.example.org"
DECIDED = {"id": "CC-BY-4.0", "confirmed_by": "市数字化发展局", "confirmed_on": "2026-11-20"}
ALWAYS = ["places", "holidays"]
ALL = ["services", "resources", "places", "forms", "holidays"]


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal(ROOT, demo=True, origin=ORIGIN)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def named(portal: Portal, name: str) -> Dataset:
    return next(one for one in portal.open_data if one.id == name)


def test_each_stands_at_an_address_that_stays(portal: Portal) -> None:
    assert [one.id for one in portal.open_data] == ALL
    for one in portal.open_data:
        assert [file.address for file in one.files[:2]] == [f"/open-data/{one.id}.csv", f"/open-data/{one.id}.json"]
    more = {file.address for one in portal.open_data for file in one.files[2:]}
    assert more == {"/open-data/hsds/services.json", "/open-data/hsds/datapackage.json"}


@pytest.mark.parametrize("name", ALL)
def test_table_and_json_say_the_same(portal: Portal, name: str) -> None:
    one = named(portal, name)
    table, told = rows_of(one.files[0].content), json.loads(one.files[1].content)
    assert list(table[0]) == list(one.columns), "a column is there whether or not anybody told it"
    assert [{key: as_text(value) for key, value in row.items()} for row in told["数据"]] == [
        {key: value for key, value in row.items() if value} for row in table
    ]
    assert {key for row in told["数据"] for key in row} <= set(one.columns)
    assert told["更新日期"] == one.updated_on <= "2026-12-31"
    assert not re.search(r'null|None|""|\[\]|\{\}', one.files[1].content.decode())


def test_rows_are_as_many_as_there_are_things(portal: Portal) -> None:
    count = {one.id: len(one.rows) for one in portal.open_data}
    assert count["services"] == len(portal.guides)
    assert count["resources"] == len(portal.catalog.resources)
    assert count["forms"] == sum(guide.form is not None for guide in portal.guides)
    assert count["places"] == len(portal.places.codes) + len(portal.places.districts)
    assert all(row["网页"] == f"{ORIGIN}{one.url}" for row, one in zip(
        named(portal, "resources").rows, portal.catalog.resources, strict=True))  # fmt: skip


def test_places_lead_up_to_their_district(portal: Portal) -> None:
    rows = {row["代码"]: row for row in named(portal, "places").rows}
    for code, row in rows.items():
        above = row.get("上级代码")
        assert (above is None) == (row["级别"] == "区")
        assert above is None or (code.startswith(above) and row["全称"] == rows[above]["全称"] + row["名称"])


def test_a_counter_is_told_with_who_confirmed_it(portal: Portal) -> None:
    street = next(iter(portal.places.streets.values()))
    community = street.communities[0]
    facts: dict[str, Any] = {
        "code": street.code, "address": "某路1号", "checked_on": "2026-11-21", "confirmed_by": "街道办事处",
        "confirmed_on": "2026-11-22", "communities": [{"code": community.code, "estates": ["甲小区", "乙小区"]}],
    }  # fmt: skip
    told = replace(portal, places=portal.places.telling([PlaceFacts(street.code, facts, "")]))
    table = {row["代码"]: row for row in rows_of(named(told, "places").files[0].content)}
    assert (table[street.code]["地址"], table[street.code]["确认日期"]) == ("某路1号", "2026-11-22")
    assert (table[community.code]["小区"], table[community.code]["确认单位"]) == ("甲小区；乙小区", "街道办事处")
    assert named(told, "places").updated_on == "2026-11-22"
    assert "确认单位" not in named(told, "places").rows[-1]


def test_a_form_is_the_one_that_is_asked_now(portal: Portal) -> None:
    library, forms = load_library(ROOT / "schemas"), named(portal, "forms")
    assert len(forms.details) == len(forms.rows)
    for row in forms.rows:
        schema = json.loads(forms.details[row["表的结构"].removeprefix(f"{ORIGIN}/")])
        current = library.current(row["本站编号"])
        assert current is not None
        assert version_of(schema) == row["版本"] == current.version
        assert row["填表网页"] == f"{ORIGIN}/apply/{current.id}/"
        assert "公布日期" in row
        Draft202012Validator.check_schema(schema)


def test_a_day_off_is_told_with_its_notice(portal: Portal) -> None:
    days = {row["日期"]: row for row in named(portal, "holidays").rows}
    assert len(days) == len(named(portal, "holidays").rows)
    assert list(days) == sorted(days)
    assert (days["2026-10-01"]["上班吗"], days["2026-10-10"]["上班吗"]) == ("放假", "上班")
    assert all(("依据" in row) or row["有正式通知"] == "否" for row in days.values())


def test_a_licence_that_no_office_has_decided_is_a_proposal_of_the_demonstration() -> None:
    assert licence_of({"id": "CC-BY-4.0"}, demo=False) is None
    proposed, decided = licence_of({"id": "CC-BY-4.0"}, demo=True), licence_of(DECIDED, demo=False)
    assert proposed is not None
    assert decided is not None
    assert "说明" in proposed.told
    assert set(decided.told) == {"名称", "地址"}
    assert licence_of({}, demo=True) is None
    known = json.loads((ROOT / "schemas/content/site.json").read_text(encoding="utf-8"))["properties"]["data_licence"]
    assert set(known["properties"]["id"]["enum"]) == set(LICENCES)


def test_what_others_made_is_not_ours_to_license(portal: Portal) -> None:
    for one in portal.open_data:
        assert (one.licence is None) == bool(one.source), one.id


def test_the_catalog_names_every_file_and_no_licence_before_it_is_decided(portal: Portal) -> None:
    told = json.loads(catalog_file("家门口", portal.open_data, ORIGIN))
    listed = {
        way["dcat:downloadURL"]: way["dcat:byteSize"]
        for one in told["dcat:dataset"]
        for way in one["dcat:distribution"]
    }
    assert listed == {f"{ORIGIN}{file.address}": len(file.content) for one in portal.open_data for file in one.files}
    assert "dct:license" not in json.dumps(told["dcat:dataset"])
    assert "publisher" not in json.dumps(told)
    decided = replace(portal, settings=replace(portal.settings, data_licence=DECIDED))
    again = json.loads(catalog_file("家门口", decided.open_data, ORIGIN))
    ways = {one["dct:identifier"]: one["dcat:distribution"] for one in again["dcat:dataset"]}
    assert {way["dct:license"] for way in ways["services"]} == {LICENCES["CC-BY-4.0"][1]}


def test_the_page_explains_each_and_each_is_there(demo: Path) -> None:
    site, portal = demo / "site", this_portal()
    html = (site / "open-data/index.html").read_text(encoding="utf-8")
    links = [link for _, link in read_pages(site)["/open-data/"].links]
    for one in portal.open_data:
        assert f'id="{one.id}"' in html
        assert f"{len(one.rows)}行，{len(one.columns)}列" in html
        for file in one.files:
            assert links.count(file.address) == 1
        for path, content in one.contents.items():
            assert (site / path).read_bytes() == content
        assert all(f"<dt>{name}</dt><dd>{meaning}</dd>" in html for name, meaning in one.columns.items())
    files = {path.relative_to(site).as_posix() for path in (site / "open-data").rglob("*") if path.is_file()}
    given = {path for one in portal.open_data for path in one.contents}
    assert files - given == {"open-data/index.html", PATH}
    assert "还没有单位定下来" in html


def test_the_published_site_gives_away_what_it_shows_and_says_what_is_to_come(published: Path) -> None:
    portal = this_portal(demo=False)
    site = published / "site"
    html = (site / "open-data/index.html").read_text(encoding="utf-8")
    ids = [one.id for one in portal.open_data]
    assert set(ALWAYS) <= set(ids)
    assert ("services" in ids, "resources" in ids) == (bool(portal.guides), bool(portal.catalog.resources))
    for name in ALL:
        assert (site / f"open-data/{name}.json").exists() == (f'id="{name}"' in html) == (name in ids)
    assert ("还在请单位核对" in html) == (set(ids) != set(ALL))
    assert portal.data_licence or "先打" in html


def test_a_licence_nobody_knows_is_a_finding(edit: Any) -> None:
    root = edit("docs/_data/site.yml", "id: CC-BY-4.0", "id: GPL-3.0")
    assert "docs/_data/site.yml" in {one.file for one in check_content(root)}
