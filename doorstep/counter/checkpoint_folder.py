"""The folder of checkpoints is ours alone, and what is opened in it a plain file: no link leads out, no pipe waits.

Whoever can write there might lay a link to one of the office's keys in a file's place.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_NO_DETOUR = os.O_NOFOLLOW | os.O_NONBLOCK


def check_folder(folder: Path) -> None:
    """Raises OSError, whose strerror says why, unless it is a real folder of this account's, closed to all others."""
    facts = folder.lstat()
    if stat.S_ISLNK(facts.st_mode):
        raise OSError(errno.ELOOP, "it is a link")
    if not stat.S_ISDIR(facts.st_mode):
        raise OSError(errno.ENOTDIR, "it is no folder")
    if facts.st_uid != os.geteuid():
        raise OSError(errno.EPERM, f"it belongs to user {facts.st_uid}, this process runs as {os.geteuid()}")
    if facts.st_mode & 0o077:
        raise OSError(errno.EPERM, "others may read or change it: run chmod 700")


def open_plain(path: Path) -> BinaryIO:
    """For reading. Raises OSError for anything but a plain file, without waiting for the other end of a pipe."""
    return os.fdopen(_plain(path, os.O_RDONLY | _NO_DETOUR), "rb")


def open_lock(path: Path) -> BinaryIO:
    """For locking: made if absent (0600), and never shortened. Raises OSError unless it is a plain file of ours."""
    return os.fdopen(_plain(path, os.O_RDWR | os.O_CREAT | _NO_DETOUR, ours=True), "rb+", buffering=0)


def open_new(path: Path) -> BinaryIO:
    """For writing (0600): a new file in the place of whatever a run that was cut short, or somebody, left there."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb")


def _plain(path: Path, flags: int, *, ours: bool = False) -> int:
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a link") from error
        raise
    facts = os.fstat(descriptor)
    if stat.S_ISREG(facts.st_mode) and (not ours or facts.st_uid == os.geteuid()):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is no plain file" if not stat.S_ISREG(facts.st_mode) else "it is another user's")
