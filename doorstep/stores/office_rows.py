"""What the office's tables need of their file: a transaction and a read."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """See OfficeFile."""

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """A writing transaction, on the disk when it ends."""

    def read(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
        """All rows."""
