"""The desk: what a use case needs of the world, passed in as one argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from doorstep.applications.key_formats import IntakeKeys
from doorstep.applications.store import Store

_WRITTEN = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Desk:
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
    return datetime.strptime(written, _WRITTEN).replace(tzinfo=UTC)
