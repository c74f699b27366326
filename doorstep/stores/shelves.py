"""Shelves as every store keeps them: two columns of each kind, its name and the position there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from doorstep.applications.head import Head, QueueEntry, QueuePage
from doorstep.applications.queues import SHELVES, place_of, shelves_of

ENTRY_COLUMNS = ("reference", "revision", "status", "service", "place", "received_at")
"""What an index holds beside a shelf's two columns, so that a page never touches a head."""

MOST_HEADS = 100
"""How many heads may be asked for at once: what DynamoDB's API answers."""


class Range(NamedTuple):
    """Positions above `low` and below `high`, both left out; None for no bound."""

    low: str | None
    high: str | None


def shelf_column(kind: str) -> str:
    return f"{kind}_shelf"


def position_column(kind: str) -> str:
    return f"{kind}_position"


SHELF_COLUMNS = tuple(column for kind in SHELVES for column in (shelf_column(kind), position_column(kind)))


def columns_of(head: Head) -> dict[str, str]:
    """A head's shelf columns. A kind of shelf it does not stand on is left out."""
    stands = [shelf for shelf in shelves_of(head) if shelf.name and shelf.position]
    names = {shelf_column(shelf.kind): shelf.name for shelf in stands}
    return names | {position_column(shelf.kind): shelf.position for shelf in stands}


def entry_of(head: Head, position: str) -> QueueEntry:
    """What a shelf shows of this head at this position."""
    return QueueEntry(
        head.reference, position, head.revision, head.status, head.service, place_of(head), head.received_at
    )


def range_of(after: str | None, until: str | None, *, newest_first: bool) -> Range | None:
    """The positions a page may show; None when there can be none."""
    tops = [until] if not newest_first or after is None else [after, until]
    high = min((top for top in tops if top is not None), default=None)
    low = None if newest_first else after or None
    return None if high is not None and high <= (low or "") else Range(low, high)


def page_of(entries: Sequence[QueueEntry], limit: int) -> QueuePage:
    """The page of what was read: up to one more than the limit, which tells whether it goes on."""
    shown = tuple(entries[:limit])
    return QueuePage(shown, shown[-1].position if len(entries) > limit else None)


def asked_for(references: Iterable[str]) -> list[str]:
    """Each reference once; ValueError for more than MOST_HEADS, which is a mistake in the program."""
    once = list(dict.fromkeys(references))
    if len(once) > MOST_HEADS:
        raise ValueError(f"{len(once)} heads were asked for at once; the most is {MOST_HEADS}")
    return once
