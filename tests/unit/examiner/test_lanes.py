"""No file, however slow, keeps an ordinary photo waiting; and what is slow has its turn."""

from __future__ import annotations

import datetime as dt
import io
import os
import threading
import time

import pytest

from doorstep.attachments.container import Page
from doorstep.attachments.files import READY, WAITING
from doorstep.attachments.sniffing import PDF
from doorstep.examiner.apart import Slower, make_pages
from doorstep.examiner.examine import Round, examine
from doorstep.examiner.lanes import PDFS, PHOTOS, SLOW, Lane
from doorstep.examiner.limits import CPU_SECONDS, FIRST_PDF_CPU, FIRST_PHOTO_CPU, PAGE_CPU
from doorstep.examiner.patience import Patience
from doorstep.examiner.refusal import Refusal
from doorstep.examiner.running import Log, first_tries, keep_lanes
from tests.unit.examiner import hostile, pdf_files
from tests.unit.examiner.conftest import Folder
from tests.unit.examiner.test_examine import PAGE


def reference(number: int) -> str:
    return f"0000-0000-{number:04}-0"


class Lanes:
    """The examiner's lanes over one folder; every PDF is slow, and photos are not."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.patience = Patience(time.monotonic)
        self.tried: list[tuple[int | None, bytes]] = []

    def __call__(self, lane: Lane) -> Round:
        def make(content: bytes, media_type: str) -> tuple[Page, ...]:
            self.tried.append((lane.number, content[-2:]))
            if media_type == PDF and lane is PDFS:
                raise Slower
            return (PAGE,)

        own = self.folder.own
        return examine(self.folder.quarantine, own, os.urandom, patience=self.patience, make=make, lane=lane)


def test_photos_come_before_pdfs_and_are_seen_after_every_one(folder: Folder) -> None:
    lanes = Lanes(folder)
    for number in range(9):
        folder.send(pdf_files.of_pages(1) + b"%d." % number, reference(number))
    folder.send(hostile.jpeg() + b"p1", reference(10))
    first_tries(lanes)
    folder.send(hostile.jpeg() + b"p2", reference(11))
    first_tries(lanes)
    assert lanes.tried == [(0, b"p1"), (1, b"0."), (0, b"p2"), (1, b"1.")]


def test_what_a_first_try_cannot_finish_waits_in_the_slow_lane_and_nowhere_else(folder: Folder) -> None:
    lanes = Lanes(folder)
    slow = folder.send(pdf_files.of_pages(1), reference(1))
    for _ in range(3):
        assert first_tries(lanes) == Round(0, {}, {})
    assert [number for number, _ in lanes.tried] == [1]
    assert folder.state(slow, reference(1)).status == WAITING
    assert lanes(SLOW).kept == 1
    assert lanes.patience.count == 0


def test_while_something_slow_is_examined_photos_are_too(folder: Folder) -> None:
    lanes, going, done = Lanes(folder), threading.Event(), threading.Event()
    photo = folder.send(hostile.jpeg(), reference(1))

    class Ends(BaseException):
        """What a signal raises."""

    def examines(lane: Lane) -> Round:
        if lane is not SLOW:
            return lanes(lane)
        going.set()
        done.wait()
        return Round(0, {}, {})

    def pause(_seconds: float) -> None:
        assert going.wait(20)
        raise Ends

    log = Log(io.StringIO(), lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    with pytest.raises(Ends):
        keep_lanes(examines, lambda: "", pause=pause, seconds=time.monotonic, log=log)
    assert folder.state(photo, reference(1)).status == READY
    done.set()


def cpu_of(content: bytes, cpu: int = CPU_SECONDS) -> tuple[float, str]:
    """How much processor time a child took, and what became of it."""
    before = os.times()
    try:
        ended = f"{len(make_pages(content, PDF, cpu=cpu))} pages"
    except Refusal as refusal:
        ended = refusal.why
    except Slower:
        ended = "slower"
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, ended


def test_a_first_try_costs_so_much_and_no_more() -> None:
    """Each page takes a second or so, within what a page may."""
    spent, ended = cpu_of(pdf_files.nested_groups(pages=20, times=2), cpu=FIRST_PDF_CPU)
    assert ended == "slower"
    assert spent < FIRST_PDF_CPU + 1.5


def test_a_page_that_takes_too_long_is_the_end_of_it() -> None:
    spent, ended = cpu_of(pdf_files.nested_groups(pages=20, times=200))
    assert ended == "unreadable"
    assert spent < PAGE_CPU + 1.5


@pytest.mark.parametrize("lane", [PHOTOS, PDFS])
def test_ordinary_photos_and_scans_are_finished_at_their_first_try(folder: Folder, lane: Lane) -> None:
    content = hostile.geotagged() if lane is PHOTOS else pdf_files.scanned(10)
    key = folder.send(content, reference(1))
    patience = Patience(time.monotonic)
    for each in (PHOTOS, lane):
        examine(folder.quarantine, folder.own, os.urandom, patience=patience, lane=each)
    assert folder.state(key, reference(1)).status == READY
    assert max(FIRST_PHOTO_CPU, FIRST_PDF_CPU) < CPU_SECONDS
