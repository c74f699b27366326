"""Applications in one SQLite file: for one machine, any number of threads and processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.applications.head import DamagedHead, Head, Item, QueueEntry, QueuePage
from doorstep.applications.queues import place_of, shelf_kind
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.stores.groups import Groups, Turn
from doorstep.stores.limits import measured
from doorstep.stores.private_file import SameFile
from doorstep.stores.shelves import (
    SHELF_COLUMNS,
    Range,
    asked_for,
    columns_of,
    page_of,
    position_column,
    range_of,
    shelf_column,
)
from doorstep.stores.sqlite_file import SCHEMA, SCHEMA_VERSION, connect, create_file, explain, prepare
from doorstep.stores.sqlite_schema import SchemaGuard, foreign_things

COLUMNS = ("revision", "status", "service", "place", "received_at", *SHELF_COLUMNS, "content", "reference")
INSERT_HEAD = (
    f"INSERT INTO heads ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))}) ON CONFLICT DO NOTHING"  # noqa: S608
)
UPDATE_HEAD = f"UPDATE heads SET {' = ?, '.join(COLUMNS[:-1])} = ? WHERE reference = ? AND revision = ?"  # noqa: S608
INSERT_ITEM = """INSERT INTO items (head, digest, content)
    SELECT number, ?, ? FROM heads WHERE reference = ? ON CONFLICT DO NOTHING"""
ITEM = "SELECT content FROM items WHERE digest = ? AND head = (SELECT number FROM heads WHERE reference = ?)"
HEADS = "SELECT reference, content FROM heads WHERE reference IN ({})"
REFERENCES = (
    "SELECT CAST(reference AS BLOB) FROM heads WHERE reference > CAST(? AS TEXT) ORDER BY heads.reference LIMIT ?"
)

MOST_IN_A_GROUP = 64


class _Commit(NamedTuple):
    """One commit as SQLite takes it."""

    head: tuple[Any, ...]
    items: tuple[tuple[str, bytes, str], ...]
    expected_revision: int


def page_statement(kind: str, asked: Range, *, newest_first: bool) -> str:
    """The query for a page of a shelf of this kind: its parameters are the name, the bounds there are, and a limit."""
    position = position_column(kind)
    # A position is plain letters; one that is not would come out otherwise than it is stored, and no page follow it.
    plain = f"{position} NOT GLOB '*[^ -~]*' AND length(CAST({position} AS BLOB)) = length({position})"
    bounds = f" AND {position} > ?" * (asked.low is not None) + f" AND {position} < ?" * (asked.high is not None)
    return (
        f"SELECT reference, {position}, revision, status, service, place, received_at FROM heads "  # noqa: S608
        f"WHERE {shelf_column(kind)} = ?{bounds} AND {plain} "
        f"ORDER BY {position} {'DESC' if newest_first else 'ASC'} LIMIT ?"
    )


class SqliteStore:
    """A Store in the SQLite file at `path`, which is made if absent (0600, its folder 0700).

    Waits up to `timeout` seconds for other processes. `boundary` is called with a name at every point where the
    process might die between two writes; the crash test dies there. Open it after a fork, not before. `strict` refuses
    a file in which somebody put triggers or the like. Raises StoreUnavailable when the file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        timeout: float = 5.0,
        boundary: Callable[[str], None] | None = None,
        strict: bool = True,
    ) -> None:
        self._path = Path(path)
        self._timeout = timeout
        self._boundary = boundary or (lambda _name: None)
        self._idle: list[sqlite3.Connection] = []
        self._groups = Groups(self._write, most=MOST_IN_A_GROUP)
        create_file(self._path)
        with self._explained():
            self._writer = prepare(self._path, timeout, strict=strict)
        self._guard = SchemaGuard(self._path, SCHEMA)
        self._file = SameFile(self._path)

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        """See Store. Items and head share a transaction; commits that meet share the flush to the disk."""
        content = measured(head, items, expected_revision)
        stands = columns_of(head)
        shelves = map(stands.get, SHELF_COLUMNS)
        columns = (head.revision, head.status, head.service, place_of(head), head.received_at, *shelves)
        rows = tuple((item.digest, item.content, head.reference) for item in items)
        self._groups.run(_Commit((*columns, content, head.reference), rows, expected_revision))

    def head(self, reference: str) -> Head | None:
        """See Store."""
        rows = self._read("SELECT content FROM heads WHERE reference = ?", (reference,))
        return Head.from_bytes(rows[0][0]) if rows else None

    def item(self, reference: str, digest: str) -> bytes | None:
        """See Store."""
        rows = self._read(ITEM, (digest, reference))
        return bytes(rows[0][0]) if rows else None

    def heads(self, references: Iterable[str]) -> dict[str, Head]:
        """See Store."""
        asked = asked_for(references)
        found = {}
        for reference, content in self._read(HEADS.format(", ".join("?" * len(asked))), tuple(asked)):
            with suppress(DamagedHead):
                found[reference] = Head.from_bytes(content)
        return found

    def shelf(
        self,
        name: str,
        *,
        after: str | None = None,
        until: str | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> QueuePage:
        """See Store. Read from the shelf's index alone."""
        kind = shelf_kind(name)
        asked = range_of(after, until, newest_first=newest_first)
        if asked is None:
            return QueuePage((), None)
        bounds = [bound for bound in asked if bound is not None]
        rows = self._read(page_statement(kind, asked, newest_first=newest_first), (name, *bounds, limit + 1))
        return page_of([QueueEntry(*row) for row in rows], limit)

    def references(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        """See Store. In alphabetical order. One that is no UTF-8 comes with its bytes escaped, to go on behind it."""
        rows = self._read(REFERENCES, ((after or "").encode(errors="surrogateescape"), limit))
        return tuple(row[0].decode(errors="surrogateescape") for row in rows)

    def ping(self) -> None:
        """See Store. Writes and flushes a page that stays as it was."""
        self._groups.run(None)

    def foreign(self) -> tuple[str, ...]:
        """What stands in the file that Doorstep did not make, or is gone; nothing where it is as it should be."""
        with self._explained(), closing(connect(self._path, self._timeout)) as connection:
            return foreign_things(connection, SCHEMA)

    def close(self) -> None:
        """Close the file. The store cannot be used afterwards."""
        self._writer.close()
        while self._idle:
            self._idle.pop().close()

    def _write(self, turns: Sequence[Turn[_Commit | None]]) -> None:
        """One transaction for a group. A conflict is its writer's own; a failing disk is everybody's."""
        self._file.check()
        try:
            with self._explained():
                self._writer.execute("BEGIN IMMEDIATE")
                self._guard.check(self._writer)
                for turn in turns:
                    if turn.work is None:
                        self._writer.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    elif not self._put(turn.work):
                        turn.failure = RevisionConflict(f"not at revision {turn.work.expected_revision}")
            self._boundary("before commit")
            try:
                self._writer.execute("COMMIT")
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                    raise StoreUnavailable(explain(error, self._path, self._timeout)) from error
                # A failed flush may still have reached the disk.
                raise OutcomeUnknown(explain(error, self._path, self._timeout)) from error
            self._boundary("after commit")
        finally:
            if self._writer.in_transaction:
                with suppress(sqlite3.Error):  # SQLite may have rolled back already; the first error is the one to tell
                    self._writer.execute("ROLLBACK")

    def _put(self, work: _Commit) -> bool:
        """Whether the head stood at the expected revision; if not, nothing is written."""
        self._boundary("before head")
        if work.expected_revision:
            cursor = self._writer.execute(UPDATE_HEAD, (*work.head, work.expected_revision))
        else:
            cursor = self._writer.execute(INSERT_HEAD, work.head)
        if cursor.rowcount == 0:
            return False
        for row in work.items:
            self._boundary("before item")
            self._writer.execute(INSERT_ITEM, row)
        return True

    def _read(self, statement: str, parameters: tuple[Any, ...]) -> list[Any]:
        # A connection for each thread that reads at this moment. All rows are fetched: an open read holds back the log.
        self._file.check()
        with self._explained():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = connect(self._path, self._timeout)
            try:
                return connection.execute(statement, parameters).fetchall()
            finally:
                self._idle.append(connection)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreUnavailable(explain(error, self._path, self._timeout)) from error
