"""A round that dies anywhere is done again, and ends alike; a store that fails loses nothing that waits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import READY, REFUSED
from doorstep.examiner.examine import examine
from doorstep.stores.disk import Disk
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.unit.examiner import hostile
from tests.unit.examiner.conftest import Folder
from tests.unit.examiner.test_examine import PAGE, one_page, round_of


class Dies(BaseException):
    pass


class CutOff(Disk):
    """The process dies instead of, or right after, one kind of call; later on it does not."""

    def __init__(self, call: str, *, after: bool) -> None:
        self.call, self.after = call, after

    def die(self, call: str, *, after: bool) -> None:
        if (call, after) == (self.call, self.after):
            self.call = ""
            raise Dies

    def write(self, path: Path, content: bytes) -> None:
        self.die("write", after=False)
        super().write(path, content)
        self.die("write", after=True)

    def rename(self, source: Path, target: Path) -> None:
        self.die("rename", after=False)
        super().rename(source, target)
        self.die("rename", after=True)

    def unlink(self, path: Path) -> None:
        self.die("unlink", after=False)
        super().unlink(path)
        self.die("unlink", after=True)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", ["write", "rename", "unlink"])
@pytest.mark.parametrize(("content", "status"), [(hostile.jpeg(), READY), (b"<html>", REFUSED)])
def test_a_round_that_is_cut_off_is_done_again(
    folder: Folder, call: str, after: bool, content: bytes, status: str
) -> None:
    key = folder.send(content)
    dying = FolderQuarantine(folder.place, disk=CutOff(call, after=after))
    with pytest.raises(Dies):
        examine(dying, folder.own, os.urandom, make=one_page)
    round_of(folder, make=one_page)
    assert folder.state(key).status == status
    assert folder.quarantine.waiting() == ()
    if status == READY:
        assert folder.opened(key).pages == (PAGE,)


def test_a_store_that_fails_is_told_and_what_waits_stays(folder: Folder) -> None:
    class Full(Disk):
        def write(self, path: Path, content: bytes) -> None:
            raise OSError(28, "No space left on device")

    folder.send(hostile.jpeg())
    with pytest.raises(StoreUnavailable):
        examine(FolderQuarantine(folder.place, disk=Full()), folder.own, os.urandom, make=one_page)
    assert round_of(folder, make=one_page).kept == 1
