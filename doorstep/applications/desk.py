"""The desk: what a use case needs of the world, passed in as one argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from doorstep.applications.key_formats import IntakeKeys
from doorstep.applications.store import Store

_WRITTEN = "%Y-%m-%dT%H:%M:%SZ"


class Desk(NamedTuple):
    """Store, keys, clock (aware datetimes) and random source (n → n bytes). Safe to share between threads."""

    store: Store
    keys: IntakeKeys
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]

    def now(self) -> str:
        """The time in UTC to the second, as events write it: 2026-11-22T05:04:03Z."""
        return self.clock().astimezone(UTC).strftime(_WRITTEN)

    def seconds_since(self, written: str) -> float:
        """Seconds from a written time until now; negative when the clock went back."""
        return (self.clock() - read_time(written)).total_seconds()


def read_time(written: str) -> datetime:
    """The moment `now` wrote; ValueError for another spelling."""
    moment = datetime.fromisoformat(written)  # strptime would compile its patterns at a cold start
    if moment.strftime(_WRITTEN) != written:
        raise ValueError("not a moment as events write it")
    return moment
