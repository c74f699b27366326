"""The catalog of what a neighbourhood offers: the lists that its pages show, made of the resources there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from doorstep.portal.facts.catalog_words import EVERYONE, Term, Vocabulary
from doorstep.portal.facts.place_pages import PlaceList, Street
from doorstep.portal.facts.resources import Resource

#: Pages without a Markdown file: the catalog, and one list for each category.
INDEX = ("resources/index.md", "身边的服务和活动", "resources.html")
CATEGORY = "resources/category/{}/index.md"


@dataclass(frozen=True)
class Listed:
    """A word that resources name, with those resources: never empty."""

    term: Term
    resources: tuple[Resource, ...]


@dataclass(frozen=True)
class Catalog:
    """What templates see as `portal.catalog`: the resources of this build, in the order they are shown."""

    resources: tuple[Resource, ...]
    vocabulary: Vocabulary
    streets: Mapping[str, Street]

    @cached_property
    def offered(self) -> tuple[Resource, ...]:
        """Those that can be had, now or soon again; of the others only the page stays, which says so."""
        return tuple(resource for resource in self.resources if resource.offered)

    @cached_property
    def categories(self) -> list[Listed]:
        return self._listed(self.vocabulary.categories.values(), lambda one, name: one.category == name)

    @cached_property
    def audiences(self) -> list[Listed]:
        """The groups that some resource is meant for, each with all that it may use. “Everyone” is no group."""
        meant = {name for one in self.offered for name in one.audiences} - {EVERYONE}
        terms = [term for term in self.vocabulary.audiences.values() if term.id in meant]
        return self._listed(terms, lambda one, name: one.is_for(name))

    @cached_property
    def places(self) -> list[Listed]:
        """The streets in which some resource is known to be."""
        terms = [Term(code, street.name) for code, street in self.streets.items()]
        return self._listed(terms, lambda one, name: name in one.streets)

    @cached_property
    def pages(self) -> list[tuple[str, str, str]]:
        """(source, title, template) of each page without a Markdown file; none without a resource."""
        if not self.offered:
            return []
        return [INDEX, *((CATEGORY.format(one.term.id), one.term.title, "category.html") for one in self.categories)]

    def at(self, source: str) -> Resource | None:
        """The resource whose page is `source`, a path below docs/."""
        return self._by_source.get(f"docs/{source}")

    @cached_property
    def _by_source(self) -> Mapping[str, Resource]:
        return {resource.source: resource for resource in self.resources}

    def category_at(self, source: str) -> Listed | None:
        """The category whose list is the page `source`."""
        return next((one for one in self.categories if CATEGORY.format(one.term.id) == source), None)

    def where(self, resource: Resource) -> list[Street]:
        return [self.streets[code] for code in resource.streets]

    def in_street(self, code: str) -> list[Resource]:
        """What is known to be in this street."""
        return [resource for resource in self.offered if code in resource.streets]

    def _listed(self, terms: Iterable[Term], fits: Callable[[Resource, str], bool]) -> list[Listed]:
        found = [Listed(term, tuple(one for one in self.offered if fits(one, term.id))) for term in terms]
        return [listed for listed in found if listed.resources]


def catalog_of(resources: Iterable[Resource], vocabulary: Vocabulary, places: PlaceList) -> Catalog:
    """The resources in the order of their categories, then of their files' names."""
    order = {name: number for number, name in enumerate(vocabulary.categories)}
    shown = sorted(resources, key=lambda one: (order[one.category], one.source))
    return Catalog(tuple(shown), vocabulary, places.streets)
