"""What stands in a SQLite file is what Doorstep made there: a trigger of somebody else's could undo every step."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path

from doorstep.applications.store import StoreUnavailable

_THINGS = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
_STATISTICS = ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)")
"""ANALYZE makes it; it says how full the indexes are, and changes no answer."""

_PLAIN = re.compile(r"[A-Za-z0-9_]{1,64}")

Thing = tuple[str, str, str, str]


def foreign_things(connection: sqlite3.Connection, schema: tuple[str, ...]) -> tuple[str, ...]:
    """How what stands in the file differs from what these statements make: a phrase for each thing."""
    ours, there = _made_by(schema), _things(connection) - {_STATISTICS}
    known, found = {thing[:2] for thing in ours}, {thing[:2] for thing in there}
    named = {f"{_called(thing)} is not Doorstep's" for thing in found - known}
    named |= {f"{_called(thing)} is gone" for thing in known - found}
    named |= {f"{_called(thing[:2])} was changed" for thing in there - ours if thing[:2] in known}
    return tuple(sorted(named))


class SchemaGuard:
    """Looks again whenever the file's schema was changed: SQLite counts that, so it costs a look at one number."""

    def __init__(self, path: Path, schema: tuple[str, ...]) -> None:
        self._path = path
        self._schema = schema
        self._looked_at: int | None = None

    def check(self, connection: sqlite3.Connection) -> None:
        """Call it inside the transaction. Raises StoreUnavailable, naming what is foreign or gone."""
        version = connection.execute("PRAGMA schema_version").fetchall()[0][0]
        if version != self._looked_at:
            refuse_foreign(connection, self._path, self._schema)
            self._looked_at = version


def refuse_foreign(connection: sqlite3.Connection, path: Path, schema: tuple[str, ...]) -> None:
    """Raises StoreUnavailable, naming what is foreign or gone."""
    named = foreign_things(connection, schema)
    if named:
        raise StoreUnavailable(
            f"somebody changed how {path} is built ({'; '.join(named)}): stop Doorstep, keep a copy of the file, run "
            "doorstep reconcile, then put the latest backup in its place"
        )


@cache
def _made_by(schema: tuple[str, ...]) -> frozenset[Thing]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema:
            connection.execute(statement)
        return _things(connection)


def _things(connection: sqlite3.Connection) -> frozenset[Thing]:
    return frozenset(connection.execute(_THINGS).fetchall())


def _called(thing: Iterable[str]) -> str:
    """Its kind and name, where they are plain: whoever can write the file chose both."""
    return " ".join(word if _PLAIN.fullmatch(word) else "(an odd name)" for word in thing)
