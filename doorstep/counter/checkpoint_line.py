"""What a checkpoint says of one application: enough to see later whether its head is still there, and extends it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.head import Head
from doorstep.applications.journal import CODE_EVENTS, events
from doorstep.counter.findings import ALTERED, ROLLED_BACK

_SHORT = 16


class Line(NamedTuple):
    """Hashes are SHA-256 in base64url, the last four cut to 128 bits.

    `event` is over the last event's token, `head` over the whole head; the others over parts that no event signs:
    `answers` (the key's hash and the name of the sealed answers), `office` and `resident` (their wraps), `routing`.
    """

    reference: str
    revision: int
    event: str
    head: str
    answers: str
    office: str
    resident: str
    routing: str

    def __str__(self) -> str:
        return " ".join(map(str, self))


def line_of(head: Head) -> Line:
    """What a checkpoint says of this head, which has at least one event."""
    return Line(
        head.reference,
        head.revision,
        _hash(head.events[-1].encode()),
        _hash(head.to_bytes()),
        _short([head.key_hash, head.sealed.get("answers")]),
        _short(head.wraps.get("office")),
        _short(head.wraps.get("resident")),
        _short(head.routing),
    )


def read_line(text: str) -> Line:
    """The line `str` wrote; ValueError for any other."""
    reference, revision, *hashes = text.split(" ")
    line = Line(reference, int(revision), *hashes) if len(hashes) == len(Line._fields) - 2 else None
    if line is None or str(line) != text:
        raise ValueError("not a line of a checkpoint")
    return line


def difference(head: Head, now: Line, line: Line) -> tuple[str, str] | None:
    """How this head, whose own line is `now`, does not extend an earlier `line`: altered or rolled back, and what
    shows it; or None. Raises Tampered where an event cannot be read.
    """
    if now == line:
        return None
    if min(head.revision, len(head.events)) < line.revision:
        return ROLLED_BACK, f"it is at revision {min(head.revision, len(head.events))}, and was at {line.revision}"
    if _hash(head.events[line.revision - 1].encode()) != line.event:
        return ALTERED, f"event {line.revision} is another than was checkpointed"
    later = events(head)[line.revision :] if head.revision > line.revision else []
    since = {str(event.get("type")) for event in later}
    changed = [part for part in _kept(since) if getattr(now, part) != getattr(line, part)]
    if changed:
        return ALTERED, "; ".join(_NAMES[part] for part in changed)
    if head.revision == line.revision and now.head != line.head:
        return ALTERED, "something of the head was changed without a step"
    return None


_NAMES = {
    "answers": "the name of its sealed answers or its key's hash was changed",
    "office": "the office's wrap of its key was changed",
    "resident": "the resident's wrap of its key was changed",
    "routing": "its routing was changed",
}


def _kept(since: set[str]) -> Sequence[str]:
    """The parts that these later steps leave as they were."""
    kept = ["answers", "office"]
    if not since & CODE_EVENTS:  # a replaced code is named by its event
        kept.append("resident")
    if "corrected" not in since:  # a correction may change where it belongs
        kept.append("routing")
    return kept


def _hash(content: bytes) -> str:
    return encoding.encode(sha256(content).digest())


def _short(part: Any) -> str:
    return encoding.encode(sha256(canonical(part)).digest()[:_SHORT])
