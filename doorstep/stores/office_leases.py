"""Leases in the office's file: of all processes that would do one thing, one does it at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from doorstep.stores.office_rows import Rows

_TAKE = """INSERT INTO leases (key, holder, until) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE leases.until <= ?"""


class LeaseTable:
    """Times are this machine's: all who share the file share its clock."""

    def __init__(self, file: Rows, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock

    def take(self, key: str, seconds: float) -> str | None:
        """The holder's token when nobody holds `key`, or whose lease has run out; None when somebody does."""
        holder, now = os.urandom(16).hex(), self._clock().timestamp()
        with self._file.transaction() as connection:
            taken = connection.execute(_TAKE, (key, holder, now + seconds, now)).rowcount
        return holder if taken else None

    def release(self, key: str, holder: str) -> bool:
        """Whether this holder still had it. A lease that ran out and went to another stays the other's."""
        with self._file.transaction() as connection:
            statement = "DELETE FROM leases WHERE key = ? AND holder = ?"
            return connection.execute(statement, (key, holder)).rowcount == 1
