"""The quarantine of a folder of files, for the examiner alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from heapq import nsmallest
from pathlib import Path

from doorstep.attachments.envelope import ENVELOPE_LIMIT
from doorstep.attachments.files import READY, REFUSED, WAITING, Resting, Unreadable, Uploaded, Waiting
from doorstep.attachments.verdicts import RESENT
from doorstep.stores.disk import Disk
from doorstep.stores.file_folder import PARTS, FileFolder, moment
from doorstep.stores.file_names import (
    SHELVES,
    Found,
    came_since,
    checked,
    leaf_of,
    ready_leaf,
    refused_leaf,
    states_of,
)
from doorstep.stores.folder_aside import destroy_aside, put_aside
from doorstep.stores.folder_room import Room


class FolderQuarantine:
    """See `attachments.files.Quarantine`."""

    def __init__(
        self,
        root: Path,
        *,
        boundary: Callable[[str], None] | None = None,
        disk: Disk | None = None,
        room: Callable[[FileFolder], Room] = Room,
    ) -> None:
        self._folder = FileFolder(root, boundary, disk)
        self._room = room(self._folder)

    def waiting(self, limit: int = 100) -> tuple[Waiting, ...]:
        with self._folder.trouble():
            return tuple(nsmallest(limit, self._all_waiting(), key=lambda one: one.arrived_at))

    def read(self, file: Waiting) -> Uploaded | None:
        """What was sent. What is too large to have come through intake is not read."""
        checked(file.reference, file.name)
        with self._folder.trouble():
            try:
                path = self._folder.path(WAITING, file.reference, file.name)
                with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stored:
                    content = stored.read(ENVELOPE_LIMIT + 1)
            except FileNotFoundError:
                return None
            except OSError as error:
                why = f"a file in the quarantine cannot be read ({error.strerror}): see who owns it and how the disk is"
                raise Unreadable(why) from error
        return Uploaded(content) if len(content) <= ENVELOPE_LIMIT else Uploaded(b"", too_large=True)

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        checked(file.reference, file.name)
        leaf = ready_leaf(file.name, pages)
        folder = self._folder
        with folder.trouble():
            self._room.take(len(container))
            part = folder.written(container)
            with folder.alone():
                folder.settle(part, READY, file.reference, leaf)
                self._take_out(file.reference, file.name, but=leaf)

    def refuse(self, file: Waiting, why: str, statement: bytes = b"") -> None:
        checked(file.reference, file.name)
        leaf = refused_leaf(file.name, why)
        folder = self._folder
        with folder.trouble():
            part = folder.written(statement)
            with folder.alone():
                if why == RESENT and came_since(file, folder.listed(WAITING, file.reference)):
                    folder.disk.unlink(part)  # it was sent again while the other bytes were looked at
                elif any(one.name == file.name for one in folder.listed(READY, file.reference)):
                    folder.disk.unlink(part)  # what came again and is no good takes nothing away of what is ready
                    folder.take_out(WAITING, file.reference, file.name)
                else:
                    folder.settle(part, REFUSED, file.reference, leaf)
                    self._take_out(file.reference, file.name, but=leaf)

    def resting(self, before: datetime) -> Iterator[Resting]:
        """Every file that came in before this moment; what a process that died had half written by then is swept."""
        folder = self._folder
        with folder.trouble():
            self._sweep_parts(before)
            references = sorted({reference for status in SHELVES for reference in folder.references(status)})
        for reference in references:
            with folder.trouble():
                states = states_of(folder.all_listed(reference))
            for name, state in states.items():
                if state.arrived_at < before:
                    yield Resting(reference, name, state)

    def remove(self, reference: str, name: str, *, before: datetime | None = None, aside: bool = False) -> None:
        checked(reference, name)
        with self._folder.trouble(), self._folder.alone():
            found = [one for one in self._folder.all_listed(reference) if one.name == name]
            if before is None or all(one.state.arrived_at < before for one in found):
                self._take_out(reference, name, but="", aside=aside)

    def destroy_aside(self, before: datetime, spared: Callable[[str, str], bool]) -> int:
        """See Quarantine; of more than MOST_ASIDE bytes, the oldest go earlier."""
        with self._folder.trouble():
            return destroy_aside(self._folder, before, spared)

    def _take_out(self, reference: str, name: str, *, but: str, aside: bool = False) -> None:
        """All there is of a file but the one that was just put there; what waits goes last of all when that is safe."""
        found = [one for one in self._folder.all_listed(reference) if one.name == name and leaf_of(one) != but]
        for one in sorted(found, key=_waits):
            if aside:
                put_aside(self._folder, one.state.status, reference, leaf_of(one))
            else:
                self._folder.take_out(one.state.status, reference, leaf_of(one))

    def _all_waiting(self) -> Iterator[Waiting]:
        for reference in self._folder.references(WAITING):
            for found in self._folder.listed(WAITING, reference):
                yield Waiting(reference, found.name, found.state.arrived_at)

    def _sweep_parts(self, before: datetime) -> None:
        for part in (self._folder.root / PARTS).iterdir():
            with suppress(FileNotFoundError):
                if moment(part.lstat()) < before:
                    self._folder.disk.unlink(part)


def _waits(found: Found) -> bool:
    return found.state.status == WAITING
