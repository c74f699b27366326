"""The office's lists at 1,000,000 applications beside 1,000: the 95th percentiles of a page, and their ratio."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, cast

from bench.filled import LAST, OFFICES, SERVICES, File, filled
from doorstep.applications.calendar import load_calendar
from doorstep.applications.desk import Desk
from doorstep.applications.head import Head
from doorstep.applications.queues import arrivals
from doorstep.counter.counter import Counter
from doorstep.counter.lists import list_page
from doorstep.counter.staff import Staff
from doorstep.places import load_places

ROOT = Path(__file__).parents[1]
FEW, MANY = 1_000, 1_000_000
GOAL = 1.5
PAGE = 50
DISK_NEEDED = 4 << 30

Ask = Callable[[], Any]
"""Asks for one page: what is timed."""
Question = Callable[[File, Counter, Random], Ask]


def run(*, rounds: int = 5) -> None:
    """Print for each question both 95th percentiles and the median of the ratios, round by round."""
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < DISK_NEEDED:
            raise SystemExit(f"bench queues needs {DISK_NEEDED >> 30} GB in {folder}: set TMPDIR to a larger disk")
        files = [filled(Path(folder) / f"{count}.sqlite3", count) for count in (FEW, MANY)]
        days = {"today": due_day(files[0]), "tomorrow": due_day(files[0]) + dt.timedelta(days=1)}
        for name, (question, asked, day) in QUESTIONS.items():
            sides = [(file, counter(file, days[day])) for file in files]
            measure(sides, question, 0, asked)  # warms both
            taken = [measure(sides, question, number, asked) for number in range(1, rounds + 1)]
            ratio = statistics.median(many / few for few, many in taken)
            few, many = (statistics.median(side) for side in zip(*taken, strict=True))
            print(
                f"queues, {name:27}: p95 at {FEW:,} {few:6.2f} ms, at {MANY:,} {many:6.2f} ms, {ratio:.2f} × "
                f"(goal ≤ {GOAL})",
                flush=True,
            )
        for file in files:
            file.store.close()


def measure(sides: list[tuple[File, Counter]], question: Question, seed: int, asked: int) -> tuple[float, float]:
    """The 95th percentiles in milliseconds of both files, asked in turn."""
    random = Random(seed)
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(asked):
        for (file, office), taken in zip(sides, times, strict=True):
            ask = question(file, office, random)
            began = time.perf_counter()
            answer = ask()
            taken.append((time.perf_counter() - began) * 1000)
            assert len(answer) == PAGE, "a page that is not full is no comparison"
    few, many = (sorted(taken)[asked * 95 // 100] for taken in times)
    return few, many


def counter(file: File, day: dt.date) -> Counter:
    """As much of a counter as lists need, on this day. Both services have the allowance's limits."""
    allowance = json.loads((ROOT / "build/intake/services.json").read_text())[SERVICES[0]]
    desk = Desk(
        store=file.store,
        keys=cast(Any, None),
        clock=lambda: dt.datetime.combine(day, dt.time(4), dt.UTC),
        random=cast(Any, None),
    )
    return Counter(
        desk=desk,
        services=dict.fromkeys(SERVICES, allowance),
        calendar=load_calendar(ROOT / "build/intake/calendar.json"),
        offices=cast(Any, None),
        readings=cast(Any, None),
        library=cast(Any, None),
        places=load_places(ROOT / "docs/places/divisions.json"),
        files=cast(Any, None),
    )


def due_day(file: File) -> dt.date:
    """The day on which the smaller file's applications are due: all were accepted on one."""
    (row,) = list_page(counter(file, LAST.date()), _staff(OFFICES[0]), "working", limit=1).rows
    assert row.respond_by is not None
    return row.respond_by.by


def _staff(office: str) -> Staff:
    return Staff("s-bench", "", office, "clerk")


def _page(name: str, *, part: str = "", anywhere: bool = True) -> Question:
    """A page as staff see it, with heads, clocks and neighbours: a list's first, or one from its middle."""

    def question(file: File, office: Counter, random: Random) -> Ask:
        start = random.choice(file.middle)
        staff, after = (
            _staff(start.queue.partition("/")[0]),
            start.position if anywhere and random.random() < 0.5 else None,
        )
        service = start.service if part == "service" else None
        place = start.routing["community"] if part == "place" else None
        return lambda: list_page(office, staff, name, service=service, place=place, after=after, limit=PAGE).rows

    return question


def _shelf(name_of: Callable[[Head], str], **how: Any) -> Question:
    """A page of the store's alone: from the middle of the shelf a head stands on."""

    def question(file: File, _office: Counter, random: Random) -> Ask:
        start = random.choice(file.middle)
        at = f"{start.received_at}#{start.reference}"
        return lambda: file.store.shelf(name_of(start), after=at, limit=PAGE, **how).entries

    return question


def _office(head: Head) -> str:
    return head.queue.partition("/")[0]


QUESTIONS: dict[str, tuple[Question, int, str]] = {
    "store: an office's list": (_shelf(lambda head: f"{_office(head)}/unread"), 300, "today"),
    "store: neighbours in time": (
        _shelf(lambda head: arrivals(head.service, head.routing["community"]), newest_first=True),
        300,
        "today",
    ),
    "page: unread": (_page("unread"), 60, "today"),
    "page: unread, by service": (_page("unread", part="service"), 60, "today"),
    "page: unread, by community": (_page("unread", part="place"), 60, "today"),
    "page: closed, newest first": (_page("closed"), 60, "today"),
    "page: due today": (_page("due-today", anywhere=False), 60, "today"),
    "page: overdue": (_page("overdue", anywhere=False), 60, "tomorrow"),
}
"""What is asked, how often a round, and on which day."""
