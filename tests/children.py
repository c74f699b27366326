"""Work done in a forked child: it may change its user, hit a limit or die without hurting the tests."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Timer
from typing import Any, NoReturn

DIED = "died"
"""What `in_child` returns for a child that ended by os._exit or a signal before it had an answer."""


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns (picklable) in a child process, or DIED."""
    return next(told_by_child(lambda tell: tell(work())), DIED)


def told_by_child(work: Callable[[Callable[[Any], None]], None], *, killed_after: float | None = None) -> Iterator[Any]:
    """What `work` tells from a child process, each thing as it is told, until the child ends or dies.

    The child begins at once, and gets SIGKILL after `killed_after` seconds. An exception of its own fails the test
    with its traceback.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of fork beside threads; the child uses nothing those threads could have locked.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing)
    os.close(writing)
    killer = Timer(killed_after, os.kill, (child, signal.SIGKILL)) if killed_after is not None else None
    if killer:
        killer.start()
    return _told(child, reading, killer)


def _work(work: Callable[[Callable[[Any], None]], None], writing: int) -> NoReturn:
    def tell(thing: Any) -> None:
        with os.fdopen(writing, "wb", closefd=False) as pipe:
            pickle.dump(thing, pipe)

    gc.freeze()  # a collection would touch, and so copy, all the memory shared with the parent
    try:
        work(tell)
    except BaseException:  # noqa: BLE001 - whatever it is, it belongs to the parent
        tell(AssertionError(f"in the child:\n{traceback.format_exc()}"))
    finally:
        os._exit(0)


def _told(child: int, reading: int, killer: Timer | None) -> Iterator[Any]:
    try:
        with os.fdopen(reading, "rb") as pipe, suppress(EOFError, pickle.UnpicklingError):
            while True:
                thing = pickle.load(pipe)
                if isinstance(thing, AssertionError):
                    raise thing
                yield thing
    finally:
        if killer:
            killer.cancel()
            killer.join()
        os.waitpid(child, 0)
