"""Which files are let alone for a while, because something that is not their fault kept them from being examined, and
in which lane (`lanes.py`) each waits.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from doorstep.attachments.files import Waiting

FIRST, LONGEST = 15.0, 120.0
"""Seconds before a file is tried again: twice as many each time."""


class Patience:
    """Remembers, in this process alone, how often each waiting file was put off, until when, and its lane.

    `seconds` counts and never goes back. Safe to share between threads.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._known: dict[tuple[str, str], _Known] = {}
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """How many are known: put off, or moved to another lane."""
        return len(self._known)

    def put_off(self, file: Waiting) -> int:
        """Let it alone for a while; how often this was done, this time included."""
        with self._lock:
            known = self._known.get(_name(file), _NEW)
            pause = min(FIRST * 2 ** min(known.times, 16), LONGEST)
            self._known[_name(file)] = known._replace(times=known.times + 1, until=self._seconds() + pause)
            return known.times + 1

    def move_on(self, file: Waiting) -> None:
        """To the next lane, where it is due at once."""
        with self._lock:
            known = self._known.get(_name(file), _NEW)
            self._known[_name(file)] = known._replace(lane=known.lane + 1)

    def done_with(self, file: Waiting) -> None:
        """It waits no more."""
        with self._lock:
            self._known.pop(_name(file), None)

    def due(self, waiting: Sequence[Waiting], lane: int | None = None) -> list[Waiting]:
        """Those to be examined now in this lane (None: in any), and the rest forgotten that do not wait any more.

        Every application's first comes before anybody's second: sixty long files keep nobody else waiting.
        """
        present = {_name(file) for file in waiting}
        with self._lock:
            self._known = {name: known for name, known in self._known.items() if name in present}
            now, seen = self._seconds(), dict[str, int]()
            ranked = []
            for file in waiting:
                known = self._known.get(_name(file), _NEW)
                if known.until <= now and lane in (None, known.lane):
                    rank = seen[file.reference] = seen.get(file.reference, -1) + 1
                    ranked.append((rank, file))
        return [file for _, file in sorted(ranked, key=lambda pair: pair[0])]


class _Known(NamedTuple):
    times: int = 0
    until: float = -math.inf
    lane: int = 0


_NEW = _Known()


def _name(file: Waiting) -> tuple[str, str]:
    return file.reference, file.name
