"""Walking along an office's shelves: several of them as one list in order of position, with every entry's head."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from doorstep.applications.head import Head, QueueEntry
from doorstep.counter.counter import Counter

BEFORE = ("unread", "corrected", "waiting")
"""The lists of what is not accepted yet: in order of receipt."""

ACCEPTED = ("working", "working-corrected", "working-waiting")
"""The lists of what is accepted: in order of acceptance."""

AT_ONCE = 100
"""Heads read at once."""


class Span(NamedTuple):
    """Positions above `after` and below `until`; "" for no bound above which to begin."""

    after: str
    until: str


class Walk(NamedTuple):
    """Which part of a list: of one service, one community, from just behind `after`.

    `spans` gives by service and list where something may stand; what it does not name is left out. `limit` is how many
    are likely to be looked at.
    """

    service: str | None = None
    place: str | None = None
    after: str | None = None
    spans: Mapping[tuple[str, str], Span] | None = None
    newest_first: bool = False
    limit: int = 51


Found = Iterator[tuple[QueueEntry, Head | None]]


def entries(counter: Counter, office: str, lists: tuple[str, ...], asked: Walk) -> Iterator[QueueEntry]:
    """Every entry of these lists of the office, in order. Lazy: only as many pages are read as are looked at.

    Raises StoreUnavailable, while it is looked at.
    """
    shelves = [_shelf(counter, name, span, asked) for name, span in _names(office, lists, asked)]
    merged = heapq.merge(*shelves, key=lambda entry: entry.position, reverse=asked.newest_first)
    # A shelf is of one service or of one community: whoever asks for both is given what is of both.
    return (entry for entry in merged if asked.service in (None, entry.service) and asked.place in (None, entry.place))


def with_heads(counter: Counter, found: Iterator[QueueEntry], at_once: int) -> Found:
    """The entries with their heads, read `at_once` at a time (AT_ONCE at most); None for one that cannot be read."""
    while batch := list(islice(found, min(at_once, AT_ONCE))):
        heads = counter.desk.store.heads(entry.reference for entry in batch)
        for entry in batch:
            yield entry, heads.get(entry.reference)


def _names(office: str, lists: tuple[str, ...], asked: Walk) -> Iterator[tuple[str, Span | None]]:
    """The shelves to read, and which part of each."""
    if asked.spans is not None:
        for (service, name), span in asked.spans.items():
            if name in lists and asked.service in (None, service):
                yield f"{office}/{name}/{service}", span
        return
    part = f"/{asked.place or asked.service}" if asked.place or asked.service else ""
    for name in lists:
        yield f"{office}/{name}{part}", None


def _shelf(counter: Counter, name: str, span: Span | None, asked: Walk) -> Iterator[QueueEntry]:
    after = asked.after
    if span is not None and span.after:
        after = max(after or "", span.after)
    while True:
        page = counter.desk.store.shelf(
            name,
            after=after,
            until=span.until if span else None,
            limit=asked.limit,
            newest_first=asked.newest_first,
        )
        yield from page.entries
        after = page.next_after
        if after is None:
            return
