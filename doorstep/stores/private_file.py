"""A file that holds applications is a plain file of ours that nobody else can open; anything else is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from doorstep.applications.store import StoreUnavailable


def check_private(path: Path) -> None:
    """Raises StoreUnavailable, with what to do, for a link of either kind, a foreign owner or rights of others. Absent
    is fine.

    Says nothing of another kind of thing in its place (a folder): opening it does.
    """
    try:
        facts = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISLNK(facts.st_mode):
        raise StoreUnavailable(
            f"{path} is a link: put the file itself there, or set DOORSTEP_VAR to the folder that holds it"
        )
    if stat.S_ISREG(facts.st_mode) and facts.st_nlink > 1:
        # By each name SQLite keeps another log beside it: what one process acknowledges, the other never sees.
        raise StoreUnavailable(
            f"{path} has {facts.st_nlink} names (hard links), and a database may have one: copy it, or restore it from "
            "a backup, to a file of its own"
        )
    if facts.st_uid != os.geteuid():
        raise StoreUnavailable(
            f"{path} belongs to user {facts.st_uid}, this process runs as {os.geteuid()}: "
            "let the account that runs Doorstep own the folder and the file, and own and write them alone"
        )
    if stat.S_ISREG(facts.st_mode) and facts.st_mode & 0o077:
        raise StoreUnavailable(f"others may read or change {path}: run chmod 600 {path}, and ask who has read it")


class SameFile:
    """The file at `path`, as it stands when this is made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._identity()

    def check(self) -> None:
        """Raises StoreUnavailable where it was moved away or replaced under us: what is there now is not what was
        opened, and neither written into nor called empty.
        """
        try:
            same = self._identity() == self._known
        except OSError:
            same = False
        if not same:
            raise StoreUnavailable(f"{self._path} was moved or replaced while in use: start Doorstep again")

    def _identity(self) -> tuple[int, int]:
        facts = self._path.stat()
        return facts.st_dev, facts.st_ino
