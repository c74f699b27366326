"""What can go wrong with a file on a disk: each says what is wrong and what to do, and loses nothing acknowledged."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.stores.sqlite import SqliteStore
from doorstep.stores.sqlite_file import SCHEMA_VERSION
from tests.contract.samples import committed, sample_head

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
    path.chmod(0o600)
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
    path.chmod(0o600)
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


def test_a_file_from_before_the_first_release_is_refused_in_a_sentence_and_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=r"has schema version 1, .* move applications\.sqlite, .* new file$"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_file_of_two_names_is_refused_by_both(path: Path) -> None:
    """Each name would have a log of its own, and what one acknowledged would be lost to the other."""
    store = SqliteStore(path)
    committed(store)
    store.close()
    other = path.with_name("other.sqlite")
    other.hardlink_to(path)
    for name in (path, other):
        with pytest.raises(StoreUnavailable, match=r"has 2 names \(hard links\), .* a file of its own$"):
            SqliteStore(name)
    other.unlink()
    SqliteStore(path).close()


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
    page = store.shelf("open/sample", limit=1000)
    assert sorted(entry.reference for entry in page.entries) == sorted(acknowledged)
    store.close()


WRITE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from doorstep.stores.sqlite import SqliteStore
from tests.contract.samples import committed, sample_head, sample_item

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
