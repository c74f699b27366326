"""A city on real files, checkpointed twice, with what somebody can do to it who has the files in hand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doorstep.applications.head import Head
from doorstep.counter.checkpointing import take_checkpoint
from doorstep.counter.findings import Finding
from doorstep.counter.reconcile import Reconciliation
from tests.unit.counter.telling.city import City


@dataclass
class Town:
    """A city on real files: `first` and `second` were checkpointed twice, the second time with a step more."""

    city: City
    folder: Path
    path: Path
    office: Path
    first: str = ""
    second: str = ""
    old: dict[str, bytes] = field(default_factory=dict)

    def checkpoint(self) -> tuple[Finding, ...]:
        file = self.city.file
        taken = take_checkpoint(self.city.counter.desk, file.readings, self.folder, memory=file.checkpoints)
        assert taken is not None
        self.city.clock.forward(hours=1)
        return taken.findings

    def run(self) -> Reconciliation:
        file, desk = self.city.file, self.city.counter.desk
        return Reconciliation(
            desk.store, desk.keys.public_keys, file.readings, self.folder, memory=file.checkpoints, opener=desk
        )

    def findings(self) -> list[Finding]:
        return list(self.run().findings())

    def named(self) -> set[tuple[str, str]]:
        return {(found.record, found.what) for found in self.findings()}

    def sql(self, statement: str, *values: Any, path: Path | None = None) -> None:
        with closing(sqlite3.connect(path or self.path)) as connection, connection:
            assert connection.execute(statement, values).rowcount != 0

    def content(self, reference: str) -> bytes:
        return self.city.head(reference).to_bytes()

    def put(self, reference: str, head: Head | bytes) -> None:
        content = head if isinstance(head, bytes) else head.to_bytes()
        self.sql("UPDATE heads SET content = ? WHERE reference = ?", content, reference)

    def log(self, *statements: str) -> None:
        """What somebody with the file in hand can do: the triggers go first, and come back so that nobody sees it."""
        with closing(sqlite3.connect(self.office)) as connection, connection:
            triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'readings'"
            made = connection.execute(triggers).fetchall()
            for trigger, _ in made:
                connection.execute(f"DROP TRIGGER {trigger}")
            for statement in (*statements, *(sql for _, sql in made)):
                connection.execute(statement)

    def read(self) -> None:
        self.city.file.readings.record(
            at=self.city.counter.desk.now(), staff="s-clerk", reference=self.first, why="check", what="answers"
        )

    def file(self, number: int) -> Path:
        return self.folder / f"{number:010d}.checkpoint"
