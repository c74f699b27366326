"""Options that several rooms of the tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("doorstep")
    group.addoption("--schedules", type=int, default=2000, help="how many random schedules the crash test runs")
    group.addoption("--seed", type=int, default=None, help="replay the one schedule of this seed")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running
