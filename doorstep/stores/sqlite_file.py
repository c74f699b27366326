"""Opening a store's SQLite file, and saying in words what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from doorstep.applications.queues import SHELVES
from doorstep.applications.store import StoreUnavailable
from doorstep.durable import flush_folder
from doorstep.stores.private_file import check_private
from doorstep.stores.shelves import ENTRY_COLUMNS, SHELF_COLUMNS, position_column, shelf_column
from doorstep.stores.sqlite_schema import refuse_foreign

SCHEMA_VERSION = 2
"""1 had one list an office, and was never released."""

APPLICATION_ID = 0x446F6F72
"""Marks the file as Doorstep's ("Door")."""


def _index(kind: str) -> str:
    """A shelf's index holds all its pages show, so that one never touches a head; without heads that stand on none."""
    shelf, place = shelf_column(kind), position_column(kind)
    return f"CREATE INDEX {shelf} ON heads ({shelf}, {place}, {', '.join(ENTRY_COLUMNS)}) WHERE {shelf} IS NOT NULL"


SCHEMA = (
    # Numbered as they come, so that new heads and items lie at their tables' ends: references are random, and each
    # commit would flush other pages.
    f"""CREATE TABLE heads (
        number INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, status TEXT NOT NULL,
        service TEXT NOT NULL, place TEXT NOT NULL, received_at TEXT NOT NULL,
        {", ".join(f"{column} TEXT" for column in SHELF_COLUMNS)},
        content BLOB NOT NULL) STRICT""",
    *(_index(kind) for kind in SHELVES),
    """CREATE TABLE items (
        head INTEGER NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (head, digest)) STRICT, WITHOUT ROWID""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)


class Kind(NamedTuple):
    """What a file holds: its mark (application_id), the version of its schema and the statements that make it.

    `steps` lead from an older version to this one, by the version they begin at.
    """

    mark: int
    version: int
    schema: tuple[str, ...]
    steps: Mapping[int, tuple[str, ...]] = MappingProxyType({})


APPLICATIONS = Kind(APPLICATION_ID, SCHEMA_VERSION, SCHEMA)


def create_file(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600; SQLite gives its side files the same mode).

    Refuses a file or side file that is a link, another user's or open to others.
    """
    try:
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                flush_folder(folder.parent)
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            check_private(path.with_name(name))
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        flush_folder(path.parent)  # SQLite does this for its side files
    except OSError as error:
        raise StoreUnavailable(
            f"cannot open {path} for writing ({error.strerror}; {_owner(path)}): "
            "let the account that runs Doorstep own the folder and the file, or set DOORSTEP_VAR to another folder"
        ) from error


def connect(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection in WAL mode where a commit is on the disk before it returns (synchronous=FULL).

    Waits up to `timeout` seconds for other processes' locks. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.text_factory = _text
        connection.execute("PRAGMA fullfsync = ON")  # macOS: through the disk's own cache; nothing elsewhere
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(path: Path, timeout: float, kind: Kind = APPLICATIONS, *, strict: bool = True) -> sqlite3.Connection:
    """The writing connection of a file that is known to be ours, in WAL mode and of this schema version.

    Raises sqlite3.Error, or StoreUnavailable for a file that another program or a newer Doorstep made, and, if
    `strict`, for one in which somebody put triggers or the like.
    """
    connection = connect(path, timeout)
    try:
        _check_owner(connection, path, kind)
        _switch_to_wal(connection, path, timeout)
        connection.execute("BEGIN IMMEDIATE")  # two workers may start on a new file at once
        version = _pragma(connection, "user_version")
        for statement in kind.schema if version == 0 else kind.steps.get(version, ()):
            connection.execute(statement)
        if strict:
            refuse_foreign(connection, path, kind.schema)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def explain(error: sqlite3.Error, path: Path, timeout: float) -> str:
    """What went wrong in words, with SQLite's own name for it, and what to do about it."""
    remedies = {
        sqlite3.SQLITE_FULL: f"the disk that holds {path} is full: free space on it, then send again",
        sqlite3.SQLITE_READONLY: f"{path} or its folder is read-only here ({_owner(path)}): "
        "let the account that runs Doorstep own and write both",
        sqlite3.SQLITE_CANTOPEN: f"{path} or its side files cannot be opened ({_owner(path)}): "
        "let the account that runs Doorstep own and write the file and its folder",
        sqlite3.SQLITE_BUSY: f"another process held {path} locked for more than {timeout:g} s: "
        "end what holds it (a backup, a sqlite3 shell), then send again",
        sqlite3.SQLITE_NOTADB: f"{path} is not a database: move it away and put the latest backup in its place",
        sqlite3.SQLITE_CORRUPT: f"{path} is damaged: stop Doorstep, keep the file, put the latest backup in its place",
        sqlite3.SQLITE_IOERR: f"the disk that holds {path} fails to read or write: check its quota and its health",
    }
    name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return f"{remedies.get(code, f'{path} cannot be used: see the name of the error')} ({name})"


def _check_owner(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    with closing(connection.execute("SELECT count(*) FROM sqlite_schema")) as cursor:
        empty = cursor.fetchall() == [(0,)]
    if not empty and _pragma(connection, "application_id") != kind.mark:
        raise StoreUnavailable(f"{path} belongs to another program: set DOORSTEP_VAR to another folder")
    version = _pragma(connection, "user_version")
    if version > kind.version:
        raise StoreUnavailable(
            f"{path} has schema version {version}, this Doorstep knows {kind.version}: start the newer Doorstep"
        )
    if not empty and version < kind.version and version not in kind.steps:
        raise StoreUnavailable(
            f"{path} has schema version {version}, of before the first release; this Doorstep needs {kind.version}: "
            f"move {path.name}, {path.name}-wal and {path.name}-shm to another folder and start again with a new file"
        )


def _text(stored: bytes) -> str:
    # What is no UTF-8 was put there by somebody else: it spoils its own row, not the reading of all others.
    return stored.decode(errors="replace")


def _switch_to_wal(connection: sqlite3.Connection, path: Path, timeout: float) -> None:
    # SQLite does not wait for this lock by itself.
    deadline = time.monotonic() + timeout
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchall()[0][0]
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    if mode != "wal":
        raise StoreUnavailable(f"{path} cannot keep a write-ahead log: put it on a local disk, not a network share")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchall()[0][0])


def _owner(path: Path) -> str:
    existing = next(part for part in (path, *path.parents) if part.exists())
    return f"{existing} belongs to user {existing.stat().st_uid}, this process runs as {os.geteuid()}"
