"""The catalog as HSDS 3.0 (Human Services Data Specification): rows by table, and each service with all it names."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.catalog_words import Term
from doorstep.portal.facts.plain_text import plain_text
from doorstep.portal.facts.resources import Resource
from doorstep.portal.open_data.hsds_shape import TABLES

#: HSDS wants UUIDs: ours come of our own ids, so that the same thing has the same one in every export.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:doorstep:hsds")
LANGUAGE = "zh"
#: What holds a code of docs/places/divisions.json.
CODES = "统计用区划代码"
PAUSED = "暂停，恢复的日子还没有公布"

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]


def identifier(table: str, name: str) -> str:
    """The UUID of what we call `name`."""
    return str(uuid.uuid5(NAMESPACE, f"{table}/{name}"))


def hsds_tables(catalog: Catalog, places: Mapping[str, str], origin: str = "") -> dict[str, list[Row]]:
    """By table its rows, each id once, without what is unknown. `places` are names by code; `origin` is the site's
    public address: without it nothing has a `url`, for HSDS wants whole ones.
    """
    rows: Rows = {name: {} for name in TABLES}
    for title, terms in _taxonomies(catalog).items():
        taxonomy = _add(rows, "taxonomy", title, name=title, description=f"家门口目录的“{title}”")
        for term in terms:
            _add(
                rows, "taxonomy_term", f"{title}/{term.id}", code=f"{title}/{term.id}", name=term.title,
                description=term.text or term.title, taxonomy=title, language=LANGUAGE, taxonomy_id=taxonomy,
            )  # fmt: skip
    given: dict[str, list[str]] = {}
    for resource in catalog.resources:
        given.setdefault(resource.facts["provider"], []).append(resource.title)
    for provider, titles in given.items():
        _add(rows, "organization", provider, name=provider, description=f"提供：{'、'.join(titles)}")
    for resource in catalog.resources:
        _service(rows, resource, places, origin)
    return {name: list(found.values()) for name, found in rows.items()}


def hsds_services(tables: Mapping[str, Iterable[Row]]) -> list[Row]:
    """Each service with its organization, schedules, places and terms within it, as HSDS gives them in JSON."""
    by_id = {row["id"]: row for rows in tables.values() for row in rows}
    naming: dict[tuple[str, str], list[Row]] = {}
    for table, column in (("schedule", "service_id"), ("service_at_location", "service_id"), ("attribute", "link_id")):
        for row in tables[table]:
            naming.setdefault((table, row[column]), []).append(row)

    def within(table: str, column: str, service: Row, other: str) -> list[Row]:
        """The rows of a table that name the service, with what they name in turn in place of its id."""
        return [
            {name: value for name, value in row.items() if name not in {column, f"{other}_id"}}
            | ({other: by_id[row[f"{other}_id"]]} if other else {})
            for row in naming.get((table, service["id"]), ())
        ]

    services = []
    for service in tables["service"]:
        nested = {
            "schedules": within("schedule", "service_id", service, ""),
            "service_at_locations": within("service_at_location", "service_id", service, "location"),
            "attributes": within("attribute", "link_id", service, "taxonomy_term"),
        }
        own = {name: value for name, value in service.items() if name != "organization_id"}
        lists = {name: found for name, found in nested.items() if found}
        services.append(own | {"organization": by_id[service["organization_id"]]} | lists)
    return services


def _taxonomies(catalog: Catalog) -> dict[str, Iterable[Term]]:
    """Its lists of words. Two lists may have a word of one id, so a term's code begins with its list's name."""
    words = catalog.vocabulary
    return {"category": words.categories.values(), "kind": words.kinds.values(), "audience": words.audiences.values()}


def _service(rows: Rows, resource: Resource, places: Mapping[str, str], origin: str) -> None:
    facts = resource.facts
    ages = facts.get("ages", {})
    service = _add(
        rows, "service", resource.id, organization_id=identifier("organization", facts["provider"]),
        name=resource.title, alternate_name=next(iter(resource.aliases), None),
        description="\n\n".join(filter(None, (resource.summary, plain_text(resource.body)))),
        url=f"{origin}{resource.url}" if origin else None,
        status=facts["status"], application_process=facts["how_to_get"], fees_description=facts["fee"],
        eligibility_description=facts["audience"], minimum_age=ages.get("from"), maximum_age=ages.get("to"),
        assured_date=facts["checked_on"], alert=PAUSED if facts["status"] == "temporarily closed" else None,
    )  # fmt: skip
    for taxonomy, word in _words(resource):
        _add(
            rows, "attribute", f"{resource.id}/{taxonomy}/{word}", link_id=service, link_type=taxonomy,
            link_entity="service", taxonomy_term_id=identifier("taxonomy_term", f"{taxonomy}/{word}"),
        )  # fmt: skip
    for code in facts.get("places", ()):
        location = _add(
            rows, "location", code, location_type="physical", name=places[code], external_identifier=code,
            external_identifier_type=CODES,
        )  # fmt: skip
        _add(rows, "service_at_location", f"{resource.id}/{code}", service_id=service, location_id=location)
    if "schedule" in facts:
        _add(rows, "schedule", resource.id, service_id=service, description=facts["schedule"])


def _words(resource: Resource) -> Iterator[tuple[str, str]]:
    yield "category", resource.category
    yield "kind", resource.facts["kind"]
    yield from (("audience", audience) for audience in resource.audiences)


def _add(rows: Rows, table: str, key: str, **said: Any) -> str:
    """The id of the row, which is there once."""
    row = {"id": identifier(table, key)} | {name: value for name, value in said.items() if value is not None}
    return str(rows[table].setdefault(row["id"], row)["id"])
