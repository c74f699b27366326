"""The office's lists: which shelves an application stands on, and where. All of it follows from the head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.standing import Standing

UNKNOWN_PLACE = "unknown"

_PARTS = {"arrivals": 3, "notices": 2}
"""Of how many parts the names of the shelves are that belong to no list of an office."""


class Shelf(NamedTuple):
    """`kind` is one of SHELVES; `name` the list; `position` its unique place there, which sorts by time."""

    kind: str
    name: str
    position: str


SHELVES = ("queue", "service", "place", "arrivals", "notices")
"""The indexes a store keeps: all of a list, one service's or one community's of it, who came close together, and
who is to be told.
"""


def shelves_of(head: Head) -> tuple[Shelf, ...]:
    """Every shelf this head stands on."""
    place = place_of(head)
    shelves = [
        Shelf("queue", head.queue, head.position),
        Shelf("service", f"{head.queue}/{head.service}", head.position),
        Shelf("place", f"{head.queue}/{place}", head.position),
        Shelf("arrivals", arrivals(head.service, place), position(head.received_at, head.reference)),
    ]
    if head.notice:
        shelves.append(Shelf("notices", notices(head.queue.partition("/")[0]), head.notice))
    return tuple(shelves)


def shelf_kind(name: str) -> str:
    """Of which kind the shelf of this name is; ValueError for no shelf's name."""
    parts = name.split("/")
    wanted = _PARTS.get(parts[0])
    if wanted == len(parts):
        return parts[0]
    if wanted is None and len(parts) == 2:
        return "queue"
    if wanted is None and len(parts) == 3:
        return "place" if parts[2] == UNKNOWN_PLACE or parts[2].isdecimal() else "service"
    raise ValueError("not the name of a shelf")


def place_of(head: Head) -> str:
    """The community it comes from, as its answers say."""
    return routed_to(head.routing)


def routed_to(routing: Mapping[str, str]) -> str:
    """The community's code the answers route by; UNKNOWN_PLACE where the form asks for none or nobody knows it."""
    return next((code for _, code in sorted(routing.items())), UNKNOWN_PLACE)


def queue_of(now: Standing) -> str:
    """`street-650203001/unread`: the list of the office that holds it."""
    return f"{now.office}/{now.list}"


def arrivals(service: str, place: str) -> str:
    """The shelf of all that came for one service from one community, by the time they came."""
    return f"arrivals/{service}/{place}"


def notices(office: str) -> str:
    """The shelf of an office's applications whose residents are still to be told."""
    return f"notices/{office}"


def position(at: str, reference: str) -> str:
    """A place on a shelf that sorts by time and is unique."""
    return f"{at}#{reference}"
