"""A process beside another, started fresh, that ends with it: the office beside the public site, the examiner beside
the office.

Never forked: no public worker may have the office's key in its memory, nor the office the examiner's. One that cannot
start keeps the other from starting; one that dies later is started again, and nobody whom the other serves notices.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import NamedTuple, NoReturn

from doorstep.startup import ServeError

PATIENCE = 30
"""Seconds the other may take to end; the office's server gives requests under way twenty."""

SHORTEST, LONGEST = 1.0, 60.0
"""Seconds before it is started again: twice as many each time, until it has once lived for `LONGEST`."""

AFTER_CALM_END = 30.0
"""Seconds before one that ended calmly is started again: most often both were told to end (Ctrl+C)."""


class Names(NamedTuple):
    """How people at the terminal know the process beside, and this one."""

    other: str
    this: str


OFFICE = Names("the office", "the site")
EXAMINER = Names("the examiner", "the office")


class Beside:
    """A process beside this one; `begin` makes another like it. `started` gives a byte once the first has started."""

    def __init__(
        self,
        first: subprocess.Popen[bytes],
        started: int,
        begin: Callable[[], subprocess.Popen[bytes]],
        names: Names,
    ) -> None:
        self._process = first
        self._names = names
        self._started = started
        self._begin = begin
        self._ending = Event()
        self._making = Lock()

    def watch(self, then: Callable[[], object] | None = None) -> None:
        """Wait until the other one has started, call `then`, and from now on start it again whenever it ends.

        To be called before anybody is answered here, and before there are workers: one that is told to end while it
        loads may not hear it. Raises ServeError where the other ends instead, SystemExit on a signal meanwhile.
        """
        kept = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            started = os.read(self._started, 1)  # nothing: it ended without a word
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
        if not started:
            other, this = self._names
            raise ServeError(f"{other} did not start, and without it {this} does not: what it said stands above")
        if then:
            then()
        Thread(target=self._keep, name="beside", daemon=True).start()

    def end(self) -> None:
        """End it calmly, for good."""
        self._ending.set()
        with self._making:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _keep(self) -> None:
        """Until this process ends: the system ends a child with the thread that made it (see parent.py)."""
        other, this = self._names
        pause, since = SHORTEST, time.monotonic()
        while True:
            code = self._process.wait()
            if time.monotonic() - since > LONGEST:
                pause = SHORTEST
            if code and not self._ending.is_set():
                _say(f"{other} ended (exit code {code}) and is started again in {pause:g} s; {this} goes on")
            if self._ending.wait(pause if code else AFTER_CALM_END):
                return
            if not code:  # only now: most often this process ends too, and there is nothing to say
                _say(f"{other} was told to end {AFTER_CALM_END:g} s ago and is started again; {this} goes on")
            with self._making:
                if self._ending.is_set():
                    return
                self._process = self._begin()
            pause, since = min(2 * pause, LONGEST), time.monotonic()


@contextmanager
def beside(command: Sequence[str], environment: Mapping[str, str], names: Names) -> Iterator[Beside]:
    """The `doorstep` command with these words in a process of its own, for the length of the block.

    At first it gets one more option, `--started NUMBER`: an open file that wants a byte once it has started.
    """
    told: list[int] = []
    # Until the server has its own handlers. An exception while the process is being made would leave it behind.
    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    words, changed = [sys.executable, "-m", "doorstep", *command], os.environ | environment
    reading, writing = os.pipe()
    first = subprocess.Popen(  # noqa: S603 — our own interpreter, our own words
        [*words, "--started", str(writing)], env=changed, pass_fds=[writing]
    )
    os.close(writing)  # the last copy is the other's: when it ends without a word, reading ends too
    other = Beside(first, reading, lambda: subprocess.Popen(words, env=changed), names)  # noqa: S603 — the same
    try:
        signal.signal(signal.SIGTERM, _stop)
        if told:
            sys.exit(0)
        yield other
    finally:
        other.end()
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
