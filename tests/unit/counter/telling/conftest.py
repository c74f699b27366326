from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.applications.keyring import create_or_load
from doorstep.stores.office_file import OfficeFile
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.city import City


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: RSA takes its time."""
    var = tmp_path_factory.mktemp("keys")
    create_or_load(var)
    return var


@pytest.fixture
def city(keys: Path, tmp_path: Path) -> Iterator[City]:
    file = OfficeFile(tmp_path / "office" / "office.sqlite3")
    yield City(MemoryStore(), keys, file)
    file.close()
