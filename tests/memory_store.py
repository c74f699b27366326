"""A store in memory with the real interface, and hooks to fail at any write or read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import RLock

from doorstep.applications.head import HEAD_LIMIT, ITEM_LIMIT, DamagedHead, Head, Item, QueuePage
from doorstep.applications.queues import shelf_kind, shelves_of
from doorstep.applications.store import HeadFull, RevisionConflict, TooLarge
from doorstep.stores.shelves import Range, asked_for, entry_of, page_of, range_of


class MemoryStore:
    """Keeps heads as bytes, as real stores do.

    `hook` is called with the name of every point a commit or read passes: "before-commit", "item", "before-head",
    "after-head" (the commit counts, the caller does not know yet), "read-head", "read-item", "read-heads",
    "shelf", "references", "ping".
    What it raises reaches the caller. `fail_next(point, error)` does so once.
    """

    def __init__(self, hook: Callable[[str], None] | None = None) -> None:
        self.kept: dict[str, bytes] = {}
        self.items: dict[tuple[str, str], bytes] = {}
        self.commits = 0
        self._hook = hook
        self._failures: list[tuple[str, Exception]] = []
        self._lock = RLock()

    def fail_next(self, point: str, error: Exception) -> None:
        """The next time this point is passed, raise this error there; several are used up in order."""
        self._failures.append((point, error))

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        content = head.to_bytes()
        if len(content) > HEAD_LIMIT:
            raise HeadFull("the head is over its limit")
        if any(len(item.content) > ITEM_LIMIT for item in items):
            raise TooLarge("an item is over its limit")
        self._pass("before-commit")
        for item in items:
            self._pass("item")
            self.items.setdefault((head.reference, item.digest), item.content)
        self._pass("before-head")
        with self._lock:
            revision = self._revision(head.reference)
            if revision != expected_revision:
                raise RevisionConflict(f"at revision {revision}, expected {expected_revision}")
            self.kept[head.reference] = content
            self.commits += 1
        self._pass("after-head")

    def head(self, reference: str) -> Head | None:
        self._pass("read-head")
        stored = self.kept.get(reference)
        return Head.from_bytes(stored) if stored else None

    def item(self, reference: str, digest: str) -> bytes | None:
        self._pass("read-item")
        return self.items.get((reference, digest))

    def heads(self, references: Iterable[str]) -> dict[str, Head]:
        self._pass("read-heads")
        return {reference: head for reference in asked_for(references) if (head := self._sound(reference))}

    def shelf(
        self,
        name: str,
        *,
        after: str | None = None,
        until: str | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> QueuePage:
        self._pass("shelf")
        kind = shelf_kind(name)
        heads = [head for reference in list(self.kept) if (head := self._sound(reference))]
        stands = [
            (shelf, head) for head in heads for shelf in shelves_of(head) if (shelf.kind, shelf.name) == (kind, name)
        ]
        entries = sorted(
            (entry_of(head, shelf.position) for shelf, head in stands),
            key=lambda entry: entry.position,
            reverse=newest_first,
        )
        asked = range_of(after, until, newest_first=newest_first)
        return page_of([entry for entry in entries if asked and _within(entry.position, asked)][: limit + 1], limit)

    def references(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        self._pass("references")
        return tuple(sorted(reference for reference in self.kept if reference > (after or ""))[:limit])

    def ping(self) -> None:
        self._pass("ping")

    def _sound(self, reference: str) -> Head | None:
        stored = self.kept.get(reference)
        try:
            return Head.from_bytes(stored) if stored else None
        except DamagedHead:
            return None

    def _revision(self, reference: str) -> int:
        stored = self.kept.get(reference)
        try:
            return Head.from_bytes(stored).revision if stored else 0
        except DamagedHead:
            return -1  # something is there, and nobody expects it

    def _pass(self, point: str) -> None:
        if self._hook:
            self._hook(point)
        for number, (failing, error) in enumerate(self._failures):
            if failing == point:
                del self._failures[number]
                raise error


def _within(position: str, asked: Range) -> bool:
    return (asked.low is None or position > asked.low) and (asked.high is None or position < asked.high)
