"""The power goes off at every point of everything that is done to a file: what was acknowledged is there, whole.

A death of the process (test_papers.py) shows none of this: the kernel keeps what it wrote. Here a model of a disk drops
whatever was not flushed, in the two ways that are worst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doorstep.attachments.files import READY, REFUSED, WAITING, Waiting
from doorstep.stores.file_names import ready_leaf
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.crash.power import CutAt, Nameless, PowerCut, Powered, Shallow, Unflushed

REFERENCE, NAME, OTHER = "ABCD-EFGH-JKMN-P", "kQ2n7-Xo_WcZ4uT9bD1eVA", "0Q2n7-Xo_WcZ4uT9bD1eVA"
FILE = Waiting(REFERENCE, NAME, datetime.now(UTC) + timedelta(days=1))
ENVELOPE, AGAIN, CONTAINER = b"envelope" * 900, b"sent again" * 700, b"container" * 800
NOTHING = "missing"


class TakesOutFirst(FolderQuarantine):
    """Destroys what waited before it has kept what was made of it."""

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        part = self._folder.written(container)
        self._folder.take_out(WAITING, file.reference, file.name)
        self._folder.settle(part, READY, file.reference, ready_leaf(file.name, pages))


class Place:
    """One life of the machine."""

    def __init__(
        self, root: Path, disk: Powered, cut: CutAt | None = None, doors: type[FolderQuarantine] = FolderQuarantine
    ) -> None:
        self.files = FolderFiles(root, boundary=cut, disk=disk, least_free=0)
        self.quarantine = doors(root, boundary=cut, disk=disk)

    def found(self) -> tuple[str, bytes | None]:
        """How the file stands, and its bytes."""
        state = self.files.states(REFERENCE).get(NAME)
        if state is None:
            return NOTHING, None
        if state.status == WAITING:
            uploaded = self.quarantine.read(FILE)
            return WAITING, uploaded.content if uploaded else None
        return state.status, self.files.container(REFERENCE, NAME) if state.status == READY else None


Deed = Callable[[Place], None]
Stands = tuple[str, bytes | None]
W1, W2, R, X, GONE = (WAITING, ENVELOPE), (WAITING, AGAIN), (READY, CONTAINER), (REFUSED, None), (NOTHING, None)

DO: dict[str, Deed] = {
    "put": lambda place: place.files.put(REFERENCE, NAME, ENVELOPE),
    "put again": lambda place: place.files.put(REFERENCE, NAME, AGAIN),
    "put another": lambda place: place.files.put(REFERENCE, OTHER, ENVELOPE),
    "keep": lambda place: place.quarantine.keep(FILE, 2, CONTAINER),
    "refuse": lambda place: place.quarantine.refuse(FILE, "locked"),
    "refuse as altered": lambda place: place.quarantine.refuse(FILE, "altered"),
    "remove": lambda place: place.quarantine.remove(REFERENCE, NAME),
}

WAYS: list[tuple[list[str], set[Stands], Stands]] = [
    # what is done, in the last of which the power goes off; how the file may stand then, and how once it is done
    (["put"], {GONE, W1}, W1),
    (["put another", "put"], {GONE, W1}, W1),
    (["put", "put again"], {W1, W2}, W2),
    (["put", "keep", "put again"], {R}, R),
    (["put", "keep"], {W1, R}, R),
    (["put another", "put", "keep"], {W1, R}, R),
    (["put", "refuse"], {W1, X}, X),
    (["put", "refuse as altered", "put again"], {X, W2}, W2),
    (["put", "refuse as altered", "put again", "keep"], {W2, R}, R),
    (["put", "remove"], {W1, GONE}, GONE),
    (["put", "keep", "remove"], {R, GONE}, GONE),
    (["put", "refuse", "remove"], {X, GONE}, GONE),
]
NAMES = [", ".join(way) for way, _between, _after in WAYS]


def violations(
    root: Path, number: int, disk: type[Powered] = Powered, doors: type[FolderQuarantine] = FolderQuarantine
) -> Iterator[str]:
    """What does not hold whenever the power goes off, and at last right after the answer."""
    (*before, last), between, after = WAYS[number]
    for comes_back in (False, True):
        ended, at = False, 0
        while not ended:
            at += 1
            folder = root / f"{comes_back}-{at}"
            powered = disk(folder)
            for earlier in before:
                DO[earlier](Place(folder, powered, None, doors))
            try:
                DO[last](Place(folder, powered, CutAt(at), doors))
                ended = True
            except PowerCut:
                pass
            powered.cut(comes_back=comes_back)
            place = Place(folder, Powered(folder))
            stands, content = place.found()
            if (stands, content) not in ({after} if ended else between):
                yield f"cut at {at}: {stands} with {len(content or b'')} bytes"
            DO[last](place)  # whoever asked tries again
            if place.found() != after:
                yield f"tried again after a cut at {at}: {place.found()[0]}"


@pytest.mark.parametrize("number", range(len(WAYS)), ids=NAMES)
def test_the_power_goes_off_anywhere(number: int, quick_folder: Path) -> None:
    assert list(violations(quick_folder, number)) == []


@pytest.mark.parametrize(
    ("way", "disk", "doors"),
    [
        ("put", Unflushed, FolderQuarantine),
        ("put", Nameless, FolderQuarantine),
        ("put", Shallow, FolderQuarantine),
        ("put, keep", Unflushed, FolderQuarantine),
        ("put, keep", Nameless, FolderQuarantine),
        ("put, keep", Shallow, FolderQuarantine),
        ("put, refuse", Nameless, FolderQuarantine),
        ("put, keep", Powered, TakesOutFirst),
    ],
)
def test_a_store_that_forgets_to_flush_or_destroys_too_early_is_found_out(
    way: str, disk: type[Powered], doors: type[FolderQuarantine], quick_folder: Path
) -> None:
    assert list(violations(quick_folder, NAMES.index(way), disk, doors))


def test_a_cut_is_made_at_each_of_many_points(tmp_path: Path) -> None:
    """Without this the others could pass by cutting nothing."""
    points: list[str] = []
    files = FolderFiles(tmp_path / "files", boundary=points.append, least_free=0)
    files.put(REFERENCE, NAME, ENVELOPE)
    assert len(points) == 6
    FolderQuarantine(tmp_path / "files", boundary=points.append).keep(FILE, 2, CONTAINER)
    assert len(points) == 6 + 7
