"""What the sweep put aside in a folder: `swept/<shelf>/<ref>/<leaf>`, so that moving a folder back brings it back."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from doorstep.stores.file_folder import FileFolder, moment
from doorstep.stores.file_names import ASIDE, SHELVES, is_reference, read_leaf

MOST_ASIDE = 10_000_000_000
"""Bytes that rest there at most: of more, the oldest go first."""


class _One(NamedTuple):
    at: datetime
    size: int
    reference: str
    name: str
    path: Path


def put_aside(folder: FileFolder, status: str, reference: str, leaf: str) -> None:
    """Move a file there, durably; it rests there from now on."""
    source = folder.path(status, reference, leaf)
    shelf = folder.root / ASIDE / SHELVES[status]
    target = shelf / reference
    for each in (folder.root / ASIDE, shelf, target):
        folder.disk.make_folder(each)
    with suppress(FileNotFoundError):
        folder.disk.touch(source)
        folder.disk.rename(source, target / leaf)
    for each in (target, shelf, folder.root / ASIDE, folder.root, source.parent):
        with suppress(FileNotFoundError):
            folder.disk.flush_folder(each)
    with suppress(OSError):  # it is not empty, or gone already
        folder.disk.remove_folder(source.parent)


def names_aside(folder: FileFolder, reference: str) -> frozenset[str]:
    """The files of one application that rest there."""
    return frozenset(one.name for one in _resting(folder, reference))


def destroy_aside(
    folder: FileFolder, before: datetime, spared: Callable[[str, str], bool], most: int = MOST_ASIDE
) -> int:
    """Destroy what was put there before this moment, and the oldest of what is too much, but none that is spared; how
    many. Raises what `spared` does, and OSError.
    """
    resting = sorted(_resting(folder), key=lambda one: one.at)
    total, destroyed = sum(one.size for one in resting), 0
    for one in resting:
        if one.at >= before and total <= most:
            break
        if spared(one.reference, one.name):
            continue
        folder.disk.unlink(one.path)
        with suppress(OSError):
            folder.disk.remove_folder(one.path.parent)
        total, destroyed = total - one.size, destroyed + 1
    return destroyed


def _resting(folder: FileFolder, reference: str = "*") -> Iterator[_One]:
    for status, shelf in SHELVES.items():
        for path in (folder.root / ASIDE / shelf).glob(f"{reference}/*"):
            with suppress(FileNotFoundError):
                facts = path.lstat()
                found = read_leaf(status, path.name, moment(facts))
                if found and stat.S_ISREG(facts.st_mode) and is_reference(path.parent.name):
                    yield _One(moment(facts), facts.st_size, path.parent.name, found.name, path)
