"""The loop goes on whatever fails, says so in one line each, and tells nothing of anybody's file."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.applications.errors import KeyProblem
from doorstep.applications.keyring import create_or_load
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.container import Page
from doorstep.attachments.files import WAITING
from doorstep.examiner.examine import Round, examine
from doorstep.examiner.own_key import load_own_keys
from doorstep.examiner.running import LONGEST_PAUSE, Log, keep_examining
from tests.unit.examiner import hostile
from tests.unit.examiner.conftest import OTHER, Folder
from tests.unit.examiner.test_examine import PAGE

NOTHING = Round(0, {}, {})


class Ends(BaseException):
    """What a signal raises."""


class Day:
    """Time that passes only in pauses; the loop ends after `until` seconds."""

    def __init__(self, until: float) -> None:
        self.now, self.until = 0.0, until
        self.pauses: list[float] = []
        self.rounds, self.sweeps = list[float](), list[float]()
        self.said = io.StringIO()

    def run(self, once: Callable[[], Round] = lambda: NOTHING, sweep: Callable[[], str] = lambda: "") -> list[object]:
        def a_round() -> Round:
            self.rounds.append(self.now)
            return once()

        def a_sweep() -> str:
            self.sweeps.append(self.now)
            return sweep()

        log = Log(self.said, lambda: dt.datetime(2026, 11, 22, 1, 2, 3, tzinfo=dt.UTC))
        with pytest.raises(Ends):
            keep_examining(a_round, a_sweep, pause=self.pause, seconds=lambda: self.now, log=log)
        return [json.loads(line) for line in self.said.getvalue().splitlines()]

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
        if self.now >= self.until:
            raise Ends


def raises(error: Exception) -> Callable[[], Round]:
    def once() -> Round:
        raise error

    return once


def test_it_looks_each_second_and_sweeps_each_hour() -> None:
    day = Day(7300)
    assert day.run() == []
    assert len(day.rounds) == 7300
    assert day.sweeps == [0, 3600, 7200]


def test_while_somebody_is_at_it_it_looks_more_often() -> None:
    rounds = [Round(1, {}, {}), NOTHING]
    day = Day(120)
    day.run(lambda: rounds.pop(0) if len(rounds) > 1 else NOTHING)
    assert day.pauses == [0.25] * 240 + [1] * 60


def test_what_was_done_is_one_line() -> None:
    done = Round(2, {"foreign": 1}, {})
    assert Day(0.25).run(lambda: done) == [
        {"time": "2026-11-22T01:02:03.000Z", "event": "examined", "kept": 2, "refused": {"foreign": 1}}
    ]


def test_a_store_that_is_away_is_told_and_asked_less_often() -> None:
    day = Day(400)
    told = day.run(raises(StoreUnavailable("the disk is full: free space")))
    assert all(line["why"] == "the disk is full: free space" for line in told)  # type: ignore[index]
    assert day.pauses[:7] == [2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]


def test_of_any_other_error_only_type_and_line_are_told() -> None:
    (told,) = Day(1).run(raises(ValueError("what a resident wrote")))
    assert told["event"] == "examining failed"  # type: ignore[index]
    assert told["why"].startswith("ValueError in test_running.py, line ")  # type: ignore[index]


def test_a_sweep_that_fails_or_is_hindered_comes_again() -> None:
    answers: list[Callable[[], Round]] = [raises(OSError("x")), raises(StoreUnavailable("away"))]

    def sweep() -> str:
        if answers:
            answers.pop()()
        return "is it the one that intake writes to?"

    day = Day(8000)
    assert [line["event"] for line in day.run(sweep=sweep)] == ["sweep failed", "sweep failed", "sweep hindered"]  # type: ignore[index]


def test_a_log_that_nobody_takes_stops_nothing() -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    Log(Full(), lambda: dt.datetime(2026, 11, 22, tzinfo=dt.UTC)).write("examined", kept=1)


def test_a_fault_of_ours_keeps_one_file_waiting_and_no_other(folder: Folder) -> None:
    key, good = folder.send(hostile.jpeg()), folder.send(hostile.jpeg() + b"2", OTHER)

    def faulty(content: bytes, media_type: str) -> tuple[Page, ...]:
        if content == hostile.jpeg():
            raise BlockingIOError(11, "no process can be started")
        return (PAGE,)

    done = examine(folder.quarantine, folder.own, os.urandom, make=faulty)
    assert (done.kept, done.refused, list(done.later.values())) == (1, {}, [1])
    assert next(iter(done.later)).startswith("BlockingIOError in test_running.py, line ")
    assert folder.state(key).status == WAITING
    assert folder.opened(good, OTHER).pages == (PAGE,)


@pytest.mark.parametrize("name", ["private.pem", "signing.json"])
def test_its_own_keys_are_those_intake_and_office_know(tmp_path: Path, name: str) -> None:
    keys = create_or_load(tmp_path / "var")
    assert load_own_keys(tmp_path / "var").opens.lock.kid == keys.examiner.kid
    create_or_load(tmp_path / "other")
    other = (tmp_path / "other" / "examiner" / name).read_bytes()
    (tmp_path / "var" / "examiner" / name).write_bytes(other)
    with pytest.raises(KeyProblem, match="does not belong to intake"):
        load_own_keys(tmp_path / "var")
