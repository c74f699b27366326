"""What can go wrong with a file on a disk: each says what is wrong and what to do, and loses nothing acknowledged."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doorstep.applications.head import ITEM_LIMIT, Head
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from doorstep.stores.sqlite import SqliteStore
from doorstep.stores.sqlite_file import SCHEMA_VERSION
from tests.children import in_child
from tests.contract.samples import sample_head, sample_item

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "applications.sqlite"


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


def committed(store: SqliteStore, count: int = 3) -> list[Head]:
    heads = [sample_head() for _ in range(count)]
    for head in heads:
        store.commit(head, [sample_item()], expected_revision=0)
    return heads


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
    (open_folder / "applications.sqlite").chmod(0o666)
    open_folder.chmod(0o555)  # the file may be written, but no log beside it
    assert "own and write" in as_somebody_else(open_folder / "applications.sqlite")


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_held_by_another_process_is_named_and_waited_for(path: Path) -> None:
    store = SqliteStore(path, timeout=0.2)
    (head,) = committed(store, 1)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreUnavailable, match=r"another process held .* locked for more than 0\.2 s"):
            committed(store, 1)
        with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
            store.ping()
        with pytest.raises(StoreUnavailable, match="end what holds it"):
            SqliteStore(path, timeout=0.2)
        assert store.head(head.reference) == head  # reading goes on
        holder.communicate()
    store.ping()
    committed(store, 1)
    store.close()


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all " * 400)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=r"is not a database: move it away .*\(SQLITE_NOTADB\)"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE heads (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="belongs to another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(StoreUnavailable, match=f"schema version {SCHEMA_VERSION + 1}.*start the newer Doorstep"):
        SqliteStore(path)


def test_a_damaged_file_is_named(path: Path) -> None:
    store = SqliteStore(path)
    (head,) = committed(store, 1)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    store = SqliteStore(path)
    with pytest.raises(StoreUnavailable, match="is damaged: stop Doorstep"):
        store.head(head.reference)
    store.close()


def test_nothing_is_acknowledged_into_a_file_that_was_replaced(path: Path) -> None:
    store = SqliteStore(path)
    committed(store)
    path.rename(path.with_name("moved-by-a-restore"))
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="was moved or replaced while in use: start Doorstep again"):
            store.commit(sample_head(), [], expected_revision=0)
        with pytest.raises(StoreUnavailable, match="moved or replaced"):
            store.head("anything")
        path.write_bytes(b"")
    store.close()


def test_processes_that_start_and_write_together_lose_nothing(path: Path) -> None:
    children = []
    for _ in range(4):
        reading, writing = os.pipe()
        child = subprocess.Popen([sys.executable, "-c", WRITE, str(path)], stdout=writing)
        os.close(writing)
        children.append((child, reading))
    acknowledged: list[str] = []
    for child, reading in children:
        with os.fdopen(reading) as pipe:
            acknowledged += pipe.read().split()
        assert child.wait() == 0
    assert len(acknowledged) == len(set(acknowledged)) == 4 * 4 * 25
    store = SqliteStore(path)
    assert all(store.head(reference) for reference in acknowledged)
    page = store.queue("open/sample", limit=1000)
    assert sorted(entry.reference for entry in page.entries) == sorted(acknowledged)
    store.close()


WRITE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from doorstep.stores.sqlite import SqliteStore
from tests.contract.samples import sample_head, sample_item

store = SqliteStore(Path(sys.argv[1]), timeout=30)

def write(_thread):
    done = []
    for _ in range(25):
        head = sample_head()
        store.commit(head, [sample_item()], expected_revision=0)
        done.append(head.reference)
    return done

with ThreadPoolExecutor(4) as threads:
    for done in threads.map(write, range(4)):
        print(*done)
store.close()
"""
