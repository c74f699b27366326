"""The desk: what a use case needs of the world, passed in as one argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from doorstep.applications.errors import Tampered
from doorstep.applications.head import DamagedHead, Head
from doorstep.applications.key_formats import Keys
from doorstep.applications.store import Store

WRITTEN = "%Y-%m-%dT%H:%M:%SZ"
"""A moment in UTC, as events write it."""


def write_to_log(tampered: Tampered) -> None:
    """The way to the operator where no other is given: Python's own log, which goes to standard error."""
    import logging  # noqa: PLC0415 — only what should never happen needs it

    logging.getLogger("doorstep").error("tampered: %s: %s", tampered.reference, tampered.what)


class Desk(NamedTuple):
    """Store, keys, clock (aware datetimes) and random source (n → n bytes). Safe to share between threads.

    `report` is told of damage that the person who meets it is not told of.
    """

    store: Store
    keys: Keys
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    report: Callable[[Tampered], None] = write_to_log

    def head(self, reference: str) -> Head | None:
        """The newest head of this reference, or None. Raises Tampered when it is no head, and StoreUnavailable."""
        try:
            return self.store.head(reference)
        except DamagedHead as error:
            raise Tampered(reference, str(error)) from error

    def now(self) -> str:
        """The time in UTC to the second, as events write it: 2026-11-22T05:04:03Z."""
        return self.clock().astimezone(UTC).strftime(WRITTEN)

    def seconds_since(self, written: str) -> float:
        """Seconds from a written time until now; negative when the clock went back."""
        return (self.clock() - read_time(written)).total_seconds()


def read_time(written: str) -> datetime:
    """The moment `now` wrote; ValueError for another spelling."""
    moment = datetime.fromisoformat(written)  # strptime would compile its patterns at a cold start
    if moment.strftime(WRITTEN) != written:
        raise ValueError("not a moment as events write it")
    return moment
