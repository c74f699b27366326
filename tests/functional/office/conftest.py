from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.office.hall import Hall, run_hall
from tests.functional.office_house import Office, run_office


@pytest.fixture
def office(settings: ServeSettings) -> Iterator[Office]:
    running = run_office(settings)
    yield running
    running.function.stop()


@pytest.fixture
def hall(settings: ServeSettings) -> Iterator[Hall]:
    running = run_hall(settings)
    yield running
    running.intake.function.stop()
    running.office.function.stop()
