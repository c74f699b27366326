"""What both crash tests share: keys, seeds, and a folder that is quick to flush."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.applications.keyring import create_or_load
from doorstep.applications.office_keys import load_examiner, load_office_keys
from tests.crash.papers_server import AllKeys
from tests.crash.server import BothKeys
from tests.made_once import var_with_keys

ONE_ON_DYNALITE_IN = 20
"""Of so many seeds in a row one runs on dynalite, which is slower: the one that divides by it."""


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all keys are kept, for processes that load them themselves."""
    return var_with_keys(tmp_path_factory)


@pytest.fixture(scope="session")
def all_keys(key_folder: Path) -> AllKeys:
    return AllKeys(create_or_load(key_folder), load_office_keys(key_folder), load_examiner(key_folder))


@pytest.fixture(scope="session")
def keys(all_keys: AllKeys) -> BothKeys:
    return BothKeys(all_keys.intake, all_keys.office)


@pytest.fixture(scope="session")
def seeds(pytestconfig: pytest.Config) -> list[int]:
    """The one asked for by --seed, or as many new ones as --schedules asks for."""
    asked = pytestconfig.getoption("--seed")
    if asked is not None:
        return [asked]
    first = secrets.randbelow(10**9) * ONE_ON_DYNALITE_IN
    return list(range(first, first + pytestconfig.getoption("--schedules")))


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: a dead process loses no more there than on a disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)
