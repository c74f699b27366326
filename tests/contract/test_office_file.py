"""The office's file between processes and threads: a link opens for one, a lease is one's, the log has no gap."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.counter.sign_in import Link
from doorstep.stores.office_file import OfficeFile
from doorstep.stores.sqlite import SqliteStore

AT = "2026-11-23T04:00:00Z"
ROUNDS = 40

CHILD = """
import sys
from pathlib import Path
from doorstep.stores.office_file import OfficeFile
office = OfficeFile(Path(sys.argv[1]), timeout=30)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    print("link", number, bool(office.links.take_link(f"digest-{number}", "2026-11-23T04:00:00Z")))
    print("lease", number, bool(office.leases.take(f"key-{number}", 60)))
    office.readings.record(at="2026-11-23T04:00:00Z", staff="s-a", reference="R", why="check", what="answers")
office.close()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "office" / "office.sqlite3"


@pytest.fixture
def office(place: Path) -> Iterator[OfficeFile]:
    file = OfficeFile(place)
    yield file
    file.close()


def test_of_processes_exactly_one_wins_each_link_and_lease_and_the_log_has_no_gap(
    office: OfficeFile, place: Path
) -> None:
    for number in range(ROUNDS):
        office.links.put_link(Link(f"digest-{number}", f"s-{number}", "2026-11-24T04:00:00Z"))
    children = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, str(place), str(ROUNDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    won: Counter[str] = Counter()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        told = child.communicate()[0]
        assert child.returncode == 0
        won.update(line.rpartition(" ")[0] for line in told.splitlines() if line.endswith("True"))
    assert won == {f"{thing} {number}": 1 for thing in ("link", "lease") for number in range(ROUNDS)}
    assert office.readings.tip().number == 3 * ROUNDS
    assert office.readings.verify() is None


def test_of_threads_exactly_one_wins(office: OfficeFile) -> None:
    office.links.put_link(Link("digest", "s-a", "2026-11-24T04:00:00Z"))
    together = Barrier(8)

    def take(_number: int) -> tuple[bool, bool]:
        together.wait()
        return office.links.take_link("digest", AT) == "s-a", office.leases.take("key", 60) is not None

    with ThreadPoolExecutor(8) as threads:
        took = list(threads.map(take, range(8)))
    assert [sum(column) for column in zip(*took, strict=True)] == [1, 1]


def test_a_lease_runs_out_and_is_not_given_back_by_who_lost_it(place: Path) -> None:
    moment = [datetime(2026, 11, 23, 4, tzinfo=UTC)]
    office = OfficeFile(place, clock=lambda: moment[0])
    first = office.leases.take("key", 30)
    assert first
    assert office.leases.take("key", 30) is None
    assert office.leases.take("another", 30)
    moment[0] += timedelta(seconds=30)
    second = office.leases.take("key", 30)
    assert second
    assert not office.leases.release("key", first)
    assert office.leases.take("key", 30) is None
    assert office.leases.release("key", second)
    assert office.leases.take("key", 30)
    office.close()


def test_what_was_recorded_is_there_after_opening_again(place: Path) -> None:
    office = OfficeFile(place)
    entry = office.readings.record(at=AT, staff="s-a", reference="R", why="check", what="answers")
    office.close()
    again = OfficeFile(place)
    assert again.readings.page().entries == (entry,)
    again.close()


def test_trouble_is_said_in_words(place: Path) -> None:
    office = OfficeFile(place, timeout=0.1)
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match=r"another process held .* locked"):
        office.leases.take("key", 1)
    holder.close()
    assert office.leases.take("key", 1)
    place.rename(place.with_name("moved"))
    with pytest.raises(StoreUnavailable, match="moved or replaced while in use"):
        office.sessions.session("x")
    office.close()


def test_the_applications_file_is_not_taken_for_the_offices(place: Path) -> None:
    SqliteStore(place).close()
    with pytest.raises(StoreUnavailable, match="belongs to another program"):
        OfficeFile(place)


def test_a_file_others_may_read_is_refused(place: Path) -> None:
    OfficeFile(place).close()
    place.chmod(0o644)
    with pytest.raises(StoreUnavailable, match="others may read or change"):
        OfficeFile(place)
