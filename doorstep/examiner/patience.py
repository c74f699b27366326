"""Which files are let alone for a while, because something that is not their fault kept them from being examined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doorstep.attachments.files import Waiting

FIRST, LONGEST = 15.0, 120.0
"""Seconds before a file is tried again: twice as many each time."""


class Patience:
    """Remembers, in this process alone, how often each waiting file was put off, and until when.

    `seconds` counts and never goes back.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._put_off: dict[tuple[str, str], tuple[int, float]] = {}

    @property
    def count(self) -> int:
        """How many are put off, or were and are due again."""
        return len(self._put_off)

    def put_off(self, file: Waiting) -> int:
        """Let it alone for a while; how often this was done, this time included."""
        times = self._put_off.get(_name(file), (0, 0.0))[0] + 1
        pause = min(FIRST * 2 ** min(times - 1, 16), LONGEST)
        self._put_off[_name(file)] = (times, self._seconds() + pause)
        return times

    def done_with(self, file: Waiting) -> None:
        """It waits no more."""
        self._put_off.pop(_name(file), None)

    def due(self, waiting: Sequence[Waiting]) -> list[Waiting]:
        """Those to be examined now, and the rest forgotten that do not wait any more.

        Every application's first comes before anybody's second: sixty long files keep nobody else waiting.
        """
        present = {_name(file) for file in waiting}
        self._put_off = {name: times for name, times in self._put_off.items() if name in present}
        now, seen = self._seconds(), dict[str, int]()
        ranked = []
        for file in waiting:
            if self._put_off.get(_name(file), (0, now))[1] <= now:
                rank = seen[file.reference] = seen.get(file.reference, -1) + 1
                ranked.append((rank, file))
        return [file for _, file in sorted(ranked, key=lambda pair: pair[0])]


def _name(file: Waiting) -> tuple[str, str]:
    return file.reference, file.name
