"""What an application needs of the place it rests in.

`doorstep/stores/` keeps the promise; one contract suite proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from doorstep.applications.head import Head, Item, QueuePage


class StoreError(Exception):
    """Raised by stores only. Its text is for operators and never holds what a person typed."""


class RevisionConflict(StoreError):
    """The stored head is not at the expected revision. Nothing of this commit counts; read again and decide."""


class TooLarge(StoreError):
    """A head over HEAD_LIMIT or an item over ITEM_LIMIT. Refused before anything was written."""


class HeadFull(TooLarge):
    """A head over HEAD_LIMIT: so much has happened to this application that no further step fits, however short."""


class StoreUnavailable(StoreError):
    """The store refused or could not be reached: nothing of this commit counts."""


class OutcomeUnknown(StoreError):
    """The store was reached but did not answer: the commit may or may not count. Read before saying anything."""


class Store(Protocol):
    """Where heads and sealed items rest. Safe to share between threads."""

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        """Write the items, then the head if the stored one is at `expected_revision` (0: there is none).

        The head's write is the commit: whoever reads that head finds its items. Durable once this returns.
        Raises TooLarge, RevisionConflict, StoreUnavailable or OutcomeUnknown.
        """
        ...

    def head(self, reference: str) -> Head | None:
        """The newest committed head (a consistent read), or None. Raises StoreUnavailable, and DamagedHead for bytes
        that are no head (any more).
        """
        ...

    def item(self, reference: str, digest: str) -> bytes | None:
        """A sealed item's bytes, or None. Raises StoreUnavailable."""
        ...

    def heads(self, references: Iterable[str]) -> dict[str, Head]:
        """The newest heads of up to 100 references at once (consistent reads); absent and damaged ones are left out.

        Raises StoreUnavailable.
        """
        ...

    def shelf(
        self,
        name: str,
        *,
        after: str | None = None,
        until: str | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> QueuePage:
        """A page of one shelf (`queues.shelves_of`), by position, from just behind `after` and below `until`.

        `newest_first` turns the order round: from just below `after`, down. Raises StoreUnavailable, ValueError for a
        name that is no shelf's.
        """
        ...

    def references(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        """Some of all references, in the store's own order, from just behind `after`; an empty answer is the end.

        For reconciling only: it reads everything. Raises StoreUnavailable.
        """
        ...

    def ping(self) -> None:
        """Prove that writing would work now; raises StoreUnavailable saying what is wrong and what to do."""
        ...
