"""Group commit by itself: who leads, who shares, and what becomes of the others when something goes wrong."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer

import pytest

from doorstep.applications.store import OutcomeUnknown
from doorstep.stores.groups import Groups, Turn


class Writer:
    """Notes its groups; waits at the first one until told to go on."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.first_began = Event()
        self.go_on = Event()

    def __call__(self, turns: Sequence[Turn[int]]) -> None:
        self.groups.append([turn.work for turn in turns])
        if len(self.groups) == 1:
            self.first_began.set()
            assert self.go_on.wait(10)
        for turn in turns:
            if turn.work < 0:
                raise OSError(turn.work)
            if turn.work % 10 == 3:
                turn.failure = ValueError(turn.work)


def waiting(groups: Groups[int], count: int) -> None:
    while len(groups._waiting) < count:
        Event().wait(0.001)


def test_those_who_wait_share_the_next_group() -> None:
    writer = Writer()
    groups = Groups(writer, most=3)
    with ThreadPoolExecutor(5) as threads:
        runs = [threads.submit(groups.run, 0)]
        assert writer.first_began.wait(10)
        for number in (1, 2, 3, 4):
            runs.append(threads.submit(groups.run, number))
            waiting(groups, number)
        writer.go_on.set()
        failures = [run.exception(10) for run in runs]
    assert writer.groups == [[0], [1, 2, 3], [4]]
    assert [repr(failure) for failure in failures] == ["None", "None", "None", "ValueError(3)", "None"]
    groups.run(5)
    assert writer.groups[-1] == [5]


def test_what_fails_a_group_fails_all_of_it_and_nothing_else() -> None:
    writer = Writer()
    groups = Groups(writer, most=9)
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(groups.run, 0)]
        assert writer.first_began.wait(10)
        for count, number in enumerate((1, -2), start=1):
            runs.append(threads.submit(groups.run, number))
            waiting(groups, count)
        writer.go_on.set()
        failures = [run.exception(10) for run in runs]
    assert [type(failure) for failure in failures] == [type(None), OSError, OSError]
    groups.run(1)


Alarm = Callable[[float], object]


class Interrupted(BaseException):
    pass


@pytest.fixture
def alarm() -> Iterator[Alarm]:
    def ring(*_signal: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, ring)
    yield lambda seconds: signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.signal(signal.SIGALRM, before)


def test_an_interrupted_waiter_takes_its_work_back_and_holds_nobody_up(alarm: Alarm) -> None:
    writer = Writer()
    groups = Groups(writer, most=9)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(groups.run, 0)
        assert writer.first_began.wait(10)
        alarm(0.05)
        with pytest.raises(Interrupted):
            groups.run(1)
        second = threads.submit(groups.run, 2)
        waiting(groups, 1)
        writer.go_on.set()
        assert [first.result(10), second.result(10)] == [None, None]
    assert writer.groups == [[0], [2]]


def test_an_interrupted_leader_leaves_an_unknown_outcome_and_the_lead(alarm: Alarm) -> None:
    writer = Writer()
    groups = Groups(writer, most=9)
    with ThreadPoolExecutor(1) as threads:
        Timer(0.02, lambda: threads.submit(groups.run, 2)).start()
        alarm(0.1)
        with pytest.raises(Interrupted):
            groups.run(1)
        groups.run(3 + 1)
    assert [work for group in writer.groups for work in group] == [1, 2, 4]


def test_one_who_shares_an_interrupted_group_is_not_told_that_it_worked() -> None:
    def write(turns: Sequence[Turn[int]]) -> None:
        if len(turns) > 1:
            raise Interrupted
        assert go_on.wait(10)

    go_on = Event()
    groups = Groups(write, most=9)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(groups.run, 0)
        while not groups._led:
            Event().wait(0.001)
        others = [threads.submit(groups.run, 1)]
        waiting(groups, 1)
        others.append(threads.submit(groups.run, 2))
        waiting(groups, 2)
        go_on.set()
        assert first.result(10) is None
        assert {type(other.exception(10)) for other in others} == {Interrupted, OutcomeUnknown}
