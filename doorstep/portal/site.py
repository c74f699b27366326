"""The portal as data: everything the pages are made of, read once and checked before anything is built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from doorstep.forms.rules import UNPUBLISHED
from doorstep.forms.vocabulary import check_forms
from doorstep.portal.after_checks import asked_after, check_asked_after
from doorstep.portal.assets import Assets, collect_assets
from doorstep.portal.catalog import Catalog, catalog_of
from doorstep.portal.catalog_words import read_vocabulary
from doorstep.portal.checks import (
    WORDED,
    check_aliases,
    check_forms_known,
    check_themes,
    check_unconfirmed,
    check_words,
)
from doorstep.portal.confirmed import Page, addresses, is_confirmed, published
from doorstep.portal.data import Data, Law, read_data
from doorstep.portal.finding_rules import is_error
from doorstep.portal.findings import ContentError, Finding
from doorstep.portal.front_page import check_front
from doorstep.portal.gate_checks import check_gates
from doorstep.portal.guides import Guide, cite, read_guide
from doorstep.portal.hardship import Hardship, hardship_of, read_hardship
from doorstep.portal.hsds_files import FOLDER as HSDS
from doorstep.portal.hsds_files import place_names, write_hsds
from doorstep.portal.json_lines import with_lines
from doorstep.portal.lasting import check_lasting
from doorstep.portal.law_checks import check_laws
from doorstep.portal.offices import check_offices
from doorstep.portal.page_checks import address_of, check_encoding, check_pages, site_addresses
from doorstep.portal.paper_checks import check_papers
from doorstep.portal.place_facts import read_centres, read_place_facts
from doorstep.portal.place_pages import PlaceList, load_place_list
from doorstep.portal.reported import Figure, counted, read_reported
from doorstep.portal.resources import Around, Resource, read_resources
from doorstep.portal.reviews import check_reviews, is_due, read_review_after
from doorstep.portal.typography import check_typography
from doorstep.portal.ways import Counter, Way, counter_of, way_of
from doorstep.portal.working_days import read_working_days


@dataclass(frozen=True)
class Portal:
    """What templates see as `portal`. `guides` and the `catalog` hold what this build shows, of all that there
    is.
    """

    root: Path
    demo: bool
    every_guide: tuple[Guide, ...]
    guides: tuple[Guide, ...]
    every_resource: tuple[Resource, ...]
    laws: Mapping[str, Law]
    hotlines: tuple[dict[str, str], ...]
    remedies: list[dict[str, str]]
    theme_ids: Mapping[str, str]
    offices: list[dict[str, Any]]
    working_days: dict[str, Any]
    places: PlaceList
    centres: tuple[dict[str, Any], ...]
    hardship: Hardship
    reported: tuple[Figure, ...]
    catalog: Catalog
    assets: Assets
    review_after: timedelta | None
    built_on: date | None
    warnings: tuple[Finding, ...]
    origin: str

    def guide_at(self, source: str) -> Guide | None:
        """The guide whose page is `source`, a path below docs/."""
        return next((guide for guide in self.guides if guide.source == f"docs/{source}"), None)

    @property
    def left_out(self) -> list[Page]:
        """The pages that this build leaves out, for no office has confirmed them: the published site knows nothing of
        them, and nothing leads there.
        """
        there: list[Page] = [*self.every_guide, *self.every_resource]
        seen = {guide.source for guide in self.guides} | {one.source for one in self.catalog.resources}
        return [page for page in there if page.source not in seen]

    @cached_property
    def gone(self) -> frozenset[str]:
        """The addresses of what this build leaves out: pages, their forms, and lists with nothing in them."""
        every = catalog_of(self.every_resource, self.catalog.vocabulary, self.places).pages
        lists = {address_of(source) for source, _, _ in every} - {address_of(one[0]) for one in self.catalog.pages}
        return addresses(self.left_out) | lists

    def write_open_data(self, site: Path) -> None:
        """The catalog for other programs, where there is one."""
        if self.catalog.resources:
            names = place_names(self.root / "docs" / "places" / "divisions.json", self.places)
            write_hsds(self.catalog, names, site / HSDS)

    def cite(self, basis: str) -> str:
        return cite(basis, self.laws)

    def has_read(self, basis: str) -> bool:
        """Whether somebody read what this cites."""
        return self.laws[basis.partition(" ")[0]].read

    def is_due(self, facts: Mapping[str, Any]) -> bool:
        """Whether a page with these facts is to be looked over."""
        return is_due(facts, self.review_after, self.built_on)

    def way(self, guide: Guide) -> Way:
        return way_of(guide)

    def counter(self, guide: Guide) -> Counter:
        return counter_of(guide, self.offices)

    @property
    def counted(self) -> Mapping[str, int]:
        """What this build counts of its own, beside what was reported."""
        return counted(self.guides, self.catalog, self.places)

    @property
    def at_street_counters(self) -> frozenset[str]:
        """The ids of guides whose applications the counters of streets and communities take."""
        return frozenset(guide.id for guide in self.guides if self.counter(guide).listed)

    @property
    def theme_titles(self) -> tuple[str, ...]:
        return tuple(self.theme_ids)

    @property
    def themes(self) -> dict[str, list[Guide]]:
        """Guides by theme, in the order of docs/_data/themes.yml; a theme without a guide does not exist."""
        found: dict[str, list[Guide]] = {title: [] for title in self.theme_titles}
        for guide in self.guides:
            found[guide.theme].append(guide)
        return {title: guides for title, guides in found.items() if guides}


def load_portal(
    root: Path, *, demo: bool, today: date | None = None, origin: str = "", built_on: date | None = None
) -> Portal:
    """Reads docs/, schemas/ and theme/ below `root`. Raises ContentError with all findings at once.

    Without `today` no day is called too late: a wrong clock must not keep a site from being built. `origin` is the
    site's public address, where it is known; `built_on` the day on which a page may be due to be looked over.
    """
    data, findings = read_data(root)
    working_days, found_in_days = read_working_days(root, today)
    findings += found_in_days
    schema = json.loads((root / "schemas" / "content" / "guide.json").read_text(encoding="utf-8"))
    guides: list[Guide] = []
    unread: set[str] = set()
    for path in (path for path in sorted((root / "docs" / "services").glob("*.md")) if path.stem != "index"):
        guide, found = read_guide(path, root=root, schema=schema, laws=data.laws, today=today)
        findings += found
        if guide:
            guides.append(guide)
        else:
            unread.add(path.stem)
    after = asked_after(root / "schemas" / "forms")
    forms = {form: of for form, of in services_of_forms(root / "schemas" / "forms").items() if form not in after}
    findings += [replace(found, file=f"schemas/{found.file}") for found in check_forms(root / "schemas")]
    findings += check_forms_known(guides, forms, unread)
    findings += check_papers(root, guides)
    findings += check_gates(root, guides)
    if data.laws is not None:
        findings += check_laws(root, data.laws)
    findings += check_themes([theme["title"] for theme in data.themes], guides)
    findings += check_asked_after(guides, after, unread)
    findings += check_front(root, {*unread, *(guide.id for guide in guides)})
    if data.offices:
        findings += check_offices(data.offices, guides)
        findings += check_lasting(root, data.offices, guides, unread)
    review_after, found_in_site = read_review_after(root)
    findings += [*found_in_site, *check_reviews(root, review_after, today or built_on), *check_typography(root)]
    findings += check_aliases(guides)
    findings += check_encoding(root, WORDED)
    findings += check_words(root, data.words)
    findings += check_unconfirmed(root)
    places = load_place_list(root / "docs" / "places" / "divisions.json")
    told, found_in_places = read_place_facts(root, places, today)
    centres, found_in_centres = read_centres(root)
    vocabulary, found_in_words = read_vocabulary(root)
    around = Around(vocabulary, places.codes, {guide.id for guide in guides} | unread, site_addresses(root, forms))
    resources, found_in_resources = read_resources(root, around, today)
    lists = [] if vocabulary is None else catalog_of(resources, vocabulary, places).pages
    door, found_in_door = read_hardship(root, data.laws, {guide.id for guide in guides} | unread)
    figures, found_in_figures = read_reported(root)
    for found in (
        found_in_places,
        found_in_centres,
        found_in_words,
        found_in_resources,
        found_in_door,
        found_in_figures,
    ):
        findings += found
    made = [*lists, *places.pages, *hardship_of(door, guides).pages]
    findings += check_pages(root, forms, [source for source, _, _ in made])
    findings = with_lines(root, _published_last(findings, forms))
    if any(map(is_error, findings)):
        raise ContentError(findings)
    assert data.laws is not None
    assert vocabulary is not None
    return Portal(
        root=root,
        demo=demo,
        every_guide=tuple(guides),
        guides=published(guides, demo=demo),
        every_resource=tuple(resources),
        laws=data.laws,
        hotlines=tuple(data.hotlines),
        remedies=data.remedies,
        theme_ids={theme["title"]: theme["id"] for theme in data.themes},
        offices=data.offices,
        working_days=working_days,
        places=places.telling(one for one in told if demo or one.confirmed),
        centres=tuple(one for one in centres if demo or is_confirmed(one)),
        hardship=hardship_of(door, published(guides, demo=demo)),
        reported=figures,
        catalog=catalog_of(published(resources, demo=demo), vocabulary, places),
        assets=collect_assets(root / "theme"),
        review_after=review_after,
        built_on=built_on,
        warnings=tuple(sorted(set(findings))),
        origin=origin.rstrip("/"),
    )


def check_content(root: Path, today: date | None = None) -> list[Finding]:
    """Everything wrong with what lies below `root`; no error among it when the site may be built."""
    try:
        return list(load_portal(root, demo=False, today=today).warnings)
    except ContentError as error:
        return error.findings


def readable_guides(root: Path, data: Data) -> list[Guide]:
    """The guides that nothing is wrong with by themselves."""
    schema = json.loads((root / "schemas" / "content" / "guide.json").read_text(encoding="utf-8"))
    paths = sorted((root / "docs" / "services").glob("*.md"))
    read = (read_guide(path, root=root, schema=schema, laws=data.laws, today=None)[0] for path in paths)
    return [guide for guide in read if guide]


def day(text: str) -> str:
    """“2026-11-02” as people write it: 2026年11月2日."""
    year, month, number = (int(part) for part in text.split("-"))
    return f"{year}年{month}月{number}日"


def _published_last(findings: list[Finding], forms: Mapping[str, str | None]) -> list[Finding]:
    """Without the call to publish a form of which, or of whose guide, something else is still to be mended."""
    spoiled = {found.file for found in findings if found.rule != UNPUBLISHED}
    waiting = {
        f"schemas/forms/{form}.json"
        for form, service in forms.items()
        if spoiled & {f"schemas/forms/{form}.json", f"docs/services/{service}.md"}
    }
    return [found for found in findings if found.rule != UNPUBLISHED or found.file not in waiting]


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
