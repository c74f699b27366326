"""Whether an application stands where staff look for it: a list's columns say what its head says."""

from __future__ import annotations

import time
from collections.abc import Callable

from doorstep.applications.head import DamagedHead, Head, QueueEntry
from doorstep.applications.queues import Shelf, place_of, shelves_of
from doorstep.applications.store import Store

TRIES = 3
PAUSE = 0.5
"""Seconds between two looks: an index may come a moment after its head."""


def hidden_from(store: Store, head: Head, sleep: Callable[[float], None] = time.sleep) -> tuple[str, ...]:
    """The kinds of shelf on which it does not stand as it should. Raises StoreError."""
    found: tuple[str, ...] = ()
    for look in range(TRIES):
        if look:
            sleep(PAUSE)
            try:
                newest = store.head(head.reference)
            except DamagedHead:
                return ()  # it was spoiled just now: the next run names it
            if newest is None:
                return ()
            head = newest
        found = tuple(shelf.kind for shelf in shelves_of(head) if not _stands(store, head, shelf))
        if not found:
            return ()
    return found


def _stands(store: Store, head: Head, shelf: Shelf) -> bool:
    # Positions are unique, and none begins with another: the one just below this bound is ours, or it is not there.
    page = store.shelf(shelf.name, after=f"{shelf.position}~", newest_first=True, limit=1)
    expected = QueueEntry(
        head.reference, shelf.position, head.revision, head.status, head.service, place_of(head), head.received_at
    )
    return page.entries == (expected,)
