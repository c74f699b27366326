"""Stores that break a promise on purpose: the crash test must find each of them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from doorstep.applications.head import Head, Item
from doorstep.stores.sqlite import INSERT_HEAD, INSERT_ITEM, SqliteStore, _Commit


class Overwriting(SqliteStore):
    """Writes the head whatever stands there."""

    def _put(self, work: _Commit) -> bool:
        self._writer.execute("DELETE FROM heads WHERE reference = ?", (work.head[-1],))
        self._writer.execute(INSERT_HEAD, work.head)
        for row in work.items:
            self._writer.execute(INSERT_ITEM, row)
        return True


class HeadFirst(SqliteStore):
    """Writes the items after the head that names them, in a transaction of their own."""

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        super().commit(head, [], expected_revision=expected_revision)
        self._boundary("between head and items")
        self._writer.executemany(INSERT_ITEM, [(head.reference, item.digest, item.content) for item in items])


class Forgetful(SqliteStore):
    """Leaves a head on its old shelves when it takes a step."""

    def _put(self, work: _Commit) -> bool:
        if not work.expected_revision:
            return super()._put(work)
        revision, content, reference = work.head[0], *work.head[-2:]
        cursor = self._writer.execute(
            "UPDATE heads SET revision = ?, content = ? WHERE reference = ? AND revision = ?",
            (revision, content, reference, work.expected_revision),
        )
        for row in work.items if cursor.rowcount else ():
            self._writer.execute(INSERT_ITEM, row)
        return cursor.rowcount > 0


class Hasty(SqliteStore):
    """Answers before it has written; writes when it is next asked."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._later: list[tuple[Head, Sequence[Item], int]] = []

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        self._catch_up()
        self._later.append((head, items, expected_revision))

    def head(self, reference: str) -> Head | None:
        self._catch_up()
        return super().head(reference)

    def _catch_up(self) -> None:
        while self._later:
            head, items, expected = self._later.pop()
            super().commit(head, items, expected_revision=expected)
