"""Many at once on one folder: what is acknowledged is there, and what moves on is never missing in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import READY, WAITING, Waiting
from doorstep.stores.folder_files import MOST_RESTING, FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.contract.files.samples import new_name, new_reference, soon


def test_what_moves_on_is_never_missing(tmp_path: Path) -> None:
    folder, reference, names = tmp_path / "files", new_reference(), [new_name() for _ in range(60)]
    files, quarantine, done = FolderFiles(folder), FolderQuarantine(folder), Event()
    for name in names:
        files.put(reference, name, b"envelope")

    def watch() -> int:
        looks = 0
        while not done.is_set():
            assert set(FolderFiles(folder).states(reference)) == set(names)
            looks += 1
        return looks

    with ThreadPoolExecutor(2) as threads:
        watching = [threads.submit(watch) for _ in range(2)]
        for number, file in enumerate(quarantine.waiting(60)):
            if number % 3:
                quarantine.keep(file, 1, b"container")
            else:
                quarantine.refuse(file, "locked")
        done.set()
        assert all(one.result() for one in watching)


def test_however_many_come_at_once_an_application_has_no_more_than_twice_what_it_may(tmp_path: Path) -> None:
    reference = new_reference()
    folders = [FolderFiles(tmp_path / "files") for _ in range(4)]

    def fill(files: FolderFiles) -> int:
        taken = 0
        for _ in range(MOST_RESTING // 3):
            with suppress(StoreUnavailable):
                files.put(reference, new_name(), b"envelope")
                taken += 1
        return taken

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(fill, folders)) == MOST_RESTING
    known = next(iter(folders[0].states(reference)))
    folders[0].put(reference, known, b"again")
    assert len(folders[0].states(reference)) == MOST_RESTING
    assert list((tmp_path / "files" / "parts").iterdir()) == []


def test_an_application_whose_folder_comes_and_goes_takes_every_file(tmp_path: Path) -> None:
    """An emptied folder is taken away while the next file is put into it."""
    folder, reference = tmp_path / "files", new_reference()

    def live(_number: int) -> bool:
        files, quarantine = FolderFiles(folder), FolderQuarantine(folder)
        for _ in range(25):
            name = new_name()
            files.put(reference, name, b"envelope")
            assert files.states(reference)[name].status == WAITING
            quarantine.keep(Waiting(reference, name, soon()), 1, b"container")
            assert files.states(reference)[name].status == READY
            assert files.container(reference, name) == b"container"
            quarantine.remove(reference, name)
            assert name not in files.states(reference)
        return True

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(live, range(4)))
    assert [path.name for path in folder.iterdir() if list(path.glob("*"))] == []
