"""Whoever can write the folder of checkpoints leads nobody elsewhere with it: not into the keys, not into waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doorstep.counter.checkpoint_chain import CheckpointProblem
from tests.unit.counter.telling.town import Town


@pytest.fixture
def key(tmp_path: Path) -> Path:
    key = tmp_path / "private.pem"
    key.write_text("a key")
    return key


def test_a_link_in_the_locks_place_is_refused_and_what_it_leads_to_stays(town: Town, key: Path) -> None:
    (town.folder / ".lock").unlink()
    (town.folder / ".lock").symlink_to(key)
    with pytest.raises(CheckpointProblem, match="it is a link"):
        town.checkpoint()
    assert key.read_text() == "a key"
    assert not town.file(3).exists()


def test_links_in_the_place_of_a_file_being_written_are_replaced_and_what_they_lead_to_stays(
    town: Town, key: Path
) -> None:
    part = town.folder / ".0000000003.part"
    part.symlink_to(key)
    assert town.checkpoint() == ()
    os.link(key, town.folder / ".0000000004.part")
    assert town.checkpoint() == ()
    assert key.read_text() == "a key"
    assert town.findings() == []


def test_a_lock_is_never_shortened(town: Town, key: Path) -> None:
    (town.folder / ".lock").unlink()
    os.link(key, town.folder / ".lock")
    assert town.checkpoint() == ()
    assert key.read_text() == "a key"


def test_a_pipe_in_the_place_of_a_checkpoint_or_the_lock_is_named_and_not_waited_for(town: Town) -> None:
    os.mkfifo(town.file(3))
    assert town.named() == {("checkpoint 3", "unreadable")}
    assert [(one.record, one.what) for one in town.checkpoint()] == [("checkpoint 3", "unreadable")]
    assert town.file(4).exists()
    (town.folder / ".lock").unlink()
    os.mkfifo(town.folder / ".lock")
    with pytest.raises(CheckpointProblem, match="it is no plain file"):
        town.checkpoint()


def test_a_link_in_the_place_of_a_checkpoint_is_named(town: Town, tmp_path: Path) -> None:
    moved = town.file(1).rename(tmp_path / "moved")
    town.file(1).symlink_to(moved)
    assert town.named() == {("checkpoint 1", "unreadable")}


def test_the_folder_is_a_real_one_that_others_cannot_write(town: Town, tmp_path: Path) -> None:
    town.folder.chmod(0o770)
    for look in (town.checkpoint, town.findings):
        with pytest.raises(
            CheckpointProblem, match=r"others may read or change it: run chmod 700.*DOORSTEP_CHECKPOINTS"
        ):
            look()
    town.folder.chmod(0o700)
    moved = town.folder.rename(tmp_path / "elsewhere")
    town.folder.symlink_to(moved)
    for look in (town.checkpoint, town.findings):
        with pytest.raises(CheckpointProblem, match="it is a link"):
            look()
