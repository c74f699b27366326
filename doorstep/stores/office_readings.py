"""The reading log in the office's file. Triggers refuse changes; the chain shows one that was made all the same."""

from __future__ import annotations

from collections.abc import Iterator

from doorstep.counter.readings import BrokenAt, Reading, ReadingPage, Tip, first_break, next_reading
from doorstep.stores.office_rows import Rows

_COLUMNS = "number, at, staff, reference, why, what, previous, digest"
_TIP = "SELECT number, digest FROM readings ORDER BY number DESC LIMIT 1"
_AT_ONCE = 1000


class ReadingTable:
    """A ReadingLog."""

    def __init__(self, file: Rows) -> None:
        self._file = file

    def record(self, *, at: str, staff: str, reference: str, why: str, what: str) -> Reading:
        with self._file.transaction() as connection:  # nobody else appends between reading the tip and following it
            rows = connection.execute(_TIP).fetchall()
            tip = Tip(*rows[0]) if rows else Tip(0, "")
            entry = next_reading(tip, at=at, staff=staff, reference=reference, why=why, what=what)
            connection.execute(f"INSERT INTO readings ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry)  # noqa: S608
        return entry

    def page(self, *, reference: str | None = None, before: int | None = None, limit: int = 50) -> ReadingPage:
        below = before if before is not None else 1 << 62
        chosen = "" if reference is None else " AND reference = ?"
        values = (below,) if reference is None else (below, reference)
        rows = self._file.read(
            f"SELECT {_COLUMNS} FROM readings WHERE number < ?{chosen} ORDER BY number DESC LIMIT ?",  # noqa: S608
            (*values, limit + 1),
        )
        entries = tuple(Reading(*row) for row in rows[:limit])
        return ReadingPage(entries, entries[-1].number if len(rows) > limit else None)

    def tip(self) -> Tip:
        rows = self._file.read(_TIP)
        return Tip(*rows[0]) if rows else Tip(0, "")

    def verify(self, known: Tip | None = None) -> BrokenAt | None:
        return first_break(self._oldest_first(), known)

    def _oldest_first(self) -> Iterator[Reading]:
        last = -(1 << 62)  # from the very beginning: a number below 1 would be a forged one
        while True:
            rows = self._file.read(
                f"SELECT {_COLUMNS} FROM readings WHERE number > ? ORDER BY number LIMIT ?",  # noqa: S608
                (last, _AT_ONCE),
            )
            yield from (Reading(*row) for row in rows)
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1][0]
