from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.stores.office_file import OfficeFile
from doorstep.stores.sqlite import SqliteStore
from tests.made_once import var_with_keys
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.city import City
from tests.unit.counter.telling.sent_papers import Sent
from tests.unit.counter.telling.town import Town


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return var_with_keys(tmp_path_factory)


@pytest.fixture
def city(keys: Path, tmp_path: Path) -> Iterator[City]:
    file = OfficeFile(tmp_path / "office" / "office.sqlite3")
    yield City(MemoryStore(), keys, file)
    file.close()


@pytest.fixture
def town(keys: Path, tmp_path: Path) -> Iterator[Town]:
    path, office = tmp_path / "applications.sqlite3", tmp_path / "office" / "office.sqlite3"
    store, file = SqliteStore(path), OfficeFile(office)
    town = Town(City(store, keys, file), tmp_path / "checkpoints", path, office)
    town.first, town.second = town.city.due()[0], town.city.due("accepted")[0]
    town.old = {reference: town.content(reference) for reference in (town.first, town.second)}
    for _ in range(3):
        town.read()
    assert town.checkpoint() == ()
    town.city.step(town.second, "approved")
    town.read()
    assert town.checkpoint() == ()
    yield town
    store.close()
    file.close()


@pytest.fixture
def sent(town: Town) -> Sent:
    return Sent(town.city, town.city.var / f"files-{secrets.token_hex(4)}")
