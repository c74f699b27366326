"""What the examiner keeps leaves room on the disk, whoever sends how much; and one file that fails stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.attachments.files import READY, WAITING, NoRoom, Unreadable
from doorstep.stores.disk import Disk
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.folder_room import Room
from tests.contract.files.conftest import Place
from tests.contract.files.samples import new_reference, put

DAY = 86_400.0


class Filling(Disk):
    """A disk that says how much it has left."""

    left = 10**12

    def free(self, folder: Path) -> int:
        del folder
        return self.left


def test_what_the_examiner_keeps_leaves_as_much_to_applications_as_what_intake_takes(tmp_path: Path) -> None:
    disk, reference = Filling(), new_reference()
    place = Place(FolderFiles(tmp_path / "files"), FolderQuarantine(tmp_path / "files", disk=disk))
    file = put(place, reference)
    disk.left = 300_001_000
    with pytest.raises(NoRoom, match="nearly full, and files leave 300000000 bytes to applications"):
        place.quarantine.keep(file, 1, bytes(2000))
    assert place.files.states(reference)[file.name].status == WAITING
    assert list((tmp_path / "files" / "parts").iterdir()) == []
    refused = put(place, reference)
    place.quarantine.refuse(refused, "foreign")  # takes no room, and makes some
    disk.left = 10**12
    place.quarantine.keep(file, 1, bytes(2000))
    assert place.files.states(reference)[file.name].status == READY


def test_of_what_may_be_junk_no_more_is_kept_within_a_day_than_a_disk_bears(tmp_path: Path) -> None:
    now = [(tmp_path).stat().st_mtime]
    quarantine = FolderQuarantine(
        tmp_path / "files", room=lambda folder: Room(folder, most_new=10_000, clock=lambda: now[0])
    )
    place, reference = Place(FolderFiles(tmp_path / "files"), quarantine), new_reference()
    for _ in range(5):
        quarantine.keep(put(place, reference), 1, bytes(2000))
    file = put(place, reference)
    with pytest.raises(NoRoom, match="10000 bytes of files were kept within a day"):
        quarantine.keep(file, 1, bytes(2000))
    now[0] += 700  # counted anew
    with pytest.raises(NoRoom):
        quarantine.keep(file, 1, bytes(2000))
    now[0] += 2 * DAY
    quarantine.keep(file, 1, bytes(2000))


def test_a_file_that_cannot_be_read_says_so_of_itself(tmp_path: Path) -> None:
    place = Place(FolderFiles(tmp_path / "files"), FolderQuarantine(tmp_path / "files"))
    file = put(place, new_reference())
    path = tmp_path / "files" / "quarantine" / file.reference / file.name
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(Unreadable) as raised:
        place.quarantine.read(file)
    assert file.name not in str(raised.value)
