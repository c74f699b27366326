"""Where builds stand: each in a folder of its own below `builds`, and `current`, a link, leads to the newest.

A server looks once, at its start, and holds what it found: whatever is built after that stands beside it, and nothing
that is served is touched. `site` and `intake` beside `current` are links too, for those who read the newest.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

BUILDS, CURRENT = "builds", "current"
PARTS = ("site", "intake")
"""What a build consists of: the residents' files, and what is handed to the running functions."""


def standing(build: Path) -> Path:
    """The folder that holds the newest `site` and `intake`: `build` itself, where they were put there by hand."""
    current = build / CURRENT
    return current.resolve() if current.is_symlink() else build


def hold(build: Path) -> Path:
    """What stands, and goes on standing until this process and those forked from it have ended."""
    while True:
        folder = standing(build)
        try:
            held = os.open(folder, os.O_RDONLY)
        except OSError:  # no such folder, which whoever reads it says better
            return folder
        with contextlib.suppress(OSError):  # a disk without locks: then it stays for one more build
            fcntl.flock(held, fcntl.LOCK_SH)  # never given back: the system does, when the last of us ends
        if folder == standing(build):
            return folder
        os.close(held)  # a newer one was put up meanwhile, and this one may be gone


def put_up(build: Path, fresh: Path) -> None:
    """`fresh` becomes what stands, at once. What stood before stays for one more build; what is held, longer."""
    before, builds = standing(build), build / BUILDS
    builds.mkdir(exist_ok=True)
    numbers = [int(one.name) for one in builds.iterdir() if one.name.isdecimal()]
    folder = builds / str(1 + max(numbers, default=0))
    fresh.rename(folder)
    _link(build / CURRENT, Path(BUILDS, folder.name))
    for part in PARTS:
        if not (build / part).is_symlink():
            shutil.rmtree(build / part, ignore_errors=True)  # from before builds had folders of their own
        _link(build / part, Path(CURRENT, part))
    for old in builds.iterdir():
        if old != folder and old.resolve() != before and not _held(old):
            shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def alone(build: Path) -> Iterator[None]:
    """One builds at a time: whoever comes second waits."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _link(link: Path, target: Path) -> None:
    """`link` leads to `target` from one moment to the next: there is none in which it leads nowhere."""
    fresh = link.with_name(f"{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _held(folder: Path) -> bool:
    probe = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(probe)
    return False
