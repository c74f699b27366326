"""Keys are made once (RSA takes its time); every test has its own data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.house import Intake, build_small_site, run_intake
from tests.made_once import var_with_keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return var_with_keys(tmp_path_factory)


@pytest.fixture
def settings(tmp_path: Path, keys: Path) -> ServeSettings:
    return build_small_site(tmp_path, keys)


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_intake(settings)
    yield running
    running.function.stop()
