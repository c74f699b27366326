"""The newest checkpoint in the office's file, one row."""

from __future__ import annotations

from doorstep.counter.checkpoint_chain import Previous
from doorstep.stores.office_rows import Rows

_REMEMBER = """INSERT INTO newest_checkpoint (one, number, digest) VALUES (1, ?, ?)
    ON CONFLICT (one) DO UPDATE SET number = excluded.number, digest = excluded.digest
    WHERE newest_checkpoint.number < excluded.number"""


class CheckpointTable:
    """A CheckpointMemory."""

    def __init__(self, file: Rows) -> None:
        self._file = file

    def newest(self) -> Previous | None:
        rows = self._file.read("SELECT number, digest FROM newest_checkpoint")
        return Previous(*rows[0]) if rows else None

    def remember(self, newest: Previous) -> None:
        with self._file.transaction() as connection:
            connection.execute(_REMEMBER, newest)
