"""Who read what, when and why: a log that only grows, each entry chained to the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple, Protocol

from doorstep.applications.canonical import canonical

REASONS = {
    "check": "核对材料",
    "correction": "核对补正的内容",
    "decision": "审查决定",
    "contact": "联系申请人",
    "payment": "批准以后打款",
    "inquiry": "答复申请人的询问",
    "lost-code": "补发查询码",
    "handover": "接手其他窗口转来的申请",
    "objection": "处理复议、诉讼或投诉",
}
"""Why staff open an application; the page asks for one of these."""

WHAT = {"answers": "填写的内容", "phone": "联系电话", "code": "新的查询码", "home": "姓名和住址"}
"""What was opened. A phone number is opened without the answers; whoever sees a code could open them with it. A page
of a file is written otherwise: `file_page`.
"""

_FILE_PAGE = re.compile("file:([A-Za-z0-9_-]{22}):([1-9][0-9]{0,3})")

FIRST = ""
"""What stands as `previous` in the first entry."""


class FilePage(NamedTuple):
    """The page, counted from 1, of the file with this opaque name."""

    name: str
    page: int


def file_page(name: str, page: int) -> str:
    """What the log says of a page somebody looked at: nothing that tells what is on it."""
    return f"file:{name}:{page}"


def read_file_page(what: str) -> FilePage | None:
    """The page that an entry names; None for what is no file's."""
    found = _FILE_PAGE.fullmatch(what)
    return FilePage(found[1], int(found[2])) if found else None


class Reading(NamedTuple):
    """One entry. `number` counts from 1 without a gap; `digest` is over everything before it in this list."""

    number: int
    at: str
    staff: str
    reference: str
    why: str
    what: str
    previous: str
    digest: str


class ReadingPage(NamedTuple):
    """Entries, newest first, and the number to continue below, or None at the end."""

    entries: tuple[Reading, ...]
    before: int | None


class Tip(NamedTuple):
    """How far the log had grown: number and digest of its newest entry; (0, "") for an empty one."""

    number: int
    digest: str


class BrokenAt(NamedTuple):
    """The first entry that does not fit, by the number it has or should have, and what is wrong with it:
    "missing", "changed" (not what its digest says) or "chain" (does not follow the one before).
    """

    number: int
    what: str


class ReadingLog(Protocol):
    """Where the log stands, shared by all processes. What `record` returned is on the disk.

    Record before opening: an entry for something that was then not shown harms nobody, the other way round does.
    """

    def record(self, *, at: str, staff: str, reference: str, why: str, what: str) -> Reading:
        """Append. Raises ValueError for a reason or thing not in REASONS and WHAT, StoreError when it was not kept."""

    def page(self, *, reference: str | None = None, before: int | None = None, limit: int = 50) -> ReadingPage:
        """Newest first, of one application or of all, with numbers below `before`."""

    def tip(self) -> Tip:
        """For a checkpoint elsewhere: the chain itself cannot show that its end was cut off."""

    def verify(self, known: Tip | None = None) -> BrokenAt | None:
        """The first broken place, or None. With a tip noted earlier, also whether that entry still stands."""


def next_reading(tip: Tip, *, at: str, staff: str, reference: str, why: str, what: str) -> Reading:
    """The entry that follows this tip; ValueError for an unknown `why` or `what`."""
    if why not in REASONS or (what not in WHAT and read_file_page(what) is None):
        raise ValueError("a reading says why and what by the tables REASONS and WHAT")
    entry = Reading(tip.number + 1, at, staff, reference, why, what, tip.digest or FIRST, "")
    return entry._replace(digest=digest_of(entry))


def digest_of(entry: Reading) -> str:
    """SHA-256 over the entry's canonical JSON without its digest, in hexadecimal."""
    return sha256(canonical(entry._replace(digest="")._asdict())).hexdigest()


def first_break(entries: Iterable[Reading], known: Tip | None = None) -> BrokenAt | None:
    """The first place where these entries, oldest first, are not a whole log that still holds `known`."""
    tip = Tip(0, FIRST)
    for entry in entries:
        if entry.number != tip.number + 1:
            return BrokenAt(tip.number + 1, "missing")
        if entry.digest != digest_of(entry):
            return BrokenAt(entry.number, "changed")
        if entry.previous != tip.digest:
            return BrokenAt(entry.number, "chain")
        tip = Tip(entry.number, entry.digest)
        if known is not None and known.number == entry.number and known.digest != entry.digest:
            return BrokenAt(entry.number, "changed")
    if known is not None and known.number > tip.number:
        return BrokenAt(tip.number + 1, "missing")
    return None
