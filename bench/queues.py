"""Pages of the office's lists at 1,000,000 applications beside 1,000: the 95th percentiles, and their ratio.

Both files have the same offices, services and communities, so that every list is a thousand times as long in one of
them and every page is full in both. Filled in bulk, with indexes made afterwards. Pages are read from indexes alone,
so most rows have no content; those whose heads are read (`heads of a page`) have one of some 4 KB, as real ones are.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.queues import arrivals, place_of
from doorstep.stores.shelves import SHELF_COLUMNS, columns_of
from doorstep.stores.sqlite import INSERT_HEAD, SqliteStore

FEW, MANY = 1_000, 1_000_000
GOAL = 1.5
PAGE = 50
DISK_NEEDED = 4 << 30

OFFICES = ("street-650203001", "street-650203002")
SERVICES = ("minimum-living-allowance", "temporary-assistance")
LISTS = ("unread", "closed")
FIRST, TWO_YEARS = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.timedelta(days=730)


class Sent(NamedTuple):
    """One application of a file, as far as questions are asked with it."""

    office: str
    service: str
    place: str
    at: str
    reference: str


class File(NamedTuple):
    """A filled store, and what to ask it about: `whole` are the applications that have a real head."""

    store: SqliteStore
    sample: list[Sent]
    whole: list[str]


def run(*, rounds: int = 7, asked: int = 300) -> None:
    """Print for each kind of page both 95th percentiles and the median of the ratios, round by round."""
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < DISK_NEEDED:
            raise SystemExit(f"bench queues needs {DISK_NEEDED >> 30} GB in {folder}: set TMPDIR to a larger disk")
        few, many = (filled(Path(folder) / f"{count}.sqlite3", count) for count in (FEW, MANY))
        for name, question in QUESTIONS.items():
            measure(few, many, question, 1, asked)  # warms both
            taken = [measure(few, many, question, number, asked) for number in range(rounds)]
            ratio = statistics.median(large / small for small, large in taken)
            small, large = (statistics.median(side) for side in zip(*taken, strict=True))
            print(
                f"queues, {name:21}: p95 at {FEW:,} {small:6.3f} ms, at {MANY:,} {large:6.3f} ms, {ratio:.2f} × "
                f"(goal ≤ {GOAL})",
                flush=True,
            )
        few.store.close()
        many.store.close()


def measure(few: File, many: File, question: Question, seed: int, asked: int) -> tuple[float, float]:
    """The 95th percentiles in milliseconds of both files, asked in turn."""
    random = Random(seed)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(asked):
        for file, taken in zip((few, many), times, strict=True):
            ask = question(file, random)
            began = time.perf_counter()
            answer = ask()
            taken.append((time.perf_counter() - began) * 1000)
            assert len(answer) == PAGE, "a page that is not full is no comparison"
    small, large = (sorted(taken)[asked * 95 // 100] for taken in times)
    return small, large


Question = Callable[[File, Random], Callable[[], Any]]


def _list(list_: str, part: str = "", **how: Any) -> Question:
    """A page from anywhere in a list: of all, or of one service or community."""

    def question(file: File, random: Random) -> Callable[[], Any]:
        sent = random.choice(file.sample)
        name = f"{sent.office}/{list_}" + (f"/{getattr(sent, part)}" if part else "")
        after = None if random.random() < 0.5 else f"{sent.at}#{sent.reference}"
        return lambda: file.store.shelf(name, after=after, limit=PAGE, **how).entries

    return question


def _due(file: File, random: Random) -> Callable[[], Any]:
    """The oldest of one service, up to the day its limit would have had to begin."""
    sent = random.choice(file.sample)
    name = f"{sent.office}/unread/{sent.service}"
    return lambda: file.store.shelf(name, until=sent.at[:10], limit=PAGE).entries


def _neighbours(file: File, random: Random) -> Callable[[], Any]:
    """Who came just before and just after, for the same service from the same community."""
    sent = random.choice(file.sample)
    name, at = arrivals(sent.service, sent.place), f"{sent.at}#{sent.reference}"
    half = PAGE // 2
    return lambda: (
        *file.store.shelf(name, after=at, limit=half, newest_first=True).entries,
        *file.store.shelf(name, after=at, limit=half).entries,
    )


def _heads(file: File, random: Random) -> Callable[[], Any]:
    """The heads of a page, as the clock asks for them."""
    references = random.sample(file.whole, PAGE)
    return lambda: file.store.heads(references)


QUESTIONS: dict[str, Question] = {
    "an office's list": _list("unread"),
    "by service": _list("unread", "service"),
    "by community": _list("unread", "place"),
    "closed, newest first": _list("closed", newest_first=True),
    "due by a day": _due,
    "neighbours in time": _neighbours,
    "heads of a page": _heads,
}


def filled(path: Path, count: int) -> File:
    """A store with `count` applications, spread evenly over the same two years."""
    SqliteStore(path).close()
    random = Random(count)
    sample, whole = [], []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(count):
            head = application(number, count, random)
            content = b""
            if number % (count // FEW) == 0:
                whole.append(head.reference)
                content = head.to_bytes()
                if 0.45 < number / count < 0.55:  # a page's length from either end in the shorter file too
                    sample.append(sent_of(head))
            stands = columns_of(head)
            shelves = map(stands.get, SHELF_COLUMNS)
            shown = (head.revision, head.status, head.service, place_of(head), head.received_at)
            yield (*shown, *shelves, content, head.reference)

    with closing(sqlite3.connect(path)) as database:
        # Nobody needs this file after a crash, and an index of what is there is made faster than it grows.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            database.execute(f"PRAGMA {setting}")
        indexes = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql > ''").fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        database.executemany(INSERT_HEAD, rows())
        for _, made in indexes:
            database.execute(made)
        database.commit()
    return File(SqliteStore(path), sample, whole)


def application(number: int, count: int, random: Random) -> Head:
    """Number `number` of `count`: office, list, service and community take turns, so that all lists are alike."""
    office, service = OFFICES[number % 2], SERVICES[number // 4 % 2]
    at = (FIRST + TWO_YEARS * number / count).strftime("%Y-%m-%dT%H:%M:%SZ")
    reference = f"{random.getrandbits(60):015x}"
    return Head(
        reference=reference,
        revision=1,
        status="received",
        service=service,
        form=service,
        form_version="0" * 64,
        received_at=at,
        key_hash="1" * 43,
        queue=f"{office}/{LISTS[number // 2 % 2]}",
        position=f"{at}#{reference}",
        notice="",
        events=("e" * 1000, "f" * 1000),
        sealed={"answers": "2" * 64},
        wraps={"office": {"key": "k" * 30, "wrapped": "w" * 512}, "notifier": {"key": "k" * 30, "wrapped": "w" * 512}},
        routing={"community": f"{office.removeprefix('street-')}{number // 8 % 2:03}"},
    )


def sent_of(head: Head) -> Sent:
    return Sent(head.queue.partition("/")[0], head.service, place_of(head), head.received_at, head.reference)
