"""Work on many pages, shared between as many processes as there are processors."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: To start a process and to carry its results back takes as long as a few dozen pages.
WORTH_IT = 100


def shared(work: Callable[[T], R], items: Sequence[T], processes: int | None = None) -> list[R]:
    """`work` of each item, in their order. It may write files, twice the same ones; what else it changes is lost.

    A process that fails sends nothing: its items are worked on here again, so that an error rises as it always would.
    """
    count = processes or available()
    if count < 2 or len(items) < WORTH_IT:
        return list(map(work, items))
    others = [_Other(work, items[number::count]) for number in range(1, count)]
    try:
        parts = [list(map(work, items[::count])), *(other.results() for other in others)]
    except BaseException:
        for other in others:
            other.stop()
        raise
    return [parts[number % count][number // count] for number in range(len(items))]


def available() -> int:
    """How many processes may share work: one where none can be forked, or where another thread might hold a lock."""
    alone = hasattr(os, "fork") and threading.active_count() == 1
    return len(os.sched_getaffinity(0)) if alone and hasattr(os, "sched_getaffinity") else 1


class _Other(Generic[T, R]):
    """A forked process at work: it knows all that is known here."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T]) -> None:
        self._work, self._items = work, items
        context = multiprocessing.get_context("fork")
        self._receiving, sending = context.Pipe(duplex=False)
        self._process = context.Process(target=_send, args=(sending, work, items), daemon=True)
        self._process.start()
        sending.close()

    def results(self) -> list[R]:
        try:
            done: list[R] | None = self._receiving.recv()
        except EOFError:
            done = None
        self._receiving.close()
        self._process.join()
        return list(map(self._work, self._items)) if done is None else done

    def stop(self) -> None:
        self._process.terminate()
        self._process.join()


def _send(sending: Connection, work: Callable[[T], R], items: Sequence[T]) -> None:
    try:
        done: list[R] | None = list(map(work, items))
    except Exception:  # noqa: BLE001 — whoever waits meets the same, where it can be told
        done = None
    sending.send(done)
