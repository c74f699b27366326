"""All content below a root, each part read by itself, with what is wrong in it alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from doorstep.portal.checks.after_checks import asked_after
from doorstep.portal.checks.page_checks import site_addresses
from doorstep.portal.checks.read_page import ReadPage, read_page
from doorstep.portal.facts.catalog_words import Vocabulary, read_vocabulary
from doorstep.portal.facts.data import Data, Law, read_data
from doorstep.portal.facts.front_matter import remember
from doorstep.portal.facts.guides import Guide, read_guide
from doorstep.portal.facts.hardship import read_hardship
from doorstep.portal.facts.place_facts import PlaceFacts, read_centres, read_place_facts
from doorstep.portal.facts.place_pages import PlaceList, load_place_list
from doorstep.portal.facts.reported import Figure, read_reported
from doorstep.portal.facts.resources import Around, Resource, read_resources
from doorstep.portal.facts.search_words import SearchWords, read_search_words
from doorstep.portal.facts.settings import Settings, read_settings
from doorstep.portal.facts.spoiled_guides import what_stands
from doorstep.portal.facts.working_days import read_working_days
from doorstep.portal.findings.finding import Finding
from doorstep.portal.processes import shared


@dataclass(frozen=True)
class Content:
    """What could be read, and `findings` about the rest.

    `unread` are the ids of guides that could not be, `spoiled` what stands in them all the same. `forms` gives, by
    form id, the service it belongs to, None where the form does not say so; `after` are the ids of those that are asked
    after approval.
    """

    root: Path
    data: Data
    guides: list[Guide]
    unread: set[str]
    spoiled: list[Guide]
    forms: dict[str, str | None]
    after: frozenset[str]
    working_days: dict[str, Any]
    settings: Settings
    places: PlaceList
    place_facts: list[PlaceFacts]
    centres: list[dict[str, Any]]
    vocabulary: Vocabulary | None
    resources: list[Resource]
    door: dict[str, Any]
    figures: tuple[Figure, ...]
    search_words: SearchWords | None
    pages: tuple[ReadPage, ...]
    findings: list[Finding]

    @property
    def known_guides(self) -> set[str]:
        """The ids of all guides there are, readable or not."""
        return {guide.id for guide in self.guides} | self.unread


def read_content(root: Path, today: date | None = None) -> Content:
    """Reads docs/ and the forms' names below `root`. Without `today` no day is too late."""
    data, findings = read_data(root)
    pages = read_pages(root, data.words)
    working_days, found = read_working_days(root, today)
    findings += found
    guides, unread, spoiled, found = _guides(root, data.laws, today)
    findings += found
    after = asked_after(root / "schemas" / "forms")
    forms = {form: of for form, of in services_of_forms(root / "schemas" / "forms").items() if form not in after}
    guide_ids = {guide.id for guide in guides} | unread
    settings, found = read_settings(root, today)
    findings += found
    places = load_place_list(root / "docs" / "places" / "divisions.json")
    place_facts, found = read_place_facts(root, places, today)
    findings += found
    centres, found = read_centres(root)
    findings += found
    vocabulary, found = read_vocabulary(root)
    findings += found
    around = Around(vocabulary, places.codes, guide_ids, site_addresses(root, forms))
    resources, found = read_resources(root, around, today)
    findings += found
    door, found = read_hardship(root, data.laws, guide_ids)
    findings += found
    figures, found = read_reported(root)
    findings += found
    known = {one.strip("/") for one in site_addresses(root, forms)} | {f"places/{code}" for code in places.streets}
    known |= {"hardship", *(f"hotlines/{one['number']}" for one in data.hotlines)}
    known |= {f"resources/category/{name}" for name in (vocabulary.categories if vocabulary else ())}
    search_words, found = read_search_words(root, known)
    findings += found
    return Content(
        root, data, guides, unread, spoiled, forms, after, working_days, settings, places, place_facts, centres,
        vocabulary, resources, door, figures, search_words, pages, findings,
    )  # fmt: skip


def read_pages(root: Path, words: Mapping[str, str]) -> tuple[ReadPage, ...]:
    """All pages below docs/. What they say first is from here on known without reading them again."""
    paths = sorted((root / "docs").rglob("*.md"))
    pages = shared(partial(read_page, root=root, words=words), paths)
    for page in pages:
        if page.facts:
            remember(page.text, page.facts)
    return tuple(pages)


def _guides(
    root: Path, laws: dict[str, Law] | None, today: date | None
) -> tuple[list[Guide], set[str], list[Guide], list[Finding]]:
    """The guides, the ids of those that cannot be read, what stands in these, and the findings of all."""
    schema = json.loads((root / "schemas" / "content" / "guide.json").read_text(encoding="utf-8"))
    guides, unread, spoiled, findings = [], set[str](), list[Guide](), []
    for path in (path for path in sorted((root / "docs" / "services").glob("*.md")) if path.stem != "index"):
        guide, found = read_guide(path, root=root, schema=schema, laws=laws, today=today)
        findings += found
        if guide:
            guides.append(guide)
        else:
            unread.add(path.stem)
            spoiled += filter(None, [what_stands(path, root=root, schema=schema)])
    return guides, unread, spoiled, findings


def services_of_forms(folder: Path) -> dict[str, str | None]:
    """By form id the service it belongs to; None where the form does not say so, which `check_forms` reports."""
    services: dict[str, str | None] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            form = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            form = None
        service = form.get("x-service") if isinstance(form, dict) else None
        services[path.stem] = service if isinstance(service, str) else None
    return services
