"""The catalog's HSDS package as files: a CSV for each table, what describes them, and the services as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.open_data.datasets import Row, as_json
from doorstep.portal.open_data.hsds import hsds_services, hsds_tables
from doorstep.portal.open_data.hsds_shape import TABLES, data_package

FOLDER = "open-data/hsds"
PACKAGE, SERVICES = "datapackage.json", "services.json"


def hsds_files(catalog: Catalog, places: Mapping[str, str], origin: str = "") -> dict[str, bytes]:
    """The package's files by name: the resources of this build, so nothing that no office has confirmed. Addresses
    begin with `origin`.
    """
    tables = hsds_tables(catalog, places, origin)
    files = {table.path: _table(table.columns, tables[name]) for name, table in TABLES.items()}
    return files | {PACKAGE: as_json(data_package()), SERVICES: as_json(hsds_services(tables))}


def _table(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """As tabular data packages want it: no mark in front, and bare ends of lines."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
