"""Checkpoint files and the reading log are altered, rolled back or deleted, and named; how a file is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.counter.checkpoint_chain import CheckpointProblem
from doorstep.counter.checkpointing import HOURLY, take_checkpoint
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.town import Town


def change_a_line(text: str) -> str:
    return re.sub(" [23] ", " 1 ", text, count=1)


def drop_a_line(text: str) -> str:
    return text.partition("\n")[2]


def change_the_signature(text: str) -> str:
    return text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:]


def drop_the_signature(text: str) -> str:
    return "\n".join(text.split("\n")[:-2]) + "\n"


@pytest.mark.parametrize(
    "change",
    [change_a_line, drop_a_line, change_the_signature, drop_the_signature, lambda text: text[:-1], lambda _: ""],
)
@pytest.mark.parametrize("number", [1, 2])
def test_an_altered_checkpoint_is_named_and_the_next_one_goes_on(
    town: Town, number: int, change: Callable[[str], str]
) -> None:
    kept = town.file(number).read_text()
    town.file(number).write_text(change(kept))
    expected = {(f"checkpoint {number}", "altered")}
    assert town.named() == expected
    assert {(one.record, one.what) for one in town.checkpoint()} == expected
    town.file(number).write_text(kept)
    assert town.named() == set()


def test_missing_checkpoints_are_named(town: Town) -> None:
    town.checkpoint()
    town.checkpoint()
    town.file(1).unlink()
    town.file(3).unlink()
    assert town.named() == {("checkpoint 1", "missing"), ("checkpoint 3", "missing")}
    town.file(2).unlink()
    assert town.named() == {("checkpoints 1 to 3", "missing")}
    town.file(4).unlink()
    assert town.named() == {("checkpoints 1 to 4", "missing")}


def test_a_checkpoint_that_was_signed_anew_is_named(town: Town, keys: Path, tmp_path: Path) -> None:
    """Whoever holds the office's key writes another second file, after the third was made on the first one."""
    town.checkpoint()
    kept = town.file(3).read_bytes()
    town.file(2).unlink()
    town.file(3).unlink()
    town.sql("DELETE FROM heads WHERE reference = ?", town.first)
    take_checkpoint(town.city.counter.desk, town.city.file.readings, town.folder, memory=None)
    town.file(3).write_bytes(kept)
    assert ("checkpoint 2", "altered") in town.named()


def test_a_checkpoint_that_cannot_be_read_is_named(town: Town) -> None:
    town.file(1).unlink()
    town.file(1).mkdir()
    assert town.named() == {("checkpoint 1", "unreadable")}


CHANGED = "UPDATE readings SET why = 'decision' WHERE number = 2"


def test_an_altered_reading_is_named(town: Town) -> None:
    town.log(CHANGED)
    assert town.named() == {("reading 2", "altered")}


def test_a_deleted_reading_is_named(town: Town) -> None:
    town.log("DELETE FROM readings WHERE number = 2")
    assert town.named() == {("reading 2", "missing")}


def test_a_reading_log_that_was_cut_off_or_written_anew_is_named(town: Town) -> None:
    town.log("DELETE FROM readings WHERE number = 4")
    assert town.named() == {("reading log", "missing")}
    town.city.clock.forward(hours=5)
    town.read()
    assert town.named() == {("reading 4", "altered")}
    assert [one.record for one in town.checkpoint()] == ["reading 4"]
    assert town.named() == {("reading 4", "altered")}


def test_an_hourly_checkpoint_is_not_taken_twice(town: Town) -> None:
    def hourly() -> object:
        desk, file = town.city.counter.desk, town.city.file
        return take_checkpoint(desk, file.readings, town.folder, memory=file.checkpoints, unless_younger_than=HOURLY)

    assert hourly() is not None
    assert hourly() is None
    town.city.clock.forward(seconds=HOURLY)
    assert hourly() is not None


def test_a_store_that_fails_leaves_no_half_checkpoint(town: Town) -> None:
    memory = MemoryStore()
    memory.fail_next("references", StoreUnavailable("down"))
    desk = town.city.counter.desk._replace(store=memory)
    with pytest.raises(StoreUnavailable):
        take_checkpoint(desk, town.city.file.readings, town.folder, memory=town.city.file.checkpoints)
    assert sorted(path.name for path in town.folder.iterdir()) == [
        ".lock", "0000000001.checkpoint", "0000000002.checkpoint",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_used_is_said(town: Town, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with pytest.raises(CheckpointProblem, match="DOORSTEP_CHECKPOINTS"):
        take_checkpoint(town.city.counter.desk, town.city.file.readings, blocked, memory=None)
