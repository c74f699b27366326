"""Real keys made once, and a city for every test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.key_formats import Keys
from doorstep.applications.keyring import load_intake_keys
from doorstep.applications.office_keys import OfficeKeys, load_examiner, load_office_keys
from doorstep.stores.office_file import OfficeFile
from tests.made_once import var_with_keys
from tests.parsed_once import parsed_once
from tests.unit.counter.world import World

Make = Callable[..., World]


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return var_with_keys(tmp_path_factory)


@pytest.fixture(scope="session")
def keys(var_dir: Path) -> tuple[Keys, OfficeKeys]:
    return load_intake_keys(var_dir), load_office_keys(var_dir, parsed_once)


@pytest.fixture
def make(keys: tuple[Keys, OfficeKeys], var_dir: Path, office: OfficeFile, tmp_path: Path) -> Make:
    """A city whose allowance differs from the guide's by these parts of its entry."""

    def made(**service: Any) -> World:
        return World(*keys, office.readings, tmp_path, service, examiner=load_examiner(var_dir, parsed_once).signs)

    return made


@pytest.fixture
def world(make: Make) -> World:
    return make()
