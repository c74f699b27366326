"""Files in a folder, for intake and office: put in, listed, and the examined ones read."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock

from doorstep.applications.store import StoreUnavailable, TooLarge
from doorstep.attachments.envelope import ENVELOPE_LIMIT
from doorstep.attachments.files import MOST_FILES, READY, REFUSED, WAITING, FileState, Ticket
from doorstep.attachments.statements import STATEMENT_LIMIT
from doorstep.attachments.verdicts import RESENT
from doorstep.stores.disk import Disk
from doorstep.stores.file_folder import PARTS, FileFolder
from doorstep.stores.file_names import SHELVES, checked, checked_reference, leaf_of, states_of
from doorstep.stores.folder_aside import names_aside

CONTAINER_LIMIT = 64_000_000
"""Bytes of a container at most: the examiner makes 20 pages of 2 MB, and less."""

MOST_RESTING = 2 * MOST_FILES
"""Files of one application that may rest at once, however many come in the same moment: intake counts MOST_FILES, but
looks first and acts then.
"""

MOST_WAITING = 2_000_000_000
"""Bytes that may wait at once: junk that anybody may send fills no disk. An examiner at work keeps it near nothing."""

LEAST_FREE = 300_000_000
"""Bytes that files leave free on their disk: applications rest there too, and come first."""

_BLOCK = 4096
_COUNTED_EVERY = 10.0


class FolderFiles:
    """See `attachments.files.Files`. What waits is counted anew every ten seconds and guessed upwards in between."""

    def __init__(
        self,
        root: Path,
        *,
        boundary: Callable[[str], None] | None = None,
        most_waiting: int = MOST_WAITING,
        least_free: int = LEAST_FREE,
        disk: Disk | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = FileFolder(root, boundary, disk)
        self._most_waiting = most_waiting
        self._least_free = least_free
        self._clock = clock
        self._counting = Lock()
        self._counted_at: float | None = None
        self._waiting = 0

    def ticket(self, reference: str, name: str, wrap: Mapping[str, str], size: int) -> Ticket | None:
        """None: files come through intake."""
        del wrap, size
        checked(reference, name)
        return None

    def put(self, reference: str, name: str, envelope: bytes) -> None:
        checked(reference, name)
        if len(envelope) > ENVELOPE_LIMIT:
            raise TooLarge(f"an envelope of {len(envelope)} bytes; the limit is {ENVELOPE_LIMIT}")
        folder = self._folder
        with folder.trouble():
            if self._refreshed(reference, name):
                return
            self._make_room(len(envelope))
            part = folder.written(envelope)
            with folder.alone():
                # Looked at again: it may have been examined while this was written.
                if self._refreshed(reference, name):
                    folder.disk.unlink(part)
                elif len({one.name for one in folder.all_listed(reference)} - {name}) >= MOST_RESTING:
                    folder.disk.unlink(part)
                    raise StoreUnavailable(f"{MOST_RESTING} files of one application rest already: somebody sends junk")
                else:
                    folder.settle(part, WAITING, reference, name)

    def states(self, reference: str) -> dict[str, FileState]:
        with self._folder.trouble():
            return states_of(self._folder.all_listed(reference))

    def container(self, reference: str, name: str) -> bytes | None:
        return self._read(READY, reference, name, CONTAINER_LIMIT)

    def refusal(self, reference: str, name: str) -> bytes | None:
        return self._read(REFUSED, reference, name, STATEMENT_LIMIT)

    def _read(self, status: str, reference: str, name: str, most: int) -> bytes | None:
        checked(reference, name)
        with self._folder.trouble():
            for _attempt in range(3):  # it may be kept again, with another number of pages, between look and read
                found = [one for one in self._folder.listed(status, reference) if one.name == name]
                if not found:
                    return None
                with suppress(FileNotFoundError):
                    return _read_plain(self._folder.path(status, reference, leaf_of(found[0])), most)
        return None

    def aside(self, reference: str) -> frozenset[str]:
        checked_reference(reference)
        with self._folder.trouble():
            return names_aside(self._folder, reference)

    def ping(self) -> None:
        with self._folder.trouble():
            self._make_room(0)
            self._folder.disk.unlink(self._folder.written(bytes(_BLOCK)))

    def _refreshed(self, reference: str, name: str) -> bool:
        """Whether it was examined already, for good: it is as if it had come in now."""
        done = [
            one
            for status in (REFUSED, READY)
            for one in self._folder.listed(status, reference)
            if one.name == name and one.state.why != RESENT
        ]
        for one in done:
            with suppress(FileNotFoundError):
                self._folder.disk.touch(self._folder.path(one.state.status, reference, leaf_of(one)))
        return bool(done)

    def _make_room(self, size: int) -> None:
        """Raises StoreUnavailable where so many bytes more may not wait."""
        free = self._folder.disk.free(self._folder.root)
        if self._least_free and free - size < self._least_free:
            raise StoreUnavailable(
                f"the disk of {self._folder.root} is nearly full: {free} bytes are left, and files leave "
                f"{self._least_free} to applications; free space on it, and see whether somebody sends junk"
            )
        with self._counting:
            now = self._clock()
            if self._counted_at is None or now - self._counted_at >= _COUNTED_EVERY:
                self._waiting, self._counted_at = _bytes_in(self._folder.root), now
            if self._waiting + max(size, _BLOCK) > self._most_waiting:
                raise StoreUnavailable(
                    f"{self._waiting} bytes of files wait to be examined, and no more than {self._most_waiting} may: "
                    "see that the examiner runs (doorstep examine), and whether somebody sends junk"
                )
            self._waiting += max(size, _BLOCK) if size else 0


def _read_plain(path: Path, most: int) -> bytes:
    """Bounded, and of a plain file only: b"" for anything else, which opens under no key and proves nothing."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as stored:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > most:
            return b""
        content = stored.read(most + 1)
    return content if len(content) <= most else b""


def _bytes_in(root: Path) -> int:
    """What waits and what is being written takes of the disk."""
    total = 0
    for shelf in (SHELVES[WAITING], PARTS):
        for folder, _folders, names in os.walk(root / shelf):
            for name in names:
                with suppress(FileNotFoundError):
                    total += max(Path(folder, name).lstat().st_size, _BLOCK)
    return total
