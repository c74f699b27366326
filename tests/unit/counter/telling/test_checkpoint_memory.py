"""The office remembers its newest checkpoint: whoever takes it away with what it proves does not go unnoticed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from doorstep.counter.checkpoint_chain import CheckpointProblem, Previous, read_chain
from doorstep.counter.checkpoint_memory import check_remembered
from doorstep.counter.checkpointing import take_checkpoint
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.telling.town import Town

FIRST = Previous(1, "a")


def test_a_rollback_with_the_newest_checkpoint_taken_away_is_named_and_its_number_not_given_again(town: Town) -> None:
    kept = town.file(2).read_bytes()
    town.put(town.second, town.old[town.second])
    town.sql("UPDATE heads SET revision = 2 WHERE reference = ?", town.second)
    town.file(2).unlink()
    assert ("checkpoint 2", "missing") in town.named()
    assert ("checkpoint 2", "missing") in {(one.record, one.what) for one in town.checkpoint()}
    assert not town.file(2).exists()
    assert town.file(3).exists()
    assert ("checkpoint 2", "missing") in town.named()
    town.file(2).write_bytes(kept)
    assert (f"application {town.second}", "rolled back") in town.named()


def test_a_store_and_a_folder_that_were_wiped_are_named(town: Town) -> None:
    town.sql("DELETE FROM heads")
    town.sql("DELETE FROM items")
    shutil.rmtree(town.folder)
    assert town.named() == {("checkpoints 1 to 2", "missing")}
    assert [one.record for one in town.checkpoint()] == ["checkpoints 1 to 2"]
    assert town.named() == {("checkpoints 1 to 2", "missing")}


def test_readings_without_a_checkpoint_are_never_clean(town: Town) -> None:
    town.sql("DELETE FROM heads")
    shutil.rmtree(town.folder)
    town.sql("DELETE FROM newest_checkpoint", path=town.office)
    assert town.named() == {("checkpoints", "missing")}


def test_another_file_signed_by_the_office_in_the_newest_ones_place_is_named(town: Town) -> None:
    town.file(2).unlink()
    taken = take_checkpoint(town.city.counter.desk, town.city.file.readings, town.folder, memory=None)
    assert taken is not None
    assert taken.link.number == 2
    assert town.named() == {("checkpoint 2", "altered")}


def test_records_of_the_office_that_were_put_back_are_named_until_the_next_checkpoint(town: Town) -> None:
    town.checkpoint()
    town.sql("UPDATE newest_checkpoint SET number = 1", path=town.office)
    assert ("office's records", "rolled back") in town.named()
    town.sql("DELETE FROM newest_checkpoint", path=town.office)
    assert town.named() == {("office's records", "rolled back")}
    assert [one.what for one in town.checkpoint()] == ["rolled back"]
    assert town.named() == set()


def test_a_writer_that_died_before_it_remembered_is_no_alarm(town: Town) -> None:
    assert take_checkpoint(town.city.counter.desk, town.city.file.readings, town.folder, memory=None) is not None
    assert town.findings() == []
    assert town.checkpoint() == ()


def test_what_is_remembered_only_goes_forward(town: Town) -> None:
    memory = town.city.file.checkpoints
    now = memory.newest()
    assert now is not None
    assert now.number == 2
    memory.remember(FIRST)
    assert memory.newest() == now


def test_a_file_with_the_last_number_there_is_does_not_lead_to_names_nobody_reads(town: Town) -> None:
    (town.folder / "9999999999.checkpoint").write_text("")
    with pytest.raises(CheckpointProblem, match="move it away"):
        town.checkpoint()


def test_nothing_remembered_and_nothing_written_is_sound(town: Town, tmp_path: Path) -> None:
    chain = read_chain(tmp_path / "none", town.city.counter.desk.keys.public_keys)
    assert list(check_remembered(chain, None)) == []


def test_a_file_of_the_version_before_gets_the_memory(tmp_path: Path) -> None:
    place = tmp_path / "before" / "office.sqlite3"
    OfficeFile(place).close()
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript("DROP TABLE newest_checkpoint; PRAGMA user_version = 1")
    for _ in range(2):
        file = OfficeFile(place)
        file.checkpoints.remember(FIRST)
        assert file.checkpoints.newest() == FIRST
        file.close()
