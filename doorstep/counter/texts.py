"""What staff write, made ready to be kept: cleaned as a resident's words are, and never too long or missing unseen."""

from __future__ import annotations

from doorstep.applications.words import cleaned
from doorstep.counter.errors import Fault, Unfinished

LONGEST = 2000
"""Characters of one text: a decision's reasons fit a page of paper."""


class Faults:
    """Collects what is missing, so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, where: str, what: str) -> None:
        self._found.append(Fault(where, what))

    def text(self, where: str, text: str, *, missing: str, at_least: int = 1) -> None:
        """Note a text (cleaned) that is too short or too long."""
        if len(text) < at_least:
            self.add(where, missing)
        elif len(text) > LONGEST:
            self.add(where, "too-long")

    def stop(self) -> None:
        """Raises Unfinished when anything was noted."""
        if self._found:
            raise Unfinished(tuple(self._found))


__all__ = ["LONGEST", "Faults", "cleaned"]
