"""The city's districts, streets and communities, grouped for people who look for their counter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: How a division's kind is called where a reader meets it.
KINDS = {"subdistrict": "街道", "town": "镇", "township": "乡"}


@dataclass(frozen=True)
class Street:
    """A street office, town or township: the counter of its communities. `code` has 9 digits, and is its anchor."""

    code: str
    name: str
    kind: str
    communities: tuple[str, ...]


@dataclass(frozen=True)
class District:
    code: str
    name: str
    streets: tuple[Street, ...]


@dataclass(frozen=True)
class PlaceList:
    """Districts in the order of their codes, where the list is from: {title, as_of, published_on, caveat}, and the
    codes of all its streets and communities.
    """

    districts: tuple[District, ...]
    source: dict[str, str]
    codes: frozenset[str]


def load_place_list(path: Path) -> PlaceList:
    """Reads docs/places/divisions.json; a street without a published community is left out."""
    document = json.loads(path.read_text(encoding="utf-8"))
    below: dict[str | None, list[dict[str, Any]]] = {}
    for division in sorted(document["divisions"], key=lambda entry: entry["code"]):
        below.setdefault(division["parent"], []).append(division)
    districts = []
    codes: set[str] = set()
    for district in [entry for entries in below.values() for entry in entries if entry["level"] == "district"]:
        streets = [
            Street(street["code"], street["name"], KINDS[street["kind"]], tuple(each["name"] for each in communities))
            for street in below.get(district["code"], [])
            if (communities := below.get(street["code"], []))
        ]
        for street in streets:
            codes |= {street.code, *(each["code"] for each in below[street.code])}
        districts.append(District(district["code"], district["name"], tuple(streets)))
    return PlaceList(tuple(districts), document["source"], frozenset(codes))
