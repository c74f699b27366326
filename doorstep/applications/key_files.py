"""One key file on one machine: written whole, its owner's alone, and refused when anyone else could have touched it."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doorstep.applications.errors import KeyProblem
from doorstep.durable import flush_folder

_LARGEST_FILE = 64 * 1024


def write_key_file(var_dir: Path, name: Path, content: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment. Raises KeyProblem."""
    target = var_dir / name
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.parent.chmod(0o700)
        for left_over in target.parent.glob(f".{target.name}.*"):  # of a start that was cut short
            left_over.unlink()
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        flush_folder(target.parent)
        flush_folder(var_dir)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise KeyProblem(f"{name}: cannot be written ({error.strerror}). Make the data folder writable.") from error


def read_key_file(var_dir: Path, name: Path) -> bytes:
    """The content of a plain file that is ours alone, in a folder that is; KeyProblem for any other."""
    try:
        descriptor = os.open(var_dir / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            facts = os.fstat(file.fileno())
            content = file.read(_LARGEST_FILE) if stat.S_ISREG(facts.st_mode) else b""
        folder_mode = (var_dir / name).parent.stat().st_mode
    except FileNotFoundError as error:
        raise KeyProblem(
            f"{name}: missing. Put it back from your backup; where there are no keys yet, `doorstep keys` makes them."
        ) from error
    except OSError as error:
        raise KeyProblem(f"{name}: cannot be read ({error.strerror}). It belongs to the user who serves.") from error
    if facts.st_uid != os.geteuid():
        raise KeyProblem(
            f"{name}: belongs to user {facts.st_uid}, this process runs as {os.geteuid()}. Run as the user who owns it."
        )
    if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077:
        raise KeyProblem(f"{name}: others may read or change it. In the data folder, run: chmod 600 {name}")
    if folder_mode & 0o077:
        raise KeyProblem(
            f"{name.parent}: others may open this folder. In the data folder, run: chmod 700 {name.parent}"
        )
    return content


@contextmanager
def one_at_a_time(var_dir: Path) -> Iterator[None]:
    """Two commands that start together make one set of keys. Makes the data folder, for its owner alone (0700)."""
    try:
        var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(var_dir, os.O_RDONLY)
    except OSError as error:
        raise KeyProblem(f"the data folder cannot be used ({error.strerror}). Make it a writable folder.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
