"""The office beside the public site: a process of its own, started fresh, that ends with it and it with.

Never forked from the site's: no public worker may have the office's key in its memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import NoReturn

from doorstep.startup import ServeError

PATIENCE = 30
"""Seconds the office may take to end; its server gives requests under way twenty."""


class Beside:
    """A process beside this one. `watch` makes this one end calmly, by SIGTERM, when it ends."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._ending = False

    def watch(self) -> None:
        """To be called once SIGTERM is heard here."""
        Thread(target=self._wait, name="beside", daemon=True).start()

    def end(self) -> int:
        """End it calmly; gives its exit code."""
        self._ending = True
        self._process.terminate()
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _wait(self) -> None:
        self._process.wait()
        if not self._ending:
            os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def beside(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Beside]:
    """The `doorstep` command with these words in a process of its own, for the length of the block.

    Raises ServeError at the block's end when it had failed, after what it said of it itself.
    """
    told: list[int] = []
    # Until the server has its own handlers. An exception while the process is being made would leave it behind.
    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    process = subprocess.Popen(  # noqa: S603 — our own interpreter, our own words
        [sys.executable, "-m", "doorstep", *command], env=os.environ | environment
    )
    other = Beside(process)
    try:
        signal.signal(signal.SIGTERM, _stop)
        if told:
            sys.exit(0)
        yield other
    finally:
        alone = process.poll()
        other.end()
        signal.signal(signal.SIGTERM, before)
    if alone:
        raise ServeError("the office ended, and with it the site: what it said stands above")


def _stop(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)
