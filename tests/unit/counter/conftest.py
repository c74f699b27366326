"""The counter's rules are tried on the office's real file: there is no second implementation to keep in step."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.counter.staff import Staff, add_staff
from doorstep.stores.office_file import OfficeFile

NOON = dt.datetime(2026, 11, 23, 4, 0, 0, tzinfo=dt.UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFile]:
    file = OfficeFile(tmp_path / "office" / "office.sqlite3")
    yield file
    file.close()


def chance(seed: int = 0) -> random.Random:
    return random.Random(seed)


def somebody(office: OfficeFile, name: str = "甲", role: str = "clerk", subject: str = "", seed: int = 1) -> Staff:
    return add_staff(
        office.staff, name=name, office="street-650203001", role=role, subject=subject, random=chance(seed).randbytes
    )[0]
