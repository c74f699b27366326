from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.office_house import Office, run_office


@pytest.fixture
def office(settings: ServeSettings) -> Iterator[Office]:
    running = run_office(settings)
    yield running
    running.function.stop()
