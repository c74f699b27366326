"""Stores of files that break a promise on purpose: the crash test must find each of them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from doorstep.attachments.files import READY, WAITING, FileState, Resting, Waiting
from doorstep.stores.file_names import ready_leaf
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine


class TakesOutFirst(FolderQuarantine):
    """Destroys what waited before it has kept what was made of it."""

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        part = self._folder.written(container)
        self._folder.take_out(WAITING, file.reference, file.name)
        self._folder.settle(part, READY, file.reference, ready_leaf(file.name, pages))


class KeepsBoth(FolderQuarantine):
    """Keeps what was made of it, and leaves what waited."""

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        part = self._folder.written(container)
        self._folder.settle(part, READY, file.reference, ready_leaf(file.name, pages))

    def waiting(self, limit: int = 100) -> tuple[Waiting, ...]:
        ready = {(one.reference, one.name) for one in self.resting(datetime.now(UTC) + timedelta(1))
                 if one.state.status == READY}  # fmt: skip
        return tuple(one for one in super().waiting(limit) if (one.reference, one.name) not in ready)


class WritesInPlace(FolderFiles):
    """Writes where a reader looks, not beside it: a death in the middle leaves half of it."""

    def put(self, reference: str, name: str, envelope: bytes) -> None:
        path = self._folder.path(WAITING, reference, name)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with path.open("wb", buffering=0) as file:
            file.write(envelope[:100])
            self._folder.boundary("half written")
            file.write(envelope[100:])
        self._folder.boundary("written")


class Hasty(FolderFiles):
    """Answers before it has written; writes when it is next asked."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._later: list[tuple[str, str, bytes]] = []

    def put(self, reference: str, name: str, envelope: bytes) -> None:
        self._later.append((reference, name, envelope))

    def states(self, reference: str) -> dict[str, FileState]:
        while self._later:
            super().put(*self._later.pop())
        return super().states(reference)


class SweepsToday(FolderQuarantine):
    """Calls everything old."""

    def resting(self, before: datetime) -> Iterator[Resting]:
        return super().resting(before + timedelta(1))

    def remove(self, reference: str, name: str, *, before: datetime | None = None, aside: bool = False) -> None:
        del before, aside
        super().remove(reference, name)
