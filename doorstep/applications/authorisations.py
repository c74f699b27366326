"""Which papers have to be signed for an application, and by how many: the service's list and the answers say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doorstep.applications.called_for import is_called_for

ADULT = 18

_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")


class Authorisation(NamedTuple):
    """A paper to sign. `who` is agent (the applicant's mandate for whoever files for them) or each_adult; `people`
    how many sign it by the answers, 0 where they do not say.
    """

    id: str
    title: str
    who: str
    basis: str
    people: int


def authorisations(service: Mapping[str, Any], instance: Mapping[str, Any], today: dt.date) -> Iterator[Authorisation]:
    """What these answers call for, in the guide's order. `service` is an entry of services.json; what stands there
    `only_if` is signed where the answers call for it (`called_for`).
    """
    for paper in service.get("signatures", []):
        if not is_called_for(paper, instance):
            continue
        parts = paper["id"], paper["title"], paper["who"], paper["basis"]
        if paper["who"] == "agent" and instance.get("filing_for", "self") != "self":
            yield Authorisation(*parts, people=1)
        elif paper["who"] == "each_adult":
            yield Authorisation(*parts, people=adults(instance, today))


def adults(value: Any, today: dt.date) -> int:
    """People of age among the answers, by the birthday in their resident IDs; one who is named twice is one."""
    return sum(int(one[6:14]) + ADULT * 10_000 <= int(f"{today:%Y%m%d}") for one in set(_ids(value)))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _ids(part)
    elif isinstance(value, str) and _RESIDENT_ID.fullmatch(value):
        yield value
