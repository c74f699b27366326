"""What a folder of files does to the disk, one call each: what is not flushed may be gone after a power cut.

Passed in, so that the crash suite can cut the power.
"""

from __future__ import annotations

import os
from pathlib import Path

from doorstep.durable import flush_folder

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class Disk:
    """The machine's own. Every call raises OSError."""

    def write(self, path: Path, content: bytes) -> None:
        """A new file, its owner's alone; not on the disk yet."""
        with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
            file.write(content)

    def flush(self, path: Path) -> None:
        """Put the file's content on the disk."""
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        """The folder, its owner's alone, where it is not there; its name is not on the disk yet."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def remove_folder(self, folder: Path) -> None:
        """Take an empty folder away; OSError where it is not empty, or not there."""
        folder.rmdir()

    def rename(self, source: Path, target: Path) -> None:
        """Move at once, in the place of what is there; not on the disk yet."""
        source.replace(target)

    def flush_folder(self, folder: Path) -> None:
        """Put the names in a folder on the disk."""
        flush_folder(folder)

    def unlink(self, path: Path) -> None:
        """Take a file away, if it is there; it may come back until its folder is flushed."""
        path.unlink(missing_ok=True)

    def free(self, folder: Path) -> int:
        """Bytes that its disk still has for this process."""
        facts = os.statvfs(folder)
        return facts.f_bavail * facts.f_frsize

    def touch(self, path: Path) -> None:
        """Let it have come in now."""
        os.utime(path)
