"""Stores filled in bulk with made-up applications, for questions about how the office's lists grow.

One a minute (63 seconds), the newest on the evening of LAST; a smaller store holds the newest of a larger one, so
that a day is as busy in both. Half are unread, as if nobody had looked for two years: the deepest list there can be.
Of the others every second of the last thousand is being handled, and of those before one in a thousand was left
behind; the rest are closed. Indexes are made after the rows, which is faster. A head that no question reads has no
content, for pages are read from indexes alone; those that are read are whole, some 2 KB, with events nobody signed
(lists verify none).
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.head import Head
from doorstep.applications.journal import follow_events
from doorstep.applications.queues import place_of
from doorstep.stores.shelves import SHELF_COLUMNS, columns_of
from doorstep.stores.sqlite import INSERT_HEAD, SqliteStore

LAST = dt.datetime(2026, 9, 1, 15, 59, tzinfo=dt.UTC)
APART = dt.timedelta(seconds=63)
RECENT = 1_000

OFFICES = ("street-650203001", "street-650203002")
SERVICES = ("minimum-living-allowance", "another-service")


class File(NamedTuple):
    """A filled store, and some of its applications from the middle, from which pages are full both ways."""

    store: SqliteStore
    middle: list[Head]


def filled(path: Path, count: int) -> File:
    """The newest `count` applications."""
    SqliteStore(path).close()
    middle: list[Head] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        random = Random(count)
        for number in range(count):
            newer = count - number
            head = application(newer, random)
            content = b""
            if min(number, newer, abs(count // 2 - number)) < 2 * RECENT or head.status == "accepted":
                head = _whole(head)
                content = head.to_bytes()
                if abs(count // 2 - number) < RECENT // 20:
                    middle.append(head)
            stands = columns_of(head)
            shown = (head.revision, head.status, head.service, place_of(head), head.received_at)
            yield (*shown, *map(stands.get, SHELF_COLUMNS), content, head.reference)

    with closing(sqlite3.connect(path)) as database:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            database.execute(f"PRAGMA {setting}")
        indexes = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql > ''").fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        database.executemany(INSERT_HEAD, rows())
        for _, made in indexes:
            database.execute(made)
        database.commit()
    return File(SqliteStore(path), middle)


def application(newer: int, random: Random) -> Head:
    """The one that as many are as new as, itself included. Office, service and community take turns."""
    received, later = (_written(LAST - APART * newer + dt.timedelta(seconds=wait)) for wait in (0, 30))
    office, service = OFFICES[newer % 2], SERVICES[newer // 4 % 2]
    status, name, at = "received", "unread", received
    if newer // 2 % 2:
        handled = (newer <= RECENT and newer // 16 % 2) or random.random() < 1 / RECENT
        status, name, at = ("accepted", "working", later) if handled else ("withdrawn", "closed", later)
    reference = f"{random.getrandbits(60):015x}"
    return Head(
        reference=reference,
        revision=1 if at == received else 2,
        status=status,
        service=service,
        form=service,
        form_version="0" * 64,
        received_at=received,
        key_hash="1" * 43,
        queue=f"{office}/{name}",
        position=f"{at}#{reference}",
        notice=f"{at}#{reference}" if status == "accepted" else "",
        events=(),
        sealed={"answers": "2" * 64},
        wraps={reader: {"key": "k" * 24, "wrapped": "w" * 512} for reader in ("office", "notifier")},
        routing={"community": f"{office.removeprefix('street-')}{newer // 8 % 2:03}"},
    )


def _whole(head: Head) -> Head:
    """The same with its events; where they lead must be where it stands."""
    office = head.queue.partition("/")[0]
    said = [{"type": "received", "at": head.received_at, "office": office, "service": head.service}]
    if head.status != "received":
        said.append({"type": head.status, "at": head.position.partition("#")[0]})
    whole = head._replace(events=tuple(_token(head, number, facts) for number, facts in enumerate(said, start=1)))
    assert follow_events(whole) == whole, "the bulk's columns are not what its events say"
    return whole


def _token(head: Head, revision: int, facts: dict[str, str]) -> str:
    known = {"v": 1, "id": "i" * 22, "reference": head.reference, "revision": revision, "by": "intake"}
    payload = facts | known | {"commitment": "c" * 43, "previous": "3" * 64, "form_version": head.form_version}
    return f"{'h' * 100}.{encoding.encode(canonical(payload))}.{'s' * 86}"


def _written(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
