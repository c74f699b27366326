"""The city's districts, streets and communities, grouped for people who look for their counter."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from doorstep.places import read_divisions

#: How a division's kind is called where a reader meets it.
KINDS = {
    "subdistrict": "街道", "town": "镇", "township": "乡", "residents_committee": "社区", "villagers_committee": "村",
}  # fmt: skip
PAGE = "places/{}.md"


@dataclass(frozen=True)
class Neighbourhood:
    """A community or village: its committee. `code` has 12 digits, and is its anchor; `facts` is what was told of it,
    a row of schemas/content/place.json.
    """

    code: str
    name: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Street:
    """A street office, town or township: the counter of its communities. `code` has 9 digits; `facts` is what was told
    of it by an editor, valid by schemas/content/place.json, empty where nobody told anything.
    """

    code: str
    name: str
    kind: str
    district: str
    communities: tuple[Neighbourhood, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"/places/{self.code}/"

    @property
    def source(self) -> str:
        """Its page, a path below docs/, which an editor may have written or not."""
        return PAGE.format(self.code)

    @property
    def short(self) -> str:
        """Its name without what kind of street it is: 天山路 of 天山路街道."""
        return self.name.removesuffix(self.kind)

    @property
    def kinds(self) -> str:
        """“社区”, “村”, or “社区和村”: what stands below it."""
        return "和".join(dict.fromkeys(each.kind for each in self.communities))


@dataclass(frozen=True)
class District:
    code: str
    name: str
    streets: tuple[Street, ...]


class Told(Protocol):
    """What somebody told of the street `code`."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class PlaceList:
    """Districts in the order of their codes, and where the list is from: {title, as_of, published_on, caveat}."""

    districts: tuple[District, ...]
    source: dict[str, str]

    @cached_property
    def streets(self) -> Mapping[str, Street]:
        """All streets, towns and townships by code."""
        return {street.code: street for district in self.districts for street in district.streets}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """By code of each street and community what it is called, with all that it belongs to."""
        found = {}
        for street in self.streets.values():
            found[street.code] = full = f"{street.district}{street.name}"
            found |= {one.code: f"{full}{one.name}" for one in street.communities}
        return found

    @property
    def codes(self) -> KeysView[str]:
        """The codes of all streets and communities."""
        return self.names.keys()

    @cached_property
    def pages(self) -> list[tuple[str, str, str]]:
        """(source, title, template) of each street's page."""
        return [(one.source, f"{one.district}{one.name}", "place.html") for one in self.streets.values()]

    def at(self, source: str) -> Street | None:
        """The street whose page is `source`, a path below docs/."""
        return next((one for one in self.streets.values() if one.source == source), None)

    def telling(self, told: Iterable[Told]) -> PlaceList:
        """The same list, with what was told of its streets and communities."""
        facts = {one.code: one.facts for one in told}
        districts = [
            replace(one, streets=tuple(_told(street, facts.get(street.code, {})) for street in one.streets))
            for one in self.districts
        ]
        return replace(self, districts=tuple(districts))


def _told(street: Street, facts: Mapping[str, Any]) -> Street:
    rows = {row["code"]: row for row in facts.get("communities", ())}
    communities = tuple(replace(each, facts=rows.get(each.code, {})) for each in street.communities)
    return replace(street, facts=facts, communities=communities)


def load_place_list(path: Path) -> PlaceList:
    """Reads docs/places/divisions.json; a street without a published community is left out."""
    divisions = read_divisions(path)
    districts = []
    for district in divisions.of_level("district"):
        streets = [
            Street(
                street.code, street.name, KINDS[street.kind], district.name,
                tuple(Neighbourhood(one.code, one.name, KINDS[one.kind]) for one in communities),
            )
            for street in divisions.below(district.code)
            if (communities := divisions.below(street.code))
        ]  # fmt: skip
        districts.append(District(district.code, district.name, tuple(streets)))
    return PlaceList(tuple(districts), divisions.source)
