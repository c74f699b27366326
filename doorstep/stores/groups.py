"""Group commit: writers that arrive while one is flushing share the next flush."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from doorstep.applications.store import OutcomeUnknown

Work = TypeVar("Work")


class Turn(Generic[Work]):
    """One writer's work, and how it ended: `failure` is raised to that writer alone."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.failure: Exception | None = None
        self.done = False
        self.leads = False
        self._called = Lock()
        self._called.acquire()

    def call(self) -> None:
        """Wake the writer: its work is done, or it is its turn to lead."""
        self._called.release()

    def wait(self) -> None:
        self._called.acquire()


class Groups(Generic[Work]):
    """Hands the work of many threads to `write`, one group at a time.

    The first writer leads at once with its own work (alone it waits for nobody); those who come meanwhile wait, and
    the first of them leads the next group. `write` sets `failure` where a piece of work failed; what it raises
    fails the whole group.
    """

    def __init__(self, write: Callable[[Sequence[Turn[Work]]], None], *, most: int) -> None:
        self._write = write
        self._most = most
        self._lock = Lock()
        self._waiting: list[Turn[Work]] = []
        self._led = False

    def run(self, work: Work) -> None:
        """Return once the work is durable; raise what it failed with."""
        turn = Turn(work)
        with self._lock:
            self._waiting.append(turn)
            turn.leads, self._led = not self._led, True
        if not turn.leads:
            try:
                turn.wait()
            except BaseException:  # an interrupted main thread must not take the lead away with it
                self._leave(turn)
                raise
        if not turn.done:
            self._lead()
        if turn.failure is not None:
            raise turn.failure

    def _lead(self) -> None:
        with self._lock:
            group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            self._write(group)
        except Exception as failure:  # noqa: BLE001 - each writer of the group gets it raised in its own thread
            for turn in group:
                turn.failure = failure
        except BaseException:  # this thread is being ended; the others learn no more than that
            for turn in group:
                turn.failure = OutcomeUnknown("the thread that wrote for others was interrupted")
            raise
        finally:
            for turn in group:
                turn.done = True
            self._hand_over()
            for turn in group:
                turn.call()

    def _hand_over(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            if self._led:
                self._waiting[0].leads = True
                self._waiting[0].call()

    def _leave(self, turn: Turn[Work]) -> None:
        """Take back work nobody has begun; if it was this writer's turn to lead, the next one leads."""
        with self._lock:
            if turn in self._waiting:
                self._waiting.remove(turn)
        if turn.leads and not turn.done:
            self._hand_over()
