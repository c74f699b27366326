from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from doorstep.portal.site import load_portal
from doorstep.search.index import Index, index_of
from doorstep.search.ranking import Ranker

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def told() -> bytes:
    """The index of everything, as a phone would fetch it."""
    return load_portal(ROOT, demo=True, built_on=dt.datetime.now(dt.UTC).date()).search_index.content


@pytest.fixture(scope="session")
def index(told: bytes) -> Index:
    return index_of(told)


@pytest.fixture(scope="session")
def ranker(index: Index) -> Ranker:
    return Ranker(index)
