"""Schedules run by processes of their own, one for each processor. These have loaded nothing but what they run, so that
each life of the server, a child of one of them, begins and ends in little time, however much the tests beside it load.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import tests.crash.papers_run
import tests.crash.run
from doorstep.applications.keyring import create_or_load
from doorstep.applications.office_keys import load_examiner, load_office_keys
from doorstep.stores.sqlite import SqliteStore
from tests.crash import papers_schedule, schedules
from tests.crash.papers_server import AllKeys
from tests.crash.papers_worlds import FolderWorld
from tests.crash.server import BothKeys
from tests.crash.worlds import SqliteWorld

CPUS = os.cpu_count() or 1
ROOT = Path(__file__).parents[2]

Run = Callable[[int, Path], object]
"""Runs the schedule of this seed in a folder that is its own. Raises Violation."""


def run_apart(kind: str, seeds: Sequence[int], *, keys: Path, folder: Path) -> tuple[list[int], list[str]]:
    """The seeds that went well, in order, and what was said where one did not: nothing runs on behind it."""
    command = [sys.executable, "-W", "error", "-m", __name__, kind, str(keys), str(folder)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    processes = [
        subprocess.Popen(
            [*command, json.dumps(seeds[first::CPUS])],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for first in range(CPUS)
    ]
    told = [process.communicate() for process in processes]
    failures = [errors for process, (_, errors) in zip(processes, told, strict=True) if process.returncode]
    return sorted(int(seed) for done, _ in told for seed in done.split()), failures


def applications(keys: Path, folder: Path) -> Run:
    both = BothKeys(create_or_load(keys), load_office_keys(keys))
    tests.crash.run.warm_up(both, store := SqliteStore(folder / f"warm-{os.getpid()}"))
    store.close()
    return lambda seed, own: tests.crash.run.run(schedules.draw(seed), SqliteWorld(own / "applications.sqlite"), both)


def papers(keys: Path, folder: Path) -> Run:
    every = AllKeys(create_or_load(keys), load_office_keys(keys), load_examiner(keys))
    (warm := folder / f"warm-{os.getpid()}").mkdir(mode=0o700)
    tests.crash.papers_run.warm_up(every, FolderWorld(warm), papers_schedule.everything(secrets.randbits(40), 0))

    def run(seed: int, own: Path) -> int:
        own.mkdir(mode=0o700)
        return tests.crash.papers_run.run(papers_schedule.draw(seed), FolderWorld(own), every)

    return run


KINDS: Mapping[str, Callable[[Path, Path], Run]] = {"applications": applications, "papers": papers}


def main(kind: str, keys: str, folder: str, seeds: str) -> None:
    run = KINDS[kind](Path(keys), Path(folder))
    for seed in json.loads(seeds):
        run(seed, own := Path(folder) / str(seed))
        shutil.rmtree(own)
        print(seed, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
