"""The city's communities, read from docs/places/divisions.json: the one list forms and portal share."""

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


def load_places(path: Path) -> Places:
    """Reads the divisions file; raises OSError, ValueError or KeyError when it is absent or broken."""
    divisions: dict[str, dict[str, Any]] = {
        division["code"]: division for division in json.loads(path.read_text(encoding="utf-8"))["divisions"]
    }
    communities = []
    for division in divisions.values():
        if division["level"] != "community":
            continue
        street = divisions[division["parent"]]
        communities.append(
            Community(
                code=division["code"],
                name=division["name"],
                street_code=street["code"],
                street_name=street["name"],
                district_name=divisions[street["parent"]]["name"],
            )
        )
    return Places(tuple(sorted(communities, key=lambda community: community.code)))
