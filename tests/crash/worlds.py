"""Where the applications of a crash test rest: opened anew in every life of the server."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from doorstep.applications.head import Head, Item
from doorstep.applications.store import Store
from doorstep.stores.dynamodb import DynamoStore
from doorstep.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

Boundary = Callable[[str], None]


class World(Protocol):
    def open(self, boundary: Boundary) -> Store:
        """A store on this world's data that calls `boundary` wherever the process might die."""
        ...


class Deathbed:
    """A boundary that ends the process, without any farewell, when it is reached for the nth time."""

    def __init__(self, dies_at: int | None) -> None:
        self._left = dies_at
        self._lock = Lock()
        self.passed = 0

    def __call__(self, _name: str) -> None:
        with self._lock:
            self.passed += 1
            if self._left is not None and self.passed >= self._left:
                os._exit(1)


class Counted:
    """A store with a boundary before each commit and after it: nothing written yet, and written but not answered."""

    def __init__(self, store: Store, boundary: Boundary) -> None:
        self._store = store
        self._boundary = boundary
        self.head = store.head
        self.item = store.item
        self.heads = store.heads
        self.shelf = store.shelf
        self.references = store.references
        self.ping = store.ping

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        self._boundary("before items")
        self._store.commit(head, items, expected_revision=expected_revision)
        self._boundary("before answering")


class SqliteWorld:
    """A file; boundaries also before every statement inside the transaction, and on both sides of its end."""

    def __init__(self, path: Path, store: type[SqliteStore] = SqliteStore) -> None:
        self._path = path
        self._store = store

    def open(self, boundary: Boundary) -> Store:
        return Counted(self._store(self._path, boundary=boundary), boundary)


class StandingWorld:
    """A store that is open already, and has no boundaries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, _boundary: Boundary) -> Store:
        return self._store


class DynamoWorld:
    """A table; boundaries also before and after every single write, items and head.

    The client is made and used once before the forks, because that is slow, and let go of its connections: each child
    makes its own.
    """

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def open(self, boundary: Boundary) -> Store:
        def reached(event_name: str = "", **_parts: Any) -> None:
            boundary(event_name)

        self._client.meta.events.register("before-send.dynamodb.PutItem", reached)
        self._client.meta.events.register("after-call.dynamodb.PutItem", reached)
        return Counted(DynamoStore(self._client, self._table), boundary)
