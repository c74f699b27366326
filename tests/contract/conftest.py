"""Every backend a store is tested on, opened anew as often as a test likes."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from doorstep.applications.store import Store
from doorstep.stores.dynamodb import DynamoStore
from doorstep.stores.dynamodb_table import create_table
from doorstep.stores.sqlite import SqliteStore
from tests.servers import dynalite, dynamodb_client, moto

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

OpenStore = Callable[[], Store]

NAMED = os.environ.get("DYNAMODB_ENDPOINT")
BACKENDS = ["sqlite", "dynalite", "moto", *(["named"] if NAMED else [])]
CONCURRENT = [backend for backend in BACKENDS if backend != "moto"]
"""moto's server loses acknowledged writes under threads, so it is asked one thing at a time."""


class Endpoints:
    """Starts each server once a session, when the first test asks for it, with one table for all tests."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self._known: dict[str, tuple[str, str]] = {}

    def __call__(self, backend: str) -> tuple[str, str]:
        """The server's address and the table's name."""
        if backend not in self._known:
            if backend == "named":
                assert NAMED is not None
                address = NAMED
            else:
                address = self._stack.enter_context(dynalite(self._folder) if backend == "dynalite" else moto())
            table = f"doorstep-test-{secrets.token_hex(4)}"
            create_table(dynamodb_client(address), table)
            if backend == "named":
                self._stack.callback(dynamodb_client(address).delete_table, TableName=table)
            self._known[backend] = (address, table)
        return self._known[backend]


@pytest.fixture(scope="session")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    with ExitStack() as stack:
        yield Endpoints(stack, tmp_path_factory.mktemp("leveldb"))


@pytest.fixture
def client_of(endpoints: Endpoints) -> Callable[[str], DynamoDBClient]:
    return lambda backend: dynamodb_client(endpoints(backend)[0])


@pytest.fixture
def open_store(request: pytest.FixtureRequest, endpoints: Endpoints, tmp_path: Path) -> Iterator[OpenStore]:
    """A function that opens a store; every store it opens rests on the same data."""
    backend = request.param
    opened: list[SqliteStore] = []

    def open_one() -> Store:
        if backend == "sqlite":
            opened.append(SqliteStore(tmp_path / "var" / "applications.sqlite"))
            return opened[-1]
        address, table = endpoints(backend)
        return DynamoStore(dynamodb_client(address), table)

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on every backend; one with "threads" in its name on those that bear them."""
    if "open_store" in metafunc.fixturenames:
        backends = CONCURRENT if "threads" in metafunc.function.__name__ else BACKENDS
        metafunc.parametrize("open_store", backends, indirect=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "applications.sqlite"
