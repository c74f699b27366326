"""The portal as data: everything the pages are made of, read once and checked before anything is built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from doorstep.portal.checks.file_checks import check_files
from doorstep.portal.checks.read_page import ReadPage, address_of
from doorstep.portal.checks.reviews import is_due
from doorstep.portal.coherence import all_findings
from doorstep.portal.content import read_content
from doorstep.portal.facts.catalog import Catalog, catalog_of
from doorstep.portal.facts.confirmed import Page, addresses, is_confirmed, published
from doorstep.portal.facts.data import Data, Law
from doorstep.portal.facts.guides import Guide, cite, read_guide
from doorstep.portal.facts.hardship import Hardship, hardship_of
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.facts.remedies import remedies_of
from doorstep.portal.facts.reported import Figure, counted
from doorstep.portal.facts.resources import Resource
from doorstep.portal.facts.search_words import SearchWords
from doorstep.portal.facts.settings import Settings
from doorstep.portal.facts.ways import Counter, Way, counter_of, way_of
from doorstep.portal.findings.finding import ContentError, Finding
from doorstep.portal.findings.rules import is_error
from doorstep.portal.open_data.datasets import Dataset
from doorstep.portal.open_data.licence import Licence, licence_of
from doorstep.portal.open_data.published_sets import Shown, datasets
from doorstep.portal.pages.assets import Assets, collect_assets
from doorstep.portal.seek.alphabet import Listed, alphabet
from doorstep.portal.seek.entries import entries
from doorstep.portal.seek.search_index import SearchIndex, search_index


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
    hotlines: tuple[dict[str, Any], ...]
    remedies: list[dict[str, Any]]
    theme_ids: Mapping[str, str]
    offices: list[dict[str, Any]]
    working_days: dict[str, Any]
    places: PlaceList
    centres: tuple[dict[str, Any], ...]
    hardship: Hardship
    reported: tuple[Figure, ...]
    catalog: Catalog
    search_words: SearchWords
    assets: Assets
    settings: Settings
    built_on: date | None
    warnings: tuple[Finding, ...]
    origin: str
    read_pages: Mapping[str, ReadPage]

    def guide_at(self, source: str) -> Guide | None:
        """The guide whose page is `source`, a path below docs/."""
        return self._by_source.get(f"docs/{source}")

    @cached_property
    def _by_source(self) -> Mapping[str, Guide]:
        return {guide.source: guide for guide in self.guides}

    def guides_beside(self, resource: Resource) -> list[Guide]:
        """What a resource names to be done as well, in the order of all guides."""
        named = {self._numbers[id_] for id_ in resource.facts.get("services", ()) if id_ in self._numbers}
        return [self.guides[number] for number in sorted(named)]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {guide.id: number for number, guide in enumerate(self.guides)}

    @cached_property
    def retired(self) -> dict[str, Guide]:
        """By source the guides of services that are no longer offered: their address says so, and nothing else."""
        return {
            guide.source.removeprefix("docs/"): guide
            for guide in self.every_guide
            if guide.retired and (self.demo or guide.confirmed)
        }

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

    @cached_property
    def search_index(self) -> SearchIndex:
        return search_index(entries(self), self.search_words)

    @cached_property
    def open_data(self) -> tuple[Dataset, ...]:
        """What this build shows, for other programs and for tables."""
        return datasets(
            Shown(
                self.root, self.guides, self.laws, self.catalog, self.places, self.working_days, self.data_licence,
                self.origin,
            )
        )  # fmt: skip

    @property
    def data_licence(self) -> Licence | None:
        return licence_of(self.settings.data_licence, demo=self.demo)

    @cached_property
    def alphabet(self) -> Mapping[str, list[Listed]]:
        return alphabet(self)

    def cite(self, basis: str) -> str:
        return cite(basis, self.laws)

    def has_read(self, basis: str) -> bool:
        """Whether somebody read what this cites."""
        return self.laws[basis.partition(" ")[0]].read

    def is_due(self, facts: Mapping[str, Any]) -> bool:
        """Whether a page with these facts is to be looked over."""
        return is_due(facts, self.settings.review_after, self.built_on)

    def way(self, guide: Guide) -> Way:
        return way_of(guide)

    def counter(self, guide: Guide) -> Counter:
        return counter_of(guide, self.offices)

    def remedies_of(self, guide: Guide) -> list[dict[str, str]]:
        return remedies_of(guide, self.remedies)

    def read_articles(self, guide: Guide) -> bool:
        """Whether somebody read anything of what it cites."""
        return any(map(self.has_read, guide.facts["laws"]))

    @property
    def counted(self) -> Mapping[str, int]:
        """What this build counts of its own, beside what was reported."""
        return counted(self.guides, self.catalog, self.places)

    @cached_property
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
    if refused := check_files(root):
        raise ContentError(refused)
    content = read_content(root, today)
    findings = all_findings(content, today or built_on)
    if any(map(is_error, findings)):
        raise ContentError(findings)
    data, vocabulary, places = content.data, content.vocabulary, content.places
    assert data.laws is not None
    assert vocabulary is not None
    assert content.search_words is not None
    guides = published(content.guides, demo=demo)
    return Portal(
        root=root,
        demo=demo,
        every_guide=tuple(content.guides),
        guides=guides,
        every_resource=tuple(content.resources),
        laws=data.laws,
        hotlines=tuple(data.hotlines),
        remedies=data.remedies,
        theme_ids={theme["title"]: theme["id"] for theme in data.themes},
        offices=data.offices,
        working_days=content.working_days,
        places=places.telling(one for one in content.place_facts if demo or one.confirmed),
        centres=tuple(one for one in content.centres if demo or is_confirmed(one)),
        hardship=hardship_of(content.door, guides),
        reported=content.figures,
        catalog=catalog_of(published(content.resources, demo=demo), vocabulary, places),
        search_words=content.search_words,
        assets=collect_assets(root / "theme"),
        settings=content.settings,
        built_on=built_on,
        warnings=tuple(findings),
        origin=origin.rstrip("/"),
        read_pages={page.source.removeprefix("docs/"): page for page in content.pages},
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
