"""Work that several processes share ends as if one had done it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from doorstep.portal.processes import WORTH_IT, shared

MANY = range(3 * WORTH_IT)


@pytest.mark.parametrize("processes", [1, 2, 3, 7])
def test_results_stand_in_the_order_of_what_they_came_of(processes: int) -> None:
    assert shared(lambda number: number * number, MANY, processes) == [number * number for number in MANY]


def test_several_processes_take_part_where_it_is_worth_it() -> None:
    assert len(set(shared(lambda _: os.getpid(), MANY, 3))) == 3
    assert set(shared(lambda _: os.getpid(), MANY[: WORTH_IT - 1], 3)) == {os.getpid()}


def test_an_error_of_another_process_rises_here() -> None:
    def refuse(number: int) -> int:
        if number == 1:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match=r"^1$"):
        shared(refuse, MANY, 2)


def test_what_a_process_that_was_ended_left_is_done_here(tmp_path: Path) -> None:
    here = os.getpid()

    def write(number: int) -> int:
        if number == 101 and os.getpid() != here:
            os._exit(9)
        (tmp_path / str(number)).touch()
        return number

    assert shared(write, MANY, 2) == list(MANY)
    assert len(list(tmp_path.iterdir())) == len(MANY)
