"""A SQLite file of rows: whole transactions, one writer at a time, and readers that wait for nobody."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from doorstep.stores.private_file import SameFile
from doorstep.stores.sqlite_file import Kind, connect, create_file, explain, prepare
from doorstep.stores.sqlite_schema import SchemaGuard, foreign_things


class RowsFile:
    """The file of this kind at `path`, made if absent (0600, its folder 0700). Safe to share between threads.

    Open it after a fork, not before. `strict` refuses one in which somebody put triggers or the like. Everything
    raises StoreUnavailable when the file cannot be used, and what writes also OutcomeUnknown, when nobody knows whether
    the last flush reached the disk.
    """

    def __init__(self, path: Path, kind: Kind, *, timeout: float = 5.0, strict: bool = True) -> None:
        self._path = Path(path)
        self._kind = kind
        self._timeout = timeout
        self._idle: list[sqlite3.Connection] = []
        self._writing = threading.Lock()
        create_file(self._path)
        with self._explained():
            self._writer = prepare(self._path, timeout, kind, strict=strict)
        self._guard = SchemaGuard(self._path, kind.schema)
        self._file = SameFile(self._path)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A writing transaction: all of the block or nothing, on the disk when it ends; one at a time for everybody."""
        with self._writing:
            self._file.check()
            try:
                with self._explained():
                    self._writer.execute("BEGIN IMMEDIATE")
                    self._guard.check(self._writer)
                    yield self._writer
                self._commit()
            finally:
                if self._writer.in_transaction:
                    with suppress(sqlite3.Error):  # the first error is the one to tell
                        self._writer.execute("ROLLBACK")

    def read(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """All rows, as they stand now."""
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

    def foreign(self) -> tuple[str, ...]:
        """What stands in the file that Doorstep did not make, or is gone; nothing where it is as it should be."""
        with self._writing, self._explained():
            return foreign_things(self._writer, self._kind.schema)

    def close(self) -> None:
        """Close the file. It cannot be used afterwards."""
        self._writer.close()
        while self._idle:
            self._idle.pop().close()

    def _commit(self) -> None:
        try:
            self._writer.execute("COMMIT")
        except sqlite3.Error as error:
            told = explain(error, self._path, self._timeout)
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY):
                raise StoreUnavailable(told) from error
            raise OutcomeUnknown(told) from error  # a failed flush may still have reached the disk

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreUnavailable(explain(error, self._path, self._timeout)) from error
