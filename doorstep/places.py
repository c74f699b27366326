"""The city's divisions and communities, read from docs/places/divisions.json: the one list forms and portal share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

UNKNOWN_COMMUNITY = "unknown"
UNKNOWN_COMMUNITY_TITLE = "不知道／不在名单里"


class Community(NamedTuple):
    """A residents' or villagers' committee: 12-digit code, 9-digit street code, and the names that lead to it."""

    code: str
    name: str
    street_code: str
    street_name: str
    district_name: str

    @property
    def full_name(self) -> str:
        """District, street and community in one line, as people say where they live."""
        return f"{self.district_name}{self.street_name}{self.name}"


class Places:
    """All communities, in the order of the official codes."""

    def __init__(self, communities: tuple[Community, ...]) -> None:
        self.communities = communities
        self._by_code = {community.code: community for community in communities}

    def community(self, code: str) -> Community | None:
        return self._by_code.get(code)

    def is_answer(self, code: str) -> bool:
        """Whether a question for a community may be answered so: a published code, or "unknown"."""
        return code == UNKNOWN_COMMUNITY or code in self._by_code


class Division(NamedTuple):
    """A line of the list: a city, district, street or community; `parent` is the code of what it belongs to."""

    code: str
    name: str
    level: str
    parent: str | None
    kind: str


class Divisions(NamedTuple):
    """Where the list is from, {title, as_of, published_on, caveat}, and what it holds, in the order of the codes."""

    source: dict[str, str]
    by_code: dict[str, Division]

    def of_level(self, level: str) -> list[Division]:
        return [one for one in self.by_code.values() if one.level == level]

    def below(self, code: str) -> list[Division]:
        return [one for one in self.by_code.values() if one.parent == code]


def read_divisions(path: Path) -> Divisions:
    """Reads the divisions file; raises OSError, ValueError or KeyError when it is absent or broken."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    listed = [Division(*(one[name] for name in Division._fields)) for one in document["divisions"]]
    return Divisions(document["source"], {one.code: one for one in sorted(listed, key=lambda one: one.code)})


def load_places(path: Path) -> Places:
    """The communities of the divisions file; raises as `read_divisions` does."""
    divisions = read_divisions(path)
    found = divisions.by_code
    communities = []
    for one in divisions.of_level("community"):
        street = found[one.parent or ""]
        district = found[street.parent or ""]
        communities.append(Community(one.code, one.name, street.code, street.name, district.name))
    return Places(tuple(communities))
