"""How a service is done: here online, somewhere else, or at a counter; and which counter that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.offices import kinds_of

Way = Literal["online", "elsewhere", "counter"]

LISTED = frozenset({"street", "committee"})
"""The kinds of office whose counters are the streets and communities of /places/."""


@dataclass(frozen=True)
class Counter:
    """Who takes an application. Only a `listed` one is found on /places/; where another stands, nobody has told us."""

    title: str
    listed: bool


def way_of(guide: Guide) -> Way:
    if guide.form:
        return "online"
    return "elsewhere" if guide.facts.get("elsewhere") else "counter"


def counter_of(guide: Guide, kinds: Iterable[dict[str, Any]]) -> Counter:
    return Counter(guide.facts["offices"]["accept"], kinds_of(guide, kinds)["accept"] in LISTED)
