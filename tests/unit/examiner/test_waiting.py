"""A file that cannot be read, or kept, waits by itself: the others are examined, and the log says why, once an hour."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from doorstep.attachments.files import READY, REFUSED, WAITING, Uploaded, Waiting
from doorstep.attachments.sweeping import Swept
from doorstep.examiner.examine import SILENCES, Round
from doorstep.examiner.running import Log, keep_examining, tell_sweep
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.folder_room import Room
from tests.unit.examiner import hostile
from tests.unit.examiner.conftest import OTHER, REFERENCE, Folder
from tests.unit.examiner.test_examine import round_of


class Ends(BaseException):
    """What a signal raises."""


class Exchanged(FolderQuarantine):
    """Somebody puts a link in the place of the first application's file, between look and read."""

    def read(self, file: Waiting) -> Uploaded | None:
        if file.reference == REFERENCE:
            path = self._folder.path(WAITING, file.reference, file.name)
            path.unlink()
            path.symlink_to("/dev/zero")
        return super().read(file)


def test_one_unreadable_file_keeps_no_other_waiting(folder: Folder, tmp_path: Path) -> None:
    folder.quarantine = Exchanged(tmp_path / "files")
    folder.send(hostile.jpeg())
    good = folder.send(hostile.jpeg(), OTHER)
    done = round_of(folder)
    assert (done.kept, list(done.later.values())) == (1, [1])
    assert next(iter(done.later)).startswith("a file in the quarantine cannot be read (")
    assert folder.state(good, OTHER).status == READY


def test_where_there_is_no_room_what_is_refused_still_is(folder: Folder, tmp_path: Path) -> None:
    folder.quarantine = FolderQuarantine(tmp_path / "files", room=lambda shared: Room(shared, most_new=0))
    picture, junk = folder.send(hostile.jpeg()), folder.send(b"no picture", OTHER)
    done = round_of(folder)
    assert (done.kept, done.refused, list(done.later.values())) == (0, {"foreign": 1}, [1])
    assert (folder.state(picture).status, folder.state(junk, OTHER).status) == (WAITING, REFUSED)


def test_without_room_a_round_does_not_draw_every_file_for_nothing(folder: Folder, tmp_path: Path) -> None:
    folder.quarantine = FolderQuarantine(tmp_path / "files", room=lambda shared: Room(shared, most_new=0))
    for number in range(SILENCES + 2):
        folder.send(hostile.jpeg() + bytes([number]))
    assert sum(round_of(folder).later.values()) == SILENCES


@pytest.mark.parametrize(("hours", "lines"), [(0.9, 1), (2.5, 3)])
def test_what_keeps_files_waiting_is_told_once_an_hour(folder: Folder, hours: float, lines: int) -> None:
    now, said = [0.0], io.StringIO()

    def pause(seconds: float) -> None:
        now[0] += seconds * 60
        if now[0] > hours * 3600:
            raise Ends

    log = Log(said, lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    with pytest.raises(Ends):
        keep_examining(
            lambda: Round(0, {}, {"the disk is nearly full": 1}),
            lambda: "",
            pause=pause,
            seconds=lambda: now[0],
            log=log,
        )
    assert [json.loads(line)["event"] for line in said.getvalue().splitlines()] == ["examined"] * lines


def test_a_sweep_is_told_by_its_counts() -> None:
    said = io.StringIO()
    log = Log(said, lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    tell_sweep(Swept(named=7), log)
    assert said.getvalue() == ""
    tell_sweep(Swept(aside=3, destroyed=2, named=7, unsure=1), log)
    told = {"time": "2026-11-22T00:00:00.000Z", "event": "swept", "aside": 3, "destroyed": 2, "unsure": 1}
    assert json.loads(said.getvalue()) == told
