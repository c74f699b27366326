"""What a disk or a folder can do to the SQLite store, each with a sentence that says what to do."""

from __future__ import annotations

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

from doorstep.applications.head import ITEM_LIMIT, Head
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from doorstep.stores.sqlite import SqliteStore
from tests.children import in_child
from tests.contract.samples import committed, sample_head, sample_item

NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach (pytest's own are the tester's alone)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_somebody_else(path: Path) -> str:
    """What a store says that opens the file without rights to it: as nobody for root, who is above all modes."""

    def attempt() -> str:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            SqliteStore(path).commit(sample_head(), [], expected_revision=0)
        except StoreUnavailable as error:
            return str(error)
        return "it worked"

    return str(in_child(attempt))


def fill_up(store: SqliteStore) -> tuple[list[Head], StoreUnavailable | OutcomeUnknown]:
    """Commit until it fails: what was acknowledged, and what was said."""
    done: list[Head] = []
    while True:
        head = sample_head()
        try:
            store.commit(head, [sample_item(os.urandom(ITEM_LIMIT))], expected_revision=0)
        except (StoreUnavailable, OutcomeUnknown) as error:
            assert store.head(head.reference) is None
            return done, error
        done.append(head)


def test_files_are_the_owners_alone(path: Path) -> None:
    store = SqliteStore(path)
    committed(store)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in [path.parent, *path.parent.iterdir()]}
    store.close()
    assert modes == {
        "var": 0o700,
        "applications.sqlite": 0o600,
        "applications.sqlite-wal": 0o600,
        "applications.sqlite-shm": 0o600,
    }


def test_a_ping_truly_writes(path: Path) -> None:
    store = SqliteStore(path)
    log = path.with_name(f"{path.name}-wal")
    before = log.stat().st_size
    store.ping()
    assert log.stat().st_size > before
    store.close()


def test_everything_is_there_after_opening_again(path: Path) -> None:
    store = SqliteStore(path)
    heads = committed(store)
    store.close()
    again = SqliteStore(path)
    assert [again.head(head.reference) for head in heads] == heads
    again.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount 4 MB on the folder, if this user may mount; says whether."""
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.call(command, stderr=subprocess.DEVNULL) == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.check_call(["umount", str(folder)])


def test_a_full_disk_refuses_and_recovers(open_folder: Path) -> None:
    path = open_folder / "applications.sqlite"
    with small_disk(open_folder) as mounted:
        ballast = open_folder / "ballast"
        ballast.write_bytes(bytes(1 << 20))
        store = SqliteStore(path)
        if not mounted:  # SQLite's own limit raises the same error at an earlier point
            store._writer.execute("PRAGMA max_page_count = 700")
        done, error = fill_up(store)
        assert isinstance(error, StoreUnavailable)
        assert "is full: free space on it, then send again (SQLITE_FULL)" in str(error)
        assert done
        assert [store.head(head.reference) for head in done] == done
        ballast.unlink()
        if not mounted:
            store._writer.execute("PRAGMA max_page_count = 100000")
        done += committed(store)
        store.close()
        again = SqliteStore(path)
        assert [again.head(head.reference) for head in done] == done
        again.close()


def test_a_limit_on_the_files_size_refuses_and_recovers(path: Path) -> None:
    def attempt() -> tuple[str, bool]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, resource.RLIM_INFINITY))
        store = SqliteStore(path)
        done, error = fill_up(store)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        done += committed(store)
        return str(error), [store.head(head.reference) for head in done] == done and len(done) > 3

    said, kept = in_child(attempt)
    assert "fails to read or write: check its quota and its health (SQLITE_IOERR" in said
    assert kept


def test_a_folder_one_may_not_write_is_named(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    said = as_somebody_else(open_folder / "var" / "applications.sqlite")
    assert "cannot open" in said
    assert "Permission denied" in said
    assert f"belongs to user {os.geteuid()}, this process runs as" in said
    assert "let the account that runs Doorstep own the folder and the file" in said


def test_a_file_of_another_user_is_named(open_folder: Path) -> None:
    store = SqliteStore(open_folder / "applications.sqlite")
    committed(store)
    store.close()
    (open_folder / "applications.sqlite").chmod(0o400)
    said = as_somebody_else(open_folder / "applications.sqlite")
    assert "applications.sqlite belongs to user" in said
    assert "let the account that runs Doorstep own the folder and the file" in said


def test_a_folder_that_becomes_read_only_is_named(open_folder: Path) -> None:
    store = SqliteStore(open_folder / "applications.sqlite")
    committed(store)
    store.close()
    if os.geteuid() == 0:
        os.chown(open_folder / "applications.sqlite", NOBODY, NOBODY)
    open_folder.chmod(0o555)  # the file may be written, but no log beside it
    assert "own and write" in as_somebody_else(open_folder / "applications.sqlite")


@pytest.mark.parametrize("name", ["applications.sqlite", "applications.sqlite-wal", "applications.sqlite-shm"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_others_may_open_is_refused(path: Path, name: str, mode: int) -> None:
    store = SqliteStore(path)
    committed(store)
    path.with_name(name).chmod(mode)
    with pytest.raises(StoreUnavailable, match=f"others may read or change .*{name}: run chmod 600"):
        SqliteStore(path)
    path.with_name(name).chmod(0o600)
    SqliteStore(path).close()
    store.close()


def test_a_link_is_refused_and_what_it_points_to_is_left_alone(path: Path) -> None:
    elsewhere = path.parent.with_name("elsewhere")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    with pytest.raises(StoreUnavailable, match="is a link: put the file itself there"):
        SqliteStore(path)
    assert not elsewhere.exists()
    elsewhere.write_bytes(b"")
    with pytest.raises(StoreUnavailable, match="is a link"):
        SqliteStore(path)
    assert elsewhere.read_bytes() == b""
