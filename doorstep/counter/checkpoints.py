"""Writing checkpoint files: whole, on the disk, one process at a time, never over another."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from doorstep.applications.signing import Signer
from doorstep.counter.checkpoint_chain import LAST, SUFFIX, Chain, CheckpointProblem, Link, Previous, unusable
from doorstep.counter.checkpoint_folder import check_folder, open_lock, open_new
from doorstep.counter.checkpoint_line import Line
from doorstep.counter.readings import Tip
from doorstep.durable import flush_folder


def write_checkpoint(
    folder: Path, lines: Iterable[Line], *, chain: Chain, signer: Signer, at: str, readings: Tip
) -> Link:
    """Write the next file whole, on the disk once this returns, never over another. Call it inside `one_writer`.

    Raises CheckpointProblem.
    """
    if chain.next > LAST:
        raise CheckpointProblem(f"{folder} holds a file of the last number there is, {LAST}: move it away")
    path = folder / f"{chain.next:010d}{SUFFIX}"
    temporary = folder / f".{chain.next:010d}.part"
    previous = Previous(chain.links[-1].number, chain.links[-1].digest) if chain.links else None
    body, count = sha256(), 0
    try:
        with open_new(temporary) as file:
            for line in lines:
                content = f"{line}\n".encode("ascii")
                body.update(content)
                file.write(content)
                count += 1
            told = {
                "v": 1,
                "type": "checkpoint",
                "by": signer.role,
                "number": chain.next,
                "at": at,
                "previous": list(previous) if previous else None,
                "count": count,
                "body": body.hexdigest(),
                "readings": list(readings),
            }
            last = f"{signer.sign(told)}\n".encode("ascii")
            file.write(last)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise CheckpointProblem(f"{path} is there already, and nothing was changed")
        temporary.replace(path)
        flush_folder(folder)
    except OSError as error:
        raise unusable(folder, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    body.update(last)
    return Link(chain.next, at, path, body.hexdigest(), count, readings, previous)


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Of all processes that would write a checkpoint, one does. Makes the folder (0700). Raises CheckpointProblem."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_folder(folder)
        lock = open_lock(folder / ".lock")
    except OSError as error:
        raise unusable(folder, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError as error:
            raise unusable(folder, error) from error
        yield
