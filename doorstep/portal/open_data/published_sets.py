"""Every dataset of a build: the one list that the files, the page that explains them and their catalog are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.confirmed import looked_over_on
from doorstep.portal.facts.data import Law
from doorstep.portal.facts.days import day
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.open_data import form_rows, holiday_rows, place_rows, resource_rows, service_elements
from doorstep.portal.open_data.datasets import CSV, JSON, Dataset, File, newest
from doorstep.portal.open_data.hsds_files import FOLDER as HSDS
from doorstep.portal.open_data.hsds_files import PACKAGE, SERVICES, hsds_files
from doorstep.portal.open_data.licence import Licence


@dataclass(frozen=True)
class Shown:
    """What a build shows, and so may give away. Addresses begin with `origin`, empty where nobody knows it."""

    root: Path
    guides: tuple[Guide, ...]
    laws: Mapping[str, Law]
    catalog: Catalog
    places: PlaceList
    working_days: Mapping[str, Any]
    licence: Licence | None
    origin: str


def datasets(shown: Shown) -> tuple[Dataset, ...]:
    """In the order people are told of them; none is empty."""
    return tuple(one for one in _every(shown) if one.rows)


def _every(shown: Shown) -> Iterator[Dataset]:
    yield _services(shown)
    yield _resources(shown)
    yield _places(shown)
    yield _forms(shown)
    yield _holidays(shown)


def _services(shown: Shown) -> Dataset:
    return Dataset(
        "services", "办事指南", "每一件事谁能办、带什么、哪个单位办、多少天、收不收费，依据哪些法规。",
        "做便民网站、手机应用的人，给居民讲政策的人，研究办事流程的人。",
        service_elements.COLUMNS,
        [service_elements.elements(guide, shown.laws, shown.origin) for guide in shown.guides],
        newest(looked_over_on(one.facts) for one in shown.guides),
        licence=shown.licence,
    )  # fmt: skip


def _resources(shown: Shown) -> Dataset:
    listed, names = shown.catalog.resources, shown.places.names
    package = hsds_files(shown.catalog, names, shown.origin) if listed else {}
    told = [
        File(f"{HSDS}/{name}", title, JSON, package[name])
        for name, title in ((SERVICES, "JSON（HSDS 3.0）"), (PACKAGE, "HSDS 3.0 九张表的说明"))
        if name in package
    ]
    tables = [File(f"{HSDS}/{name}", name, CSV, content) for name, content in package.items() if name.endswith(".csv")]
    return Dataset(
        "resources", "身边的服务和活动", "社区里能用的服务、场地、课程和活动：给谁、怎么用、收不收费、谁办的。",
        "做便民地图、社区小程序的人，想找人合作的社会组织。",
        resource_rows.COLUMNS,
        [resource_rows.resource_row(one, shown.catalog, names, shown.origin) for one in listed],
        newest(looked_over_on(one.facts) for one in listed),
        licence=shown.licence,
        more=tuple(told),
        details={file.path: file.content for file in tables},
    )  # fmt: skip


def _places(shown: Shown) -> Dataset:
    source = shown.places.source
    return Dataset(
        "places", "街道和社区",
        "全市的区、街道、乡镇、社区和村，带全国统一的代码；问到了的，还有窗口的地址、时间和电话。",
        "做地图的人，要按社区统计的人，核对自己名单的单位。",
        place_rows.COLUMNS,
        place_rows.place_rows(shown.places, shown.origin),
        newest([source["published_on"], *(looked_over_on(one.facts) for one in shown.places.streets.values())]),
        source=f"名单和代码来自{source['title']}，截止{day(source['as_of'])}，{day(source['published_on'])}公布。这是统计用的名单，"
        "后来有变动的，以民政部门公布的为准。",
    )  # fmt: skip


def _forms(shown: Shown) -> Dataset:
    guides = {guide.form: guide for guide in shown.guides if guide.form}
    rows, schemas = form_rows.form_rows(guides, shown.root / "schemas", shown.origin)
    return Dataset(
        "forms", "网上填的表",
        "每张表现在用哪一版、哪天公布的、谁会看到填的内容，还有它的结构：问哪些题，怎么算填对。"
        "只有题，没有人填的内容。",
        "要和本站对接的系统，替人填表的机构，关心表上问了什么的人。",
        form_rows.COLUMNS,
        rows,
        newest(row.get("公布日期") for row in rows),
        licence=shown.licence,
        details=schemas,
    )  # fmt: skip


def _holidays(shown: Shown) -> Dataset:
    rows = holiday_rows.holiday_rows(shown.working_days)
    years = [str(year["year"]) for year in shown.working_days["years"]]
    return Dataset(
        "holidays", "放假和调休",
        f"{'、'.join(years)}年哪天放假、哪个周末上班，包括肉孜节和古尔邦节。本站算工作日就照它。",
        "要算工作日、排班的人。",
        holiday_rows.COLUMNS,
        rows,
        newest(row.get("公布日期") for row in rows),
        source="照国务院和自治区各地的放假通知整理；通知没有查到原文的，表里写着照什么写的。",
    )  # fmt: skip
