"""The offices that hold applications: one of each kind for the division it serves (build/intake/offices.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

FALLBACK = "city-desk"
"""The kind of office where an application waits whose community nobody knows, until somebody finds out."""

CODE_DIGITS = {"city": 4, "district": 6, "street": 9, "community": 12}
"""How much of a community's code names the division of that level."""


class Office(NamedTuple):
    """`id` is its kind and its division's code, such as `street-650203001`; `title` what people call it."""

    id: str
    title: str
    kind: str


class Offices:
    """Every office; `levels` gives each kind's level (city, district, street, community)."""

    def __init__(self, offices: tuple[Office, ...], levels: Mapping[str, str]) -> None:
        self.all = offices
        self._by_id = {office.id: office for office in offices}
        self._levels = levels
        self._fallback = next(office for office in offices if office.kind == FALLBACK)

    def get(self, office_id: str) -> Office | None:
        return self._by_id.get(office_id)

    def title(self, office_id: str) -> str:
        """What people call it; the id itself for an office that is gone."""
        office = self._by_id.get(office_id)
        return office.title if office else office_id

    def serving(self, kind: str, place: str) -> Office:
        """The office of this kind for a community's code; the city's desk where there is none, or no such place."""
        code = place[: CODE_DIGITS.get(self._levels.get(kind, ""), 0)]
        return self._by_id.get(f"{kind}-{code}", self._fallback)

    def in_role(self, service: Mapping[str, Any], role: str, place: str) -> Office:
        """The office that has this role (accept, decide, …) in a service, an entry of services.json."""
        return self.serving(str(service.get("office_kinds", {}).get(role, FALLBACK)), place)


def load_offices(path: Path) -> Offices:
    """The offices the build wrote; raises OSError, ValueError, KeyError or StopIteration when they are none."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Offices(tuple(Office(**office) for office in told["offices"]), told["levels"])
