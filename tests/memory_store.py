"""A store in memory with the real interface, and hooks to fail at any write or read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock

from doorstep.applications.head import HEAD_LIMIT, ITEM_LIMIT, DamagedHead, Head, Item, QueueEntry, QueuePage
from doorstep.applications.store import RevisionConflict, TooLarge


class MemoryStore:
    """Keeps heads as bytes, as real stores do.

    `hook` is called with the name of every point a commit or read passes: "before-commit", "item", "before-head",
    "after-head" (the commit counts, the caller does not know yet), "read-head", "read-item", "queue", "ping".
    What it raises reaches the caller. `fail_next(point, error)` does so once.
    """

    def __init__(self, hook: Callable[[str], None] | None = None) -> None:
        self.heads: dict[str, bytes] = {}
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
        if len(content) > HEAD_LIMIT or any(len(item.content) > ITEM_LIMIT for item in items):
            raise TooLarge("the head or an item is over its limit")
        self._pass("before-commit")
        for item in items:
            self._pass("item")
            self.items.setdefault((head.reference, item.digest), item.content)
        self._pass("before-head")
        with self._lock:
            revision = self._revision(head.reference)
            if revision != expected_revision:
                raise RevisionConflict(f"at revision {revision}, expected {expected_revision}")
            self.heads[head.reference] = content
            self.commits += 1
        self._pass("after-head")

    def head(self, reference: str) -> Head | None:
        self._pass("read-head")
        stored = self.heads.get(reference)
        return Head.from_bytes(stored) if stored else None

    def item(self, reference: str, digest: str) -> bytes | None:
        self._pass("read-item")
        return self.items.get((reference, digest))

    def queue(self, name: str, *, after: str | None = None, limit: int = 50) -> QueuePage:
        self._pass("queue")
        found = sorted(
            (head for head in map(Head.from_bytes, list(self.heads.values())) if head.queue == name),
            key=lambda head: head.position,
        )
        behind = [head for head in found if after is None or head.position > after]
        entries = tuple(
            QueueEntry(head.reference, head.position, head.revision, head.status, head.service, head.received_at)
            for head in behind[:limit]
        )
        return QueuePage(entries, entries[-1].position if len(behind) > limit else None)

    def ping(self) -> None:
        self._pass("ping")

    def _revision(self, reference: str) -> int:
        stored = self.heads.get(reference)
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
