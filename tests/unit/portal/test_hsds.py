"""The catalog's export is HSDS 3.0: by what it says of itself, and by the specification's own files where they stand.

Those files are beside the project in `.ci/run` only; without them the declared shape judges alone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator, FormatChecker

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.place_pages import load_place_list
from doorstep.portal.open_data.hsds import hsds_services, hsds_tables, identifier
from doorstep.portal.open_data.hsds_files import PACKAGE, SERVICES, hsds_files
from doorstep.portal.open_data.hsds_shape import TABLES, data_package
from tests.unit.portal.near_home import COMMUNITY, ROOT, THREE, catalog, put, written

OFFICIAL = ROOT.parent / "shared" / "hsds"
SPECIFICATIONS = [data_package()] + [json.loads(path.read_text("utf-8")) for path in OFFICIAL.glob("datapackage.json")]
SCHEMAS = [json.loads(path.read_text("utf-8")) for path in OFFICIAL.glob("service_with_definitions.json")]
ORIGIN = "https://doorstep.example"
NESTED = {"organization", "schedules", "service_at_locations", "attributes"}


def names_of(root: Path) -> Mapping[str, str]:
    return load_place_list(root / "docs/places/divisions.json").names


@pytest.fixture
def shown(tmp_path: Path) -> Catalog:
    paused = written("paused", status="temporarily closed", provider='社区, 一起办的"和"站')
    return catalog(put(tmp_path, THREE | {"paused": paused}))


@pytest.fixture
def folder(tmp_path: Path, shown: Catalog) -> Path:
    (tmp_path / "hsds").mkdir()
    for name, content in hsds_files(shown, names_of(tmp_path), ORIGIN).items():
        (tmp_path / "hsds" / name).write_bytes(content)
    return tmp_path / "hsds"


def faults(folder: Path, specification: dict[str, Any]) -> list[str]:
    """What is wrong with the tables there are, by this description of them."""
    tables = [table for table in specification["resources"] if (folder / table["path"]).exists()]
    assert {table["path"] for table in tables} == {path.name for path in folder.glob("*.csv")}
    report = Package.from_descriptor({**specification, "resources": tables}, basepath=str(folder)).validate()
    return [f"{place} {fault}" for place, fault in report.flatten(["name", "type"])]


@pytest.mark.parametrize("specification", SPECIFICATIONS, ids=lambda each: str(len(each["resources"])))
def test_the_tables_are_what_the_specification_wants(folder: Path, specification: dict[str, Any]) -> None:
    assert faults(folder, specification) == []


@pytest.mark.parametrize("specification", SPECIFICATIONS, ids=lambda each: str(len(each["resources"])))
@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        ("services.csv", (",active,", ",open,"), "constraint-error"),
        ("services.csv", (",2026-11-22,", ",someday,"), "type-error"),
        ("services.csv", (",eligibility_description,", ",eligibility,"), "incorrect-label"),
        ("organizations.csv", (identifier("organization", "社区"), identifier("organization", "other")), "foreign-key"),
    ],
)
def test_what_is_spoiled_is_found(
    folder: Path, specification: dict[str, Any], file: str, change: tuple[str, str], fault: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change), "utf-8")
    assert fault in {found.split()[1] for found in faults(folder, specification)}


def test_our_own_description_is_the_one_in_the_package(folder: Path) -> None:
    assert json.loads((folder / PACKAGE).read_text("utf-8")) == data_package()


def test_each_service_says_what_it_must_and_refers_to_what_is_there(folder: Path) -> None:
    services = json.loads((folder / SERVICES).read_text("utf-8"))
    assert len(services) == 4
    for service in services:
        assert set(service) <= {*TABLES["service"].columns, *NESTED}
        assert set(TABLES["service"].required) <= {*service, "organization_id"}
        assert set(service["organization"]) >= set(TABLES["organization"].required)
        assert all(set(one["taxonomy_term"]) >= {"id", "name", "description"} for one in service["attributes"])
        for schema in SCHEMAS:
            assert list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(service)) == []


def test_nothing_an_editor_wrote_is_lost(shown: Catalog, tmp_path: Path) -> None:
    services = {one["name"]: one for one in hsds_services(hsds_tables(shown, names_of(tmp_path)))}
    talking, story = services["talking-room 的名字"], services["story-hour 的名字"]
    (place,) = talking["service_at_locations"]
    assert place["location"]["external_identifier"] == COMMUNITY
    assert "街道" in place["location"]["name"]
    assert [one["description"] for one in talking["schedules"]] == ["周六上午"]
    assert talking["description"] == "说说它是什么。\n\n听您说，不看病。"
    assert (story["minimum_age"], story["maximum_age"]) == (6, 12)
    terms = {(one["link_type"], one["taxonomy_term"]["name"]) for one in story["attributes"]}
    assert terms == {("category", "文化艺术"), ("kind", "服务"), ("audience", "孩子")}
    assert "alert" in services["paused 的名字"]


def test_a_service_says_where_its_page_is_and_how_else_people_call_it(shown: Catalog, folder: Path) -> None:
    services = {one["name"]: one for one in json.loads((folder / SERVICES).read_text("utf-8"))}
    for resource in shown.resources:
        service = services[resource.title]
        assert service["url"] == f"{ORIGIN}/resources/{resource.id}/"
        assert service["alternate_name"] == resource.aliases[0]


def test_without_a_public_address_no_service_has_one(shown: Catalog, tmp_path: Path) -> None:
    assert all("url" not in service for service in hsds_tables(shown, names_of(tmp_path))["service"])


def test_what_it_is_reads_as_text(tmp_path: Path) -> None:
    body = "\n## 先问清楚\n\n见[办事窗口](/places/)：\n\n- **心里难受**：打12356。\n- 有人受了伤：\n  打120。\n"
    shown = catalog(put(tmp_path, {"talk": written("talk", body)}))
    (service,) = hsds_tables(shown, names_of(tmp_path))["service"]
    told = "先问清楚\n见办事窗口：\n· 心里难受：打12356。\n· 有人受了伤：打120。"
    assert service["description"] == f"说说它是什么。\n\n{told}"


def test_the_same_thing_has_the_same_id_in_every_export(shown: Catalog, tmp_path: Path) -> None:
    names = names_of(tmp_path)
    first, second = hsds_tables(shown, names), hsds_tables(shown, names)
    assert first == second
    ids = [row["id"] for rows in first.values() for row in rows]
    assert len(ids) == len(set(ids))


def test_a_table_without_a_row_has_its_columns(folder: Path) -> None:
    with (folder / "programs.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [list(TABLES["program"].columns)]
