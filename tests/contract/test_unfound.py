"""Words that found nothing rest alike in a file and in a table: by day, counted, bounded, and swept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from doorstep.applications.store import Store, StoreUnavailable
from doorstep.search.unfound import Said, UnfoundWords
from doorstep.stores.dynamodb_unfound import DynamoUnfound
from doorstep.stores.unfound_file import UNFOUND, UnfoundFile
from tests.contract.conftest import BACKENDS, Endpoints
from tests.contract.samples import committed
from tests.servers import dynamodb_client

MOST = 5
TODAY, YESTERDAY, LONG_AGO, FIRST = "2026-11-23", "2026-11-22", "2026-08-01", "2026-01-01"
Opening = Callable[..., UnfoundWords]


@pytest.fixture(params=BACKENDS)
def opening(request: pytest.FixtureRequest, endpoints: Endpoints, tmp_path: Path) -> Iterator[Opening]:
    opened: list[UnfoundWords] = []

    def open_one(most: int = MOST) -> UnfoundWords:
        if request.param == "sqlite":
            opened.append(UnfoundFile(tmp_path / "var" / UNFOUND, most=most))
        else:
            address, table = endpoints(request.param)
            opened.append(DynamoUnfound(dynamodb_client(address), table, most=most))
        return opened[-1]

    open_one().sweep("9999")
    yield open_one
    for shelf in opened:
        shelf.close()


def test_they_are_counted_by_day(opening: Opening) -> None:
    shelf = opening()
    noted = [(TODAY, "修鞋"), (TODAY, "换锁"), (TODAY, "修鞋"), (YESTERDAY, "修鞋"), (LONG_AGO, "磨刀")]
    assert all(shelf.note(day, words) for day, words in noted)
    there = [Said(YESTERDAY, "修鞋", 1), Said(TODAY, "换锁", 1), Said(TODAY, "修鞋", 2)]
    assert sorted(opening().since(YESTERDAY)) == sorted(there)
    assert sorted(shelf.since(LONG_AGO)) == sorted([*there, Said(LONG_AGO, "磨刀", 1)])
    assert shelf.since("2026-11-24") == []


def test_a_day_that_is_full_takes_no_others_and_still_counts_its_own(opening: Opening) -> None:
    shelf = opening()
    assert [shelf.note(TODAY, f"词{number}") for number in range(MOST + 2)] == [True] * MOST + [False] * 2
    assert shelf.note(TODAY, "词0")
    assert shelf.note(YESTERDAY, "词6")
    found = {said.words: said.times for said in shelf.since(TODAY)}
    assert found == {f"词{number}": 1 for number in range(1, MOST)} | {"词0": 2}


def test_what_is_swept_is_gone_and_all_else_stays(opening: Opening) -> None:
    shelf = opening()
    for day in (LONG_AGO, YESTERDAY, TODAY):
        assert shelf.note(day, "修鞋")
    shelf.sweep(YESTERDAY)
    assert sorted(shelf.since(FIRST)) == [Said(YESTERDAY, "修鞋", 1), Said(TODAY, "修鞋", 1)]
    shelf.sweep(YESTERDAY)
    assert all(shelf.note(LONG_AGO, f"词{number}") for number in range(MOST)), "the day's room was swept with it"


def test_whatever_words_hold_comes_back(opening: Opening) -> None:
    shelf = opening()
    odd = ["a#b", "#", "ئۇيغۇر", "𠀀𠀁", "x" * 240]
    assert all(shelf.note(TODAY, words) for words in odd)
    assert sorted(said.words for said in shelf.since(TODAY)) == sorted(odd)


def test_of_all_who_come_at_once_each_is_counted(opening: Opening, request: pytest.FixtureRequest) -> None:
    serial = "moto" in request.node.name  # its server loses writes under threads
    shelf = opening(100)  # who come at once with new words may take more room than they need
    with ThreadPoolExecutor(1 if serial else 8) as pool:
        kept = list(pool.map(lambda number: shelf.note(TODAY, f"词{number % 2}"), range(40)))
    assert all(kept)
    assert sorted(said.times for said in shelf.since(TODAY)) == [20, 20]


def test_reconciling_takes_them_for_no_application(store: Store, opening: Opening) -> None:
    opening().note(TODAY, "修鞋")
    heads = {head.reference for head in committed(store, 2)}
    found = set(store.references())
    assert heads <= found
    assert "unfound" not in found


def test_thousands_are_read_and_swept_in_pages(tmp_path: Path, endpoints: Endpoints) -> None:
    address, table = endpoints("dynalite")
    shelf = DynamoUnfound(dynamodb_client(address), table)
    shelf.sweep("9999")
    wide = "词" * 300  # a page of an answer ends at 1 MB
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: shelf.note(f"2026-{number % 12 + 1:02}-01", f"{wide}{number}"), range(1300)))
    assert len(shelf.since(FIRST)) == 1300
    shelf.sweep("2026-12-01")
    assert {said.day for said in shelf.since(FIRST)} == {"2026-12-01"}
    shelf.sweep("9999")
    assert shelf.since(FIRST) == []


def test_the_files_trouble_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / UNFOUND
    shelf = UnfoundFile(path, timeout=0.1)
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match=r"another process held .*unfound\.sqlite3 locked"):
            shelf.note(TODAY, "修鞋")
    assert shelf.note(TODAY, "修鞋")
    shelf.close()


def test_swept_words_stand_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / UNFOUND
    shelf = UnfoundFile(path)
    shelf.note(LONG_AGO, "canarywords")
    shelf.sweep(TODAY)
    shelf.close()
    assert path.stat().st_size
    assert b"canary" not in b"".join(one.read_bytes() for one in tmp_path.glob(f"{UNFOUND}*"))
