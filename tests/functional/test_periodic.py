"""Background work goes on: called at the start and again, whatever a call raised."""

from __future__ import annotations

import threading

from doorstep.serving.periodic import run_every


def test_work_is_called_again_and_a_failure_is_told() -> None:
    calls: list[int] = []
    told: list[BaseException] = []
    enough = threading.Event()

    def work() -> None:
        calls.append(len(calls))
        if len(calls) == 4:
            enough.set()
        if len(calls) % 2:
            raise ValueError(len(calls))

    periodic = run_every(0.001, work, name="counting", report=told.append)
    assert enough.wait(10)
    periodic.stop(10)
    counted = len(calls)
    assert [str(error) for error in told] == [str(number) for number in range(1, counted + 1, 2)]
    threading.Event().wait(0.02)
    assert len(calls) == counted


def test_the_wait_lies_between_calls() -> None:
    began = threading.Event()
    calls: list[int] = []

    def work() -> None:
        calls.append(1)
        began.set()

    periodic = run_every(3600, work, name="hourly", report=print)
    assert began.wait(10)
    periodic.stop(10)
    assert calls == [1]
