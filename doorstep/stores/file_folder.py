"""The folder that files rest in on one machine: how one gets there whole and durable, and what a listing of it says."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from doorstep.applications.store import StoreUnavailable
from doorstep.stores.disk import Disk
from doorstep.stores.file_names import SHELVES, Found, checked_reference, is_reference, read_leaf

PARTS = "parts"
"""Where files are written before they are moved into place."""

_LOCK = "lock"


class FileFolder:
    """`quarantine/<ref>/<name>`, `ready/<ref>/<name>.<pages>` and `refused/<ref>/<name>.<why>` in a folder (0700, the
    files 0600), shared by processes. `boundary` is called at each point where the process might die.
    """

    def __init__(self, root: Path, boundary: Callable[[str], None] | None = None, disk: Disk | None = None) -> None:
        self.root = root
        self.boundary = boundary or (lambda _name: None)
        self.disk = disk or Disk()
        with self.trouble():
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            _check_ours(root)
            for shelf in (PARTS, *SHELVES.values()):
                self.disk.make_folder(root / shelf)
            self.disk.flush_folder(root)

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turns what a disk says into StoreUnavailable, with what to do."""
        try:
            yield
        except OSError as error:
            raise StoreUnavailable(f"the folder of files {self.root} {_remedy(error)}") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While files are moved, one process and thread at a time; the lock of a process that dies is let go."""
        handle = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def written(self, content: bytes) -> Path:
        """The content as a file of its own among the parts, on the disk. Raises OSError, and leaves nothing then."""
        part = self.root / PARTS / secrets.token_hex(16)
        try:
            self.boundary("before it is written")
            self.disk.write(part, content)
            self.boundary("written")
            self.disk.flush(part)
            self.boundary("flushed")
        except OSError:
            with suppress(OSError):
                self.disk.unlink(part)
            raise
        return part

    def settle(self, part: Path, status: str, reference: str, leaf: str) -> None:
        """Move a written part to its shelf, durably."""
        shelf = self.root / SHELVES[status]
        folder = shelf / reference
        self.disk.make_folder(folder)
        self.boundary("folder made")
        self.disk.rename(part, folder / leaf)
        self.boundary("in place")
        self.disk.flush_folder(folder)
        self.disk.flush_folder(shelf)  # also where another process made the folder, and may not have come so far
        self.boundary("durable")

    def take_out(self, status: str, reference: str, leaf: str) -> None:
        """Destroy one file; a folder that is empty then goes with it."""
        folder = self.root / SHELVES[status] / reference
        self.disk.unlink(folder / leaf)
        self.boundary("taken out")
        with suppress(FileNotFoundError):
            self.disk.flush_folder(folder)
        with suppress(OSError):  # it is not empty, or gone already
            self.disk.remove_folder(folder)

    def path(self, status: str, reference: str, leaf: str) -> Path:
        """Where a file of this status lies."""
        return self.root / SHELVES[status] / reference / leaf

    def listed(self, status: str, reference: str) -> Iterator[Found]:
        """The files of one application on this status's shelf."""
        checked_reference(reference)
        for leaf, facts in _entries(self.root / SHELVES[status] / reference):
            found = read_leaf(status, leaf, moment(facts))
            if found is not None and stat.S_ISREG(facts.st_mode):
                yield found

    def all_listed(self, reference: str) -> list[Found]:
        """The files of one application; one that moves on meanwhile stands there twice, never not at all."""
        return [found for status in SHELVES for found in self.listed(status, reference)]

    def references(self, status: str) -> list[str]:
        """The applications that have files on this status's shelf."""
        return sorted(path.name for path in (self.root / SHELVES[status]).iterdir() if is_reference(path.name))


def moment(facts: os.stat_result) -> datetime:
    """When a file came in: as it was last written."""
    return datetime.fromtimestamp(facts.st_mtime, UTC)


def _entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """What lies in a folder, which need not be there; what is taken away meanwhile is left out."""
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.name, path.lstat()


def _check_ours(root: Path) -> None:
    facts = root.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise StoreUnavailable(f"{root} is a link: put the folder itself there, or set DOORSTEP_VAR to its parent")
    if facts.st_uid != os.geteuid():
        raise StoreUnavailable(
            f"{root} belongs to user {facts.st_uid}, this process runs as {os.geteuid()}: "
            "let the account that runs Doorstep own the folder and what is in it"
        )
    if facts.st_mode & 0o077:
        raise StoreUnavailable(f"others may read or change {root}: run chmod 700 {root}, and ask who has read it")


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "lies on a disk that is full: free space on it, then send again"
    if error.errno == errno.EROFS:
        return "lies on a disk that is read-only: see why (a fault of the disk makes it so), and mount it for writing"
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            f"may not be read and written by user {os.geteuid()}, as whom this process runs: let the account that "
            "runs Doorstep own the folder and what is in it"
        )
    return f"fails to read or write ({error.strerror}): check that it is there, its quota and its health"
