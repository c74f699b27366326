"""Room on the disk for what the examiner keeps: it leaves to applications what intake leaves them, and junk that is
examined before anybody knows it for junk fills no disk either.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from doorstep.attachments.files import READY, NoRoom
from doorstep.attachments.sweeping import SWEPT_AFTER
from doorstep.stores.file_folder import FileFolder
from doorstep.stores.file_names import SHELVES
from doorstep.stores.folder_files import LEAST_FREE, MOST_WAITING

MOST_NEW = 5 * MOST_WAITING
"""Bytes that may be kept within SWEPT_AFTER: so much, at most, is named by no application yet. Pages take more room
than what was sent.
"""

_COUNTED_EVERY = 600.0


class Room:
    """What is new is counted every ten minutes and guessed upwards in between. `clock` gives seconds since 1970."""

    def __init__(
        self,
        folder: FileFolder,
        least_free: int = LEAST_FREE,
        most_new: int = MOST_NEW,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._least_free = least_free
        self._most_new = most_new
        self._clock = clock
        self._counting = Lock()
        self._counted_at: float | None = None
        self._new = 0

    def take(self, size: int) -> None:
        """Raises NoRoom where so many bytes more may not be kept; OSError."""
        root = self._folder.root
        if self._least_free and self._folder.disk.free(root) - size < self._least_free:
            raise NoRoom(
                f"the disk of {root} is nearly full, and files leave {self._least_free} bytes to applications: what is "
                "examined waits. Free space on it, and see whether somebody sends junk"
            )
        with self._counting:
            now = self._clock()
            if self._counted_at is None or not 0 <= now - self._counted_at < _COUNTED_EVERY:
                self._new, self._counted_at = (
                    _bytes_since(root / SHELVES[READY], now - SWEPT_AFTER.total_seconds()),
                    now,
                )
            if self._new + size > self._most_new:
                raise NoRoom(
                    f"{self._most_new} bytes of files were kept within a day, and more wait until the older are swept: "
                    "see whether somebody sends junk"
                )
            self._new += size


def _bytes_since(shelf: Path, since: float) -> int:
    total = 0
    for folder, _folders, names in os.walk(shelf):
        for name in names:
            with suppress(FileNotFoundError):
                facts = Path(folder, name).lstat()
                total += facts.st_size if facts.st_mtime >= since else 0
    return total
