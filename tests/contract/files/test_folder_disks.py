"""What a disk or somebody with a hand in the folder can do, each with a sentence that says what to do."""

from __future__ import annotations

import functools
import os
import resource
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import READY, WAITING
from doorstep.examiner.limits import MOST_PAGES, PAGE_BYTES
from doorstep.stores.choosing import open_files, open_quarantine
from doorstep.stores.disk import Disk
from doorstep.stores.folder_files import CONTAINER_LIMIT, FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.folder_room import Room
from tests.children import in_child
from tests.contract.files.conftest import Place
from tests.contract.files.samples import earlier, new_name, new_reference, put, soon

NOBODY = 65534
ENVELOPE = bytes(300_000)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach (pytest's own are the tester's alone)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def opened(folder: Path) -> Place:
    no_reserve = functools.partial(Room, least_free=0)
    return Place(FolderFiles(folder, least_free=0), FolderQuarantine(folder, room=no_reserve))


def filled(place: Place, reference: str) -> tuple[list[str], str]:
    """The names that were taken until something was refused, and what was said then."""
    done: list[str] = []
    while True:
        name = new_name()
        try:
            place.files.put(reference, name, ENVELOPE)
        except StoreUnavailable as error:
            assert name not in place.files.states(reference)
            return done, str(error)
        done.append(name)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount 4 MB on the folder, if this user may mount; says whether."""
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.call(command, stderr=subprocess.DEVNULL) == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.check_call(["umount", str(folder)])


def test_the_default_is_a_folder_in_the_data_folder_its_owners_alone(tmp_path: Path) -> None:
    var, reference = tmp_path / "var", new_reference()
    place = Place(open_files("", var), open_quarantine("", var))
    kept, refused, waits = (put(place, reference) for _ in range(3))
    place.quarantine.keep(kept, 2, b"container")
    place.quarantine.refuse(refused, "locked")
    found = {str(path.relative_to(var)): path for path in var.rglob("*") if path.is_file()}
    assert set(found) == {
        "files/lock",
        f"files/quarantine/{reference}/{waits.name}",
        f"files/ready/{reference}/{kept.name}.2",
        f"files/refused/{reference}/{refused.name}.locked",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in found.values()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in var.rglob("*") if path.is_dir()} == {0o700}


def test_a_full_disk_refuses_and_recovers(open_folder: Path) -> None:
    with small_disk(open_folder) as mounted:

        def attempt() -> tuple[str, list[str]]:
            if not mounted:  # the same errno at an earlier point
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
            open_folder.chmod(0o700)
            place, reference = opened(open_folder), new_reference()
            ballast = open_folder / "ballast"
            ballast.write_bytes(bytes(90_000))
            done, said = filled(place, reference)
            with pytest.raises(StoreUnavailable, match="full"):
                place.files.put(reference, new_name(), ENVELOPE)
            assert list((open_folder / "parts").iterdir()) == []
            if mounted:
                for name in done[:3]:  # the examiner gets on, and makes room
                    place.quarantine.remove(reference, name)
            else:
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            place.files.put(reference, new_name(), ENVELOPE)
            return said, [name for name in done if name in place.files.states(reference)][3 * mounted :]

        said, kept = in_child(attempt)
        assert "lies on a disk that is full: free space on it, then send again" in said
        assert kept or not mounted


def test_a_disk_that_becomes_read_only_is_named(open_folder: Path) -> None:
    with small_disk(open_folder) as mounted:
        open_folder.chmod(0o700)
        place, reference = opened(open_folder), new_reference()
        file = put(place, reference)
        place.quarantine.keep(file, 1, b"container")
        if mounted:
            subprocess.check_call(["mount", "-o", "remount,ro", str(open_folder)])
            with pytest.raises(StoreUnavailable, match="read-only: see why"):
                place.files.put(reference, new_name(), ENVELOPE)
            with pytest.raises(StoreUnavailable, match="read-only"):
                place.files.ping()
        assert place.files.container(reference, file.name) == b"container"


def as_nobody(folder: Path) -> str:
    """What is said to somebody without rights (root is above all modes)."""

    def attempt() -> str:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            FolderFiles(folder).put(new_reference(), new_name(), b"")
        except StoreUnavailable as error:
            return str(error)
        return "it worked"

    return str(in_child(attempt))


def test_a_folder_that_cannot_be_made_is_named(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    assert "may not be read and written by user" in as_nobody(open_folder / "files")


def test_a_folder_of_another_user_is_named(open_folder: Path) -> None:
    opened(open_folder / "files")
    if os.geteuid() == 0:
        assert f"belongs to user {os.geteuid()}, this process runs as {NOBODY}" in as_nobody(open_folder / "files")


def test_a_folder_that_others_may_read_is_refused(tmp_path: Path) -> None:
    opened(tmp_path / "files")
    for mode in (0o750, 0o705, 0o770, 0o777):
        (tmp_path / "files").chmod(mode)
        with pytest.raises(StoreUnavailable, match=r"others may read or change .*: run chmod 700"):
            opened(tmp_path / "files")


def test_a_link_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "files").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable, match="is a link: put the folder itself there"):
        opened(tmp_path / "files")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_a_files_place_is_not_followed(tmp_path: Path) -> None:
    place, reference, secret = opened(tmp_path / "files"), new_reference(), tmp_path / "private.pem"
    secret.write_bytes(b"the office's key")
    file = put(place, reference)
    path = tmp_path / "files" / "quarantine" / reference / file.name
    path.unlink()
    path.symlink_to(secret)
    assert place.files.states(reference) == {}
    with pytest.raises(StoreUnavailable):
        place.quarantine.read(file)
    ready = tmp_path / "files" / "ready" / reference
    ready.mkdir()
    (ready / f"{file.name}.1").symlink_to(secret)
    assert place.files.container(reference, file.name) is None
    place.files.put(reference, file.name, b"sent again")  # takes the link's place
    assert secret.read_bytes() == b"the office's key"


def test_of_a_container_no_more_is_read_than_any_can_be(tmp_path: Path) -> None:
    place, reference = opened(tmp_path / "files"), new_reference()
    file = put(place, reference)
    place.quarantine.keep(file, 1, b"container")
    with (tmp_path / "files" / "ready" / reference / f"{file.name}.1").open("r+b") as kept:
        kept.truncate(20_000_000_000)

    def attempt() -> bytes | None:
        resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, resource.RLIM_INFINITY))
        return place.files.container(reference, file.name)

    assert in_child(attempt) == b""
    assert CONTAINER_LIMIT > MOST_PAGES * (PAGE_BYTES + 1000)


def test_junk_fills_no_disk(tmp_path: Path) -> None:
    now, folder = [0.0], tmp_path / "files"
    place = Place(FolderFiles(folder, most_waiting=2_000_000, clock=lambda: now[0]), FolderQuarantine(folder))
    done, said = filled(place, reference := new_reference())
    assert len(done) == 6
    assert "bytes of files wait to be examined, and no more than 2000000 may: see that the examiner runs" in said
    with pytest.raises(StoreUnavailable, match="wait to be examined"):
        FolderFiles(folder, most_waiting=2_000_000).put(reference, new_name(), ENVELOPE)  # another process
    place.quarantine.refuse(place.quarantine.waiting()[0], "foreign")
    now[0] += 11  # counted anew
    place.files.put(reference, new_name(), ENVELOPE)
    place.quarantine.keep(place.quarantine.waiting()[0], 1, ENVELOPE)  # what is ready waits no more
    now[0] += 11
    place.files.put(reference, new_name(), ENVELOPE)


def test_files_leave_room_on_the_disk_for_applications(tmp_path: Path) -> None:
    folder, reference = tmp_path / "files", new_reference()
    free = Disk().free(tmp_path)
    with pytest.raises(StoreUnavailable, match=r"nearly full: \d+ bytes are left, and files leave \d+ to app"):
        FolderFiles(folder, least_free=free + 10**9).put(reference, new_name(), ENVELOPE)
    with pytest.raises(StoreUnavailable, match="nearly full"):
        FolderFiles(folder, least_free=free + 10**9).ping()
    FolderFiles(folder, least_free=free // 2).put(reference, new_name(), ENVELOPE)


def test_tiny_files_count_as_much_as_they_take(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / "files", most_waiting=100 * 4096)
    for _ in range(100):
        files.put(new_reference(), new_name(), b"x")
    with pytest.raises(StoreUnavailable, match="wait to be examined"):
        files.put(new_reference(), new_name(), b"x")


def test_what_a_process_that_died_left_half_written_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    place, reference = opened(folder), new_reference()
    put(place, reference)
    part = folder / "parts" / ("ab" * 16)
    part.write_bytes(b"half of")
    assert list(place.quarantine.resting(earlier())) == []
    assert part.exists()
    assert len(list(place.quarantine.resting(soon()))) == 1
    assert not part.exists()


def test_what_is_nobodys_file_is_left_alone(tmp_path: Path) -> None:
    folder, reference = tmp_path / "files", new_reference()
    place = opened(folder)
    file = put(place, reference)
    for name in ("notes.txt", f"{file.name}.1", "x" * 21):
        (folder / "quarantine" / reference / name).write_bytes(b"")
    (folder / "quarantine" / reference / new_name()).mkdir()
    (folder / "quarantine" / "lost+found").mkdir()
    assert list(place.files.states(reference)) == [file.name]
    assert [one.name for one in place.quarantine.resting(soon())] == [file.name]
    place.quarantine.remove(reference, file.name)
    assert (folder / "quarantine" / reference / "notes.txt").exists()


def test_ways_that_cross_lose_nothing(tmp_path: Path) -> None:
    """It is kept while it is put again, and put again when it was removed: nothing is doubled."""
    place, reference = opened(tmp_path / "files"), new_reference()
    file = put(place, reference)
    seen: list[str] = []

    def meanwhile(point: str) -> None:
        if point == "flushed" and not seen:
            seen.append(point)
            place.quarantine.keep(file, 1, b"container")

    FolderFiles(tmp_path / "files", boundary=meanwhile).put(reference, file.name, b"again")
    assert place.files.states(reference)[file.name].status == READY
    assert place.quarantine.waiting() == ()
    assert list((tmp_path / "files" / "parts").iterdir()) == []
    place.quarantine.remove(reference, file.name)
    put(place, reference, file.name)
    assert place.files.states(reference)[file.name].status == WAITING
