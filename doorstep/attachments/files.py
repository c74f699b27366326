"""What attachments need of the place they rest in: one protocol for each who comes there.

A file arrives in the quarantine, sealed so that only the examiner opens it. The examiner keeps what is a picture or a
PDF as a container of plain pictures, sealed under the file's own key, or refuses it. `doorstep/stores/` keeps the
promises; one contract suite proves them. Every call may raise StoreUnavailable; all are safe to repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from doorstep.applications.store import StoreUnavailable

MOST_BYTES = 4_000_000
"""Bytes one file may have, wherever it comes in."""

MOST_FILES = 60
"""Files one application may have: those it names and those that came in within a day. More is nobody's application."""

MISSING, WAITING, READY, REFUSED = "missing", "waiting", "ready", "refused"


class NoRoom(StoreUnavailable):
    """What was made of a file cannot be kept now: it waits, and what is refused meanwhile makes room."""


class Unreadable(StoreUnavailable):
    """One file of the quarantine cannot be read; that says nothing of the others."""


class FileState(NamedTuple):
    """Where a file stands. `status` is WAITING (not examined yet), READY or REFUSED; `pages` of one that is ready;
    `why` a key of VERDICTS of one that is refused; `arrived_at` (aware) when it last came in or was examined.
    """

    status: str
    arrived_at: datetime
    pages: int = 0
    why: str = ""


class Ticket(NamedTuple):
    """Where a browser posts a file by itself: multipart/form-data of `fields`, then the content as `file`."""

    url: str
    fields: dict[str, str]


class Files(Protocol):
    """What intake and office may do: put in, ask how it stands, read what was examined. Never the quarantine."""

    def ticket(self, reference: str, name: str, wrap: Mapping[str, str], size: int) -> Ticket | None:
        """A way for exactly `size` bytes past intake, for ten minutes; None where files come through intake."""
        ...

    def put(self, reference: str, name: str, envelope: bytes) -> None:
        """Put an envelope (`envelope.enclose`) into the quarantine; it rests there, durably, once this returns.

        The same name again replaces what waits; what is ready or refused stays so, and counts as come in just now.
        Only what was refused as "altered" waits again: what is sent now is other content.
        """
        ...

    def states(self, reference: str) -> dict[str, FileState]:
        """Every file of this application by its name, read anew. What is not in it is missing."""
        ...

    def container(self, reference: str, name: str) -> bytes | None:
        """What the examiner kept (`container.pack`), or None; b"", which opens under no key, for what is no
        plain file, or larger than any container.
        """
        ...

    def refusal(self, reference: str, name: str) -> bytes | None:
        """What the examiner said when it refused this file (`statements.say_refused`), or None; b"", which proves
        nothing, for what is larger than anything it says, or no plain file.
        """
        ...

    def aside(self, reference: str) -> frozenset[str]:
        """The names of its files that the sweep put aside: nobody confirmed them, and can be moved back."""
        ...

    def ping(self) -> None:
        """Prove that a file would be taken now; StoreUnavailable says what is wrong and what to do."""
        ...


class Waiting(NamedTuple):
    """A file in the quarantine."""

    reference: str
    name: str
    arrived_at: datetime


class Uploaded(NamedTuple):
    """What lies in the quarantine: an envelope (wrap None), or the bare content and the wrap its ticket carried.
    `too_large`: more than anybody can have sent, and nothing of it was read.
    """

    content: bytes
    wrap: Mapping[str, str] | None = None
    too_large: bool = False


class Resting(NamedTuple):
    """A file anywhere, for sweeping."""

    reference: str
    name: str
    state: FileState


class Quarantine(Protocol):
    """What the examiner may do, and nobody else."""

    def waiting(self, limit: int = 100) -> tuple[Waiting, ...]:
        """The files that wait, the longest first."""
        ...

    def read(self, file: Waiting) -> Uploaded | None:
        """What was sent; None when it is gone: another examiner was quicker."""
        ...

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        """Keep what was made of it, durably, then take it out of the quarantine. Raises NoRoom too: it waits."""
        ...

    def refuse(self, file: Waiting, why: str, statement: bytes = b"") -> None:
        """Remember the verdict, durably, then take it out of the quarantine: its content is gone for good. What is
        ready already stays so, and what came in again since `file` was listed is not refused as "altered".

        `statement` is the examiner's word for it: reconciling believes no verdict without one.
        """
        ...

    def resting(self, before: datetime) -> Iterator[Resting]:
        """Every file, waiting, ready or refused, that came in before this moment."""
        ...

    def remove(self, reference: str, name: str, *, before: datetime | None = None, aside: bool = False) -> None:
        """Destroy all there is of this file, or put it `aside`; with `before`, only if it has not come in again since
        that moment.
        """
        ...

    def destroy_aside(self, before: datetime, spared: Callable[[str, str], bool]) -> int:
        """Destroy what was put aside before this moment, unless spared(reference, name); how many files that were."""
        ...
