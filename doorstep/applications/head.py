"""The head of an application: the one record every step writes, conditionally."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from doorstep.applications.canonical import canonical

HEAD_LIMIT = 32 * 1024
"""Bytes a serialised head may have. DynamoDB allows 400 KB; a queue of small heads stays fast."""

ITEM_LIMIT = 256 * 1024
"""Bytes a sealed item may have: four times the largest request, well under DynamoDB's 400 KB."""


class DamagedHead(ValueError):
    """Stored bytes that are no head. The text never holds them."""


class Item(NamedTuple):
    """A sealed, immutable piece of an application, named by the SHA-256 of its bytes (64 hex digits)."""

    digest: str
    content: bytes


class Head(NamedTuple):
    """What is known of an application without opening it; at most HEAD_LIMIT bytes as JSON.

    `revision` counts from 1. `events` are the journal's signed tokens, oldest first: the first is the receipt.
    `sealed` names the items this head vouches for, purpose → digest. `wraps` holds the data key, wrapped once
    for each reader. `queue` and `position` place it in one list of the office that holds it (position sorts by
    time), `notice` among those whose resident is still to be told ("" once they know): see `standing.py`.
    """

    reference: str
    revision: int
    status: str
    service: str
    form: str
    form_version: str
    received_at: str
    key_hash: str
    queue: str
    position: str
    notice: str
    events: tuple[str, ...]
    sealed: dict[str, str]
    wraps: dict[str, dict[str, str]]
    routing: dict[str, str]

    def to_bytes(self) -> bytes:
        """Canonical JSON, the same bytes for the same head: what the store keeps and checkpoints hash."""
        return canonical(self._asdict())

    @classmethod
    def from_bytes(cls, content: bytes) -> Head:
        """The head `to_bytes` made these bytes from; DamagedHead for any others."""
        try:
            parts: dict[str, Any] = json.loads(content)
            head = cls(**parts | {"events": tuple(parts["events"])})
            if _is_sound(head) and head.to_bytes() == content:
                return head
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass  # the error's text would hold the content
        raise DamagedHead("the stored bytes are not a head")

    def next(self, **changes: Any) -> Head:
        """The head one revision later, with these changes."""
        return self._replace(revision=self.revision + 1, **changes)


def _is_sound(head: Head) -> bool:
    """Whether each field is of its type: whoever reads a head need not ask again."""
    texts = [part for name, part in head._asdict().items() if name not in _NOT_TEXT]
    tables = [head.sealed, head.routing, *head.wraps.values()]
    texts += [*head.events, *(text for table in tables for text in table.values())]
    return type(head.revision) is int and all(type(text) is str for text in texts)


_NOT_TEXT = frozenset({"revision", "events", "sealed", "wraps", "routing"})


class QueueEntry(NamedTuple):
    """What a list shows of an application: its columns only, never the head. `place` is a community's code."""

    reference: str
    position: str
    revision: int
    status: str
    service: str
    place: str
    received_at: str


class QueuePage(NamedTuple):
    """Entries in order of position, and where the next page starts (None at the end)."""

    entries: tuple[QueueEntry, ...]
    next_after: str | None
