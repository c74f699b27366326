"""The office's SQLite file: staff, sign-in links, sessions, the reading log, newest checkpoint, leases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from doorstep.stores.office_checkpoints import CheckpointTable
from doorstep.stores.office_leases import LeaseTable
from doorstep.stores.office_readings import ReadingTable
from doorstep.stores.office_schema import OFFICE
from doorstep.stores.office_staff import LinkTable, SessionTable, StaffTable
from doorstep.stores.rows_file import RowsFile

PLACE = Path("office") / "office.sqlite3"
"""Where it stands in the data folder."""


class OfficeFile(RowsFile):
    """The file at `path`; see RowsFile."""

    def __init__(
        self,
        path: Path,
        *,
        timeout: float = 5.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        strict: bool = True,
    ) -> None:
        super().__init__(path, OFFICE, timeout=timeout, strict=strict)
        self.staff = StaffTable(self)
        self.links = LinkTable(self)
        self.sessions = SessionTable(self)
        self.readings = ReadingTable(self)
        self.checkpoints = CheckpointTable(self)
        self.leases = LeaseTable(self, clock)


def open_office(var: Path, *, timeout: float = 5.0) -> OfficeFile:
    """The office's file in this data folder; see OfficeFile."""
    return OfficeFile(var / PLACE, timeout=timeout)
