"""Work a function does by itself from time to time, beside requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Job(NamedTuple):
    """`work()` is called at the start and then `every` so many seconds, never twice at once; `name` is for the log."""

    name: str
    every: float
    work: Callable[[], object]
