"""What somebody else puts into a SQLite file: a trigger is refused, text that is no text spoils its own row only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.stores.office_file import OfficeFile
from doorstep.stores.sqlite import SqliteStore
from tests.contract.samples import committed, sample_head

UNDO = """CREATE TRIGGER undo AFTER UPDATE ON heads BEGIN
    UPDATE heads SET content = OLD.content, revision = OLD.revision WHERE reference = OLD.reference; END"""
CHANGES = {
    UNDO: "trigger undo is not Doorstep's",
    "CREATE VIEW other AS SELECT * FROM heads": "view other is not Doorstep's",
    "CREATE INDEX other ON heads (status)": "index other is not Doorstep's",
    "CREATE TABLE other (x)": "table other is not Doorstep's",
    "DROP INDEX queue_shelf": "index queue_shelf is gone",
    "DROP INDEX queue_shelf; CREATE INDEX queue_shelf ON heads (queue_shelf)": "index queue_shelf was changed",
    'CREATE TRIGGER "x\ny" AFTER UPDATE ON heads BEGIN SELECT 1; END': "trigger (an odd name) is not Doorstep's",
}


def run(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_somebody_changed_is_refused_in_a_sentence_and_left_alone(path: Path, change: str) -> None:
    SqliteStore(path).close()
    run(path, change)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable) as refused:
        SqliteStore(path)
    assert f"somebody changed how {path} is built ({CHANGES[change]}): stop Doorstep" in str(refused.value)
    assert path.read_bytes() == before
    looked_at = SqliteStore(path, strict=False)
    assert looked_at.foreign() == (CHANGES[change],)
    looked_at.close()


def test_a_trigger_that_comes_while_the_store_is_open_undoes_nothing(path: Path) -> None:
    store = SqliteStore(path)
    (head,) = committed(store, 1)
    run(path, UNDO)
    with pytest.raises(StoreUnavailable, match="trigger undo"):
        store.commit(head.next(status="accepted"), (), expected_revision=1)
    with pytest.raises(StoreUnavailable, match="trigger undo"):
        store.commit(sample_head(), (), expected_revision=0)
    run(path, "DROP TRIGGER undo")
    store.commit(head.next(status="accepted"), (), expected_revision=1)
    assert store.foreign() == ()
    store.close()


def test_the_offices_file_is_held_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "office" / "office.sqlite3"
    file = OfficeFile(path)
    run(path, "DROP TRIGGER readings_stay")
    with pytest.raises(StoreUnavailable, match="trigger readings_stay is gone"):
        file.leases.take("key", 1)
    file.close()
    with pytest.raises(StoreUnavailable, match="trigger readings_stay is gone"):
        OfficeFile(path)
    file = OfficeFile(path, strict=False)
    assert file.foreign() == ("trigger readings_stay is gone",)
    file.close()


def test_statistics_are_nobodys_harm(path: Path) -> None:
    store = SqliteStore(path)
    committed(store)
    run(path, "ANALYZE")
    committed(store)
    store.close()
    SqliteStore(path).close()


@pytest.mark.parametrize("spoiled", ["ff80", "00ff", "c328", "30ff"])
def test_references_that_are_no_text_are_passed_and_the_walk_ends(path: Path, spoiled: str) -> None:
    store = SqliteStore(path)
    heads = committed(store, 5)
    run(path, f"UPDATE heads SET reference = CAST(x'{spoiled}' AS TEXT) WHERE reference = '{heads[2].reference}'")
    found: list[str] = []
    while page := store.references(after=found[-1] if found else None, limit=1):
        found += page
        assert len(found) <= 5
    assert {head.reference for head in heads} - set(found) == {heads[2].reference}
    assert len(found) == 5
    store.close()


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("spoiled", ["ff80", "3230ff", "323000ff", "30ff"])
def test_positions_that_are_no_text_never_turn_a_list_in_a_circle(path: Path, spoiled: str, newest_first: bool) -> None:
    store = SqliteStore(path)
    heads = committed(store, 6)
    bad = [head.reference for head in heads[:3]]
    run(path, f"UPDATE heads SET queue_position = CAST(x'{spoiled}' AS TEXT) WHERE reference IN {tuple(bad)}")
    found: list[str] = []
    after: str | None = None
    while True:
        page = store.shelf("open/sample", after=after, limit=1, newest_first=newest_first)
        found += [entry.reference for entry in page.entries]
        assert len(found) <= 6
        after = page.next_after
        if after is None:
            break
    assert sorted(found) == sorted(head.reference for head in heads[3:])
    store.close()
