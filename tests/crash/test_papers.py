"""The machine dies at every boundary while papers are sent, examined, confirmed, added and swept; people try again.

Whatever the moment: each paper that an application names waits, is ready or was refused, once; what was acknowledged
today is there; what nobody confirmed is gone the day after. As in test_crashes.py each life is a process that ends by
os._exit, `--schedules N` runs a twentieth, `--seed S` replays one. What only a power cut shows: test_power_cuts.py.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest

from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.crash.apart import run_apart
from tests.crash.ledger import Violation
from tests.crash.papers_broken import Hasty, KeepsBoth, SweepsToday, TakesOutFirst, WritesInPlace
from tests.crash.papers_run import run
from tests.crash.papers_schedule import draw, everything
from tests.crash.papers_server import AllKeys
from tests.crash.papers_worlds import FolderWorld

ONE_IN = 20


def folder_world(root: Path, **doors: Any) -> FolderWorld:
    root.mkdir(mode=0o700, parents=True)
    return FolderWorld(root, **doors)


def test_random_schedules(seeds: list[int], key_folder: Path, quick_folder: Path) -> None:
    mine = seeds[: max(1, len(seeds) // ONE_IN)]
    done, failures = run_apart("papers", mine, keys=key_folder, folder=quick_folder)
    if failures:
        pytest.fail("\n".join(failures), pytrace=False)
    assert done == mine


def test_death_at_each_boundary_in_turn(all_keys: AllKeys, quick_folder: Path) -> None:
    died: list[int] = []
    while not died or died[-1]:
        number = len(died) + 1
        died.append(run(everything(secrets.randbits(40), number), folder_world(quick_folder / str(number)), all_keys))
    assert died == [1] * (len(died) - 1) + [0]
    assert len(died) > 60


@pytest.mark.parametrize(
    "doors",
    [
        {"quarantine": TakesOutFirst},
        {"quarantine": KeepsBoth},
        {"quarantine": SweepsToday},
        {"files": WritesInPlace},
        {"files": Hasty},
    ],
    ids=lambda doors: next(iter(doors.values())).__name__,
)
def test_a_store_that_breaks_its_promise_is_found_out(
    doors: dict[str, type[FolderFiles | FolderQuarantine]], all_keys: AllKeys, quick_folder: Path
) -> None:
    def run_many() -> None:
        for number in range(1, 200):
            for schedule in (everything(number, number), draw(number)):
                run(schedule, folder_world(quick_folder / secrets.token_hex(8), **doors), all_keys)

    with pytest.raises(Violation, match=r"--seed \d+"):
        run_many()
