"""Words that found nothing, in a SQLite file of their own: whatever befalls it, applications are stored."""

from __future__ import annotations

from pathlib import Path

from doorstep.search.unfound import MOST_A_DAY, Said
from doorstep.stores.rows_file import RowsFile
from doorstep.stores.sqlite_file import Kind

UNFOUND = "unfound.sqlite3"
"""The file in the data folder."""

_MARK = 0x446F6F55  # "DooU"
_SCHEMA = (
    """CREATE TABLE said (
        day TEXT NOT NULL, words TEXT NOT NULL, times INTEGER NOT NULL,
        PRIMARY KEY (day, words)) STRICT, WITHOUT ROWID""",
    f"PRAGMA application_id = {_MARK}",
    "PRAGMA user_version = 1",
)
_AGAIN = "UPDATE said SET times = times + 1 WHERE day = ? AND words = ?"
_FIRST = "INSERT INTO said (day, words, times) SELECT ?, ?, 1 WHERE (SELECT count(*) FROM said WHERE day = ?) < ?"


class UnfoundFile(RowsFile):
    """An UnfoundWords in the SQLite file at `path`; see RowsFile."""

    def __init__(self, path: Path, *, most: int = MOST_A_DAY, timeout: float = 5.0) -> None:
        super().__init__(path, Kind(_MARK, 1, _SCHEMA), timeout=timeout)
        self._most = most

    def note(self, day: str, words: str) -> bool:
        """See UnfoundWords."""
        with self.transaction() as connection:
            return bool(
                connection.execute(_AGAIN, (day, words)).rowcount
                or connection.execute(_FIRST, (day, words, day, self._most)).rowcount
            )

    def since(self, day: str) -> list[Said]:
        """See UnfoundWords."""
        return [Said(*row) for row in self.read("SELECT day, words, times FROM said WHERE day >= ?", (day,))]

    def sweep(self, before: str) -> None:
        """See UnfoundWords. The pages are overwritten too."""
        with self.transaction() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM said WHERE day < ?", (before,))
