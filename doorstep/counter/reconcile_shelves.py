"""Whether an application stands where staff look for it: a list's columns say what its head says."""

from __future__ import annotations

import time
from collections.abc import Callable

from doorstep.applications.head import DamagedHead, Head, QueueEntry
from doorstep.applications.queues import Shelf, place_of, shelves_of
from doorstep.applications.store import Store

PAUSES = (0.0, 0.5, 1.0)
"""Seconds before it is looked at again: it may have moved on, and an index may come a moment after its head."""


def hidden_from(
    store: Store, head: Head, *, patient: bool = True, sleep: Callable[[float], None] = time.sleep
) -> tuple[str, ...]:
    """The kinds of shelf on which it does not stand as it should. Raises StoreError.

    `patient`: wait for an index that is late; not where many were hidden already.
    """
    found: tuple[str, ...] = ()
    for pause in (None, *(PAUSES if patient else PAUSES[:1])):
        if pause is not None:
            sleep(pause)
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
