"""Which files changed: names, sizes and times of everything the site is made of, compared a few times a second.

Looking is slower than being told by the system, and works the same on every disk and in every container.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from doorstep.building import SOURCES

#: Written by `doorstep publish` for ever; which versions count its index says.
ASIDE = {"__pycache__", "archive"}

Seen = dict[str, tuple[int, int]]


def look(root: Path) -> Seen:
    """By path below `root` when it was written and how long it is."""
    return dict(_files(root))


def changed(before: Seen, now: Seen) -> set[str]:
    """What is new, gone or different."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def _files(root: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    waiting = [root / source for source in SOURCES]
    while waiting:
        place = waiting.pop()
        if place.is_dir():
            with os.scandir(place) as entries:
                waiting += [place / entry.name for entry in entries if entry.name not in ASIDE]
            continue
        try:
            facts = place.stat()
        except FileNotFoundError:
            continue  # an editor is just replacing it
        yield place.relative_to(root).as_posix(), (facts.st_mtime_ns, facts.st_size)
