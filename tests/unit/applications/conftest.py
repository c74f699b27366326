"""A desk for every test: real keys made once, a store in memory, a clock that stands still until told."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.desk import Desk
from doorstep.applications.keyring import Keys, load_intake_keys
from doorstep.applications.keys import mint_submission_key
from doorstep.applications.submit import Submitted, submit
from tests.made_once import var_with_keys
from tests.memory_store import MemoryStore

ANSWERS: dict[str, Any] = {
    "filing_for": "self",
    "applicant_name": "阿依古丽·买买提",
    "household_members": [{"name": "王小明", "monthly_income": "1200.00"}],
    "rooms": 2,
    "agreed": True,
}


class Clock:
    """Says the time it was told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 5, 4, 3, 999999, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class Counter:
    """One machine: a desk with everything in reach of the test."""

    def __init__(self, keys: Keys) -> None:
        self.store = MemoryStore()
        self.clock = Clock()
        self.desk = Desk(self.store, keys, self.clock, secrets.token_bytes)

    def key(self) -> str:
        return mint_submission_key(secrets.token_bytes)

    def submit(self, key: str, answers: Any = None, **changes: Any) -> Submitted:
        parts: dict[str, Any] = {
            "form_id": "minimum-living-allowance",
            "form_version": "ab" * 32,
            "service": "minimum-living-allowance",
            "instance": ANSWERS if answers is None else answers,
            "routing": {"registered_community": "650203001001"},
            "key": key,
            "filed_by": "self",
            "office": "street-650203001",
            "phones": {"phone": "0990-1234567"},
        }
        return submit(self.desk, **parts | changes)


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return var_with_keys(tmp_path_factory)


@pytest.fixture(scope="session")
def keys(var_dir: Path) -> Keys:
    return load_intake_keys(var_dir)


@pytest.fixture
def counter(keys: Keys) -> Counter:
    return Counter(keys)
