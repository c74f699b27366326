"""The server dies at every write boundary and between any two, residents try again: nothing is lost, nothing doubled.

A schedule, drawn from one seed, is what one or two residents do (double click, lost response, two tabs, Back and
change, replay after a day, withdrawing), what staff do to it meanwhile (double click, two colleagues, a race with
the resident) and at which boundaries the server dies. Each life of the server is a forked
process that ends by os._exit: no cleanup, no flush, its threads cut off where they stand. Afterwards everybody tries
again, and the store is held against what was acknowledged. `--schedules N` runs as many, `--seed S` replays one.
The clicks of one request run in threads, so a replay may order those two in another way.

What this cannot show: the kernel lives on, and so do all bytes a dead process had written, flushed or not. A missing
fsync, a disk that lies about its cache, a torn sector: only a power cut shows these. For them stands SQLite's own
testing of WAL with synchronous=FULL, and a test here that these settings are in force.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from doorstep.stores.sqlite import SqliteStore
from tests.crash.apart import run_apart
from tests.crash.broken import Forgetful, Hasty, HeadFirst, Overwriting
from tests.crash.conftest import ONE_ON_DYNALITE_IN
from tests.crash.ledger import Violation
from tests.crash.run import run
from tests.crash.schedules import draw, one_draft
from tests.crash.server import BothKeys
from tests.crash.worlds import SqliteWorld


def test_random_schedules(seeds: list[int], key_folder: Path, quick_folder: Path) -> None:
    mine = [seed for seed in seeds if seed % ONE_ON_DYNALITE_IN]
    done, failures = run_apart("applications", mine, keys=key_folder, folder=quick_folder)
    if failures:
        pytest.fail("\n".join(failures), pytrace=False)
    assert done == mine


# A commit with one item has 6 boundaries, a refused one 4; a later step asked for again is known without a write.
@pytest.mark.parametrize(
    ("kind", "boundaries"),
    [("confirm", 6 + 4 + 4), ("withdraw", 6 + 6), ("office", 6 + 6), ("supply", 6 + 6 + 6 + 6)],
)
def test_death_at_each_boundary_in_turn(kind: str, boundaries: int, keys: BothKeys, quick_folder: Path) -> None:
    died = [
        run(one_draft(secrets.randbits(40), kind, dies_at), SqliteWorld(quick_folder / str(dies_at)), keys)
        for dies_at in range(1, boundaries + 2)
    ]
    assert died == [1] * boundaries + [0]


def test_resident_and_office_race_and_die_at_each_boundary(keys: BothKeys, quick_folder: Path) -> None:
    """Whoever is first, at least two commits of 6 boundaries each are made; the loser's may be a third."""
    died = [
        run(one_draft(secrets.randbits(40), "race", dies_at), SqliteWorld(quick_folder / str(dies_at)), keys)
        for dies_at in range(1, 30)
    ]
    assert died[:12] == [1] * 12
    assert died[-1] == 0


def test_killed_at_any_moment(keys: BothKeys, tmp_path: Path) -> None:
    """SIGKILL after a random time, so also inside SQLite and while the file is made. Such a moment has no replay."""
    random = Random(secrets.randbits(64))
    deaths = 0
    for number in range(40):
        schedule = replace(draw(random.getrandbits(40)), deaths=())
        moments = [random.uniform(0.001, 0.015) for _ in range(3)]
        deaths += run(schedule, SqliteWorld(tmp_path / str(number)), keys, killed_after=moments)
    assert deaths >= 10


@pytest.mark.parametrize("store", [Overwriting, HeadFirst, Hasty, Forgetful])
def test_a_store_that_breaks_its_promise_is_found_out(
    store: type[SqliteStore], keys: BothKeys, quick_folder: Path
) -> None:
    def run_many() -> None:
        for seed in range(1, 200):
            run(draw(seed), SqliteWorld(quick_folder / str(seed), store), keys)

    with pytest.raises(Violation, match=r"--seed \d+"):
        run_many()


def test_a_commit_is_flushed_before_it_returns(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "applications.sqlite")
    settings = [store._writer.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")]
    store.close()
    assert settings == [("wal",), (2,)]  # 2 is FULL


def test_what_fails_in_a_process_of_its_own_is_told(key_folder: Path, quick_folder: Path) -> None:
    done, failures = run_apart("of no kind", [1, 2, 3], keys=key_folder, folder=quick_folder)
    assert not done
    assert all("Traceback" in failure for failure in failures)
    assert failures
