"""The catalog's HSDS package as files: a CSV for each table, what describes them, and the services as JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from doorstep.places import load_places
from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.open_data.hsds import hsds_services, hsds_tables
from doorstep.portal.open_data.hsds_shape import TABLES, data_package

FOLDER = "open-data/hsds"
PACKAGE, SERVICES = "datapackage.json", "services.json"


def place_names(divisions: Path, places: PlaceList) -> dict[str, str]:
    """By code what a street or community is called, with the district it is in."""
    streets = {street.code: district.name + street.name for district in places.districts for street in district.streets}
    return streets | {one.code: one.full_name for one in load_places(divisions).communities}


def write_hsds(catalog: Catalog, places: dict[str, str], folder: Path, origin: str = "") -> None:
    """Writes the package into `folder`: the resources of this build, so nothing that no office has confirmed. Addresses
    begin with `origin`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = hsds_tables(catalog, places, origin)
    for name, table in TABLES.items():
        with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[name])
    for file_name, content in ((PACKAGE, data_package()), (SERVICES, hsds_services(tables))):
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / file_name).write_text(text, encoding="utf-8")
