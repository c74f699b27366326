"""The tables of HSDS 3.0 that the catalog fills, as its tabular data package declares them.

From the Human Services Data Specification (openreferral/specification, CC BY-SA 4.0); the tests hold this to its files
where they stand beside the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = "3.0.0"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")


@dataclass(frozen=True)
class Table:
    """A table: its file, its columns in their order, those that are never empty, and by column the table it refers to.

    `kinds` are the types of columns that are not text, `choices` the values there are for one.
    """

    path: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


TABLES: dict[str, Table] = {
    "organization": Table(
        "organizations.csv",
        ("id", "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id", "year_incorporated",
         "legal_status", "logo", "uri", "parent_organization_id"),
        ("id", "name", "description"),
        kinds={"year_incorporated": "number"},
    ),
    "program": Table(
        "programs.csv",
        ("id", "organization_id", "name", "alternate_name", "description"),
        ("id", "organization_id", "name", "description"),
        refers={"organization_id": "organization"},
    ),
    "service": Table(
        "services.csv",
        ("id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
         "interpretation_services", "application_process", "fees_description", "wait_time", "fees", "accreditations",
         "eligibility_description", "minimum_age", "maximum_age", "assured_date", "assurer_email", "licenses", "alert",
         "last_modified"),
        ("id", "organization_id", "name", "status"),
        refers={"organization_id": "organization", "program_id": "program"},
        kinds={"minimum_age": "number", "maximum_age": "number", "assured_date": "date", "last_modified": "datetime"},
        choices={"status": STATUSES},
    ),
    "attribute": Table(
        "attributes.csv",
        ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
        ("id", "link_id", "taxonomy_term_id", "link_entity"),
        refers={"taxonomy_term_id": "taxonomy_term"},
    ),
    "service_at_location": Table(
        "service_at_location.csv",
        ("id", "service_id", "location_id", "description"),
        ("id", "service_id", "location_id"),
        refers={"service_id": "service", "location_id": "location"},
    ),
    "location": Table(
        "locations.csv",
        ("id", "location_type", "url", "organization_id", "name", "alternate_name", "description", "transportation",
         "latitude", "longitude", "external_identifier", "external_identifier_type"),
        ("id", "location_type"),
        refers={"organization_id": "organization"},
        kinds={"latitude": "number", "longitude": "number"},
        choices={"location_type": ("physical", "postal", "virtual")},
    ),
    "schedule": Table(
        "schedules.csv",
        ("id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart", "timezone",
         "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "description",
         "opens_at", "closes_at", "schedule_link", "attending_type", "notes"),
        ("id",),
        refers={
            "service_id": "service", "location_id": "location", "service_at_location_id": "service_at_location",
        },
        kinds={
            "valid_from": "date", "valid_to": "date", "dtstart": "date", "until": "date", "timezone": "number",
            "count": "number", "interval": "number", "opens_at": "time", "closes_at": "time",
        },
        choices={"wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "freq": ("WEEKLY", "MONTHLY")},
    ),
    "taxonomy_term": Table(
        "taxonomy_terms.csv",
        ("id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id", "term_uri"),
        ("id", "name", "description"),
        refers={"taxonomy_id": "taxonomy"},
    ),
    "taxonomy": Table(
        "taxonomies.csv", ("id", "name", "description", "uri", "version"), ("id", "name", "description")
    ),
}  # fmt: skip


def data_package() -> dict[str, Any]:
    """The description of the package, by which any reader of tabular data packages validates it."""
    return {
        "name": "human_services_data",
        "title": "Human Services Data Specification",
        "profile": "tabular-data-package",
        "version": VERSION,
        "resources": [_resource(name, table) for name, table in TABLES.items()],
    }


def _resource(name: str, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "primaryKey": "id",
        "fields": [_field(column, table) for column in table.columns],
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": "id"}}
            for column, other in table.refers.items()
        ]
    return {
        "name": name, "path": table.path, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _field(column: str, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column in table.required, "unique": column == "id"}
    if column in table.choices:
        constraints["enum"] = list(table.choices[column])
    return {"name": column, "type": table.kinds.get(column, "string"), "constraints": constraints}
