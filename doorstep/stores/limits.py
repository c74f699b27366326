"""What every store refuses before writing anything."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.applications.head import HEAD_LIMIT, ITEM_LIMIT, Head, Item
from doorstep.applications.store import HeadFull, TooLarge


def measured(head: Head, items: Sequence[Item], expected_revision: int) -> bytes:
    """The head's bytes, once head and items are known to fit; TooLarge (HeadFull) otherwise.

    ValueError for a head that does not follow `expected_revision`: a mistake in the program, not in the data.
    """
    if head.revision != expected_revision + 1:
        raise ValueError(f"revision {head.revision} cannot follow {expected_revision}")
    content = head.to_bytes()
    if len(content) > HEAD_LIMIT:
        raise HeadFull(f"a head of {len(content)} bytes; the limit is {HEAD_LIMIT}")
    for item in items:
        if len(item.content) > ITEM_LIMIT:
            raise TooLarge(f"an item of {len(item.content)} bytes; the limit is {ITEM_LIMIT}")
    return content
