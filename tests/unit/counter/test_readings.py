from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.counter.readings import BrokenAt, Reading, Tip, digest_of, first_break, next_reading
from doorstep.stores.office_file import OfficeFile

AT = "2026-11-23T04:00:00Z"


def logged(count: int) -> list[Reading]:
    entries: list[Reading] = []
    tip = Tip(0, "")
    for number in range(count):
        entries.append(next_reading(tip, at=AT, staff="s-a", reference=f"R{number % 3}", why="check", what="answers"))
        tip = Tip(entries[-1].number, entries[-1].digest)
    return entries


def record(office: OfficeFile, reference: str = "R1") -> Reading:
    return office.readings.record(at=AT, staff="s-a", reference=reference, why="check", what="answers")


def test_entries_are_numbered_and_chained(office: OfficeFile) -> None:
    entries = [record(office) for _ in range(3)]
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries] == ["", entries[0].digest, entries[1].digest]
    assert office.readings.verify() is None
    assert office.readings.tip() == Tip(3, entries[2].digest)


def test_pages_newest_first_of_one_application_or_all(office: OfficeFile) -> None:
    for number in range(7):
        record(office, f"R{number % 2}")
    page = office.readings.page(limit=3)
    assert ([entry.number for entry in page.entries], page.before) == ([7, 6, 5], 5)
    page = office.readings.page(limit=3, before=page.before)
    assert ([entry.number for entry in page.entries], page.before) == ([4, 3, 2], 2)
    page = office.readings.page(limit=3, before=page.before)
    assert ([entry.number for entry in page.entries], page.before) == ([1], None)
    assert [entry.number for entry in office.readings.page(reference="R1").entries] == [6, 4, 2]
    assert office.readings.page(reference="R9").entries == ()


@pytest.mark.parametrize(("why", "what"), [("curiosity", "answers"), ("check", "everything"), ("", "")])
def test_a_reading_without_a_reason_is_not_recorded(office: OfficeFile, why: str, what: str) -> None:
    with pytest.raises(ValueError, match="says why and what"):
        office.readings.record(at=AT, staff="s-a", reference="R1", why=why, what=what)
    assert office.readings.tip() == Tip(0, "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE readings SET staff = 's-b'",
        "DELETE FROM readings",
        "DELETE FROM readings WHERE number = 3",
        "INSERT OR REPLACE INTO readings SELECT number, at, 's-b', 'R', why, what, previous, digest FROM readings",
        "INSERT INTO readings SELECT 9, at, staff, reference, why, what, previous, digest FROM readings LIMIT 1",
    ],
)
def test_the_file_refuses_every_change(office: OfficeFile, tmp_path: Path, statement: str) -> None:
    for _ in range(3):
        record(office)
    connection = sqlite3.connect(tmp_path / "office" / "office.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(statement)
    connection.close()
    assert office.readings.verify() is None


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE readings SET staff = 's-b' WHERE number = 3", BrokenAt(3, "changed")),
        ("DELETE FROM readings WHERE number = 3", BrokenAt(3, "missing")),
        ("DELETE FROM readings WHERE number = 1", BrokenAt(1, "missing")),
        ("DELETE FROM readings WHERE number = 5", BrokenAt(5, "missing")),
        ("UPDATE readings SET number = 0 - number WHERE number = 1", BrokenAt(1, "missing")),
        (
            "INSERT INTO readings SELECT -1, at, staff, reference, why, what, previous, digest FROM readings LIMIT 1",
            BrokenAt(1, "missing"),
        ),
    ],
)
def test_what_was_changed_without_the_triggers_is_named(
    office: OfficeFile, tmp_path: Path, statement: str, place: BrokenAt
) -> None:
    for _ in range(5):
        record(office)
    known = office.readings.tip()
    connection = sqlite3.connect(tmp_path / "office" / "office.sqlite3", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.close()
    assert office.readings.verify(known) == place


@given(st.integers(1, 12), st.data())
def test_any_change_to_any_entry_is_found(count: int, data: st.DataObject) -> None:
    entries = logged(count)
    known = Tip(entries[-1].number, entries[-1].digest)
    assert first_break(entries, known) is None
    place = data.draw(st.integers(0, count - 1))
    part = data.draw(st.sampled_from(["at", "staff", "reference", "why", "what", "previous"]))
    changed = Reading(**(entries[place]._asdict() | {part: "x"}))
    assert first_break([*entries[:place], changed, *entries[place + 1 :]], known) == BrokenAt(place + 1, "changed")
    resealed = changed._replace(digest=digest_of(changed))  # by somebody who knows how digests are made
    assert first_break([*entries[:place], resealed, *entries[place + 1 :]], known) is not None
    gone = [*entries[:place], *entries[place + 1 :]]
    assert first_break(gone, known) == BrokenAt(place + 1, "missing")


def test_a_log_written_anew_is_told_by_a_known_tip() -> None:
    known = logged(4)[3]
    anew: list[Reading] = []
    tip = Tip(0, "")
    for _ in range(6):
        anew.append(next_reading(tip, at=AT, staff="s-b", reference="R", why="check", what="phone"))
        tip = Tip(anew[-1].number, anew[-1].digest)
    assert first_break(anew) is None
    assert first_break(anew, Tip(known.number, known.digest)) == BrokenAt(4, "changed")
