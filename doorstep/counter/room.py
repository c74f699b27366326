"""How much a head still holds: what would fill it is refused in time, so that an application always comes to its end,
a code that was made void is always replaced, and what happened can always be told.
"""

from __future__ import annotations

from doorstep.applications.head import HEAD_LIMIT, Head
from doorstep.applications.standing import Standing

MOST_BYTES = HEAD_LIMIT * 3 // 4
"""A head over this takes only what brings it to its end: one that is full could never be decided."""

NOTE_BYTES, VOID_BYTES, ISSUE_BYTES = 800, 800, 900
"""More than a `notified`, a `code_voided` and a `code_issued` with its wrap add to a head (tested)."""

TOLD_AFTER_A_CODE = 2
"""Notes that must still fit behind a new code: that of the code, and that of what comes after it."""


def has_room(head: Head, now: Standing) -> bool:
    """Whether a step may be taken that does not bring it nearer to its end."""
    return now.list == "closed" or _size(head) + _owed(head) <= MOST_BYTES


def has_code_room(head: Head, now: Standing) -> bool:
    """Whether its code may be made void: the new one, and telling of it, have to fit behind that."""
    most = HEAD_LIMIT if now.list == "closed" else MOST_BYTES
    replacing = VOID_BYTES + ISSUE_BYTES + TOLD_AFTER_A_CODE * NOTE_BYTES
    return _size(head) + replacing + _to_tell(now) * NOTE_BYTES <= most


def has_miss_room(head: Head, now: Standing) -> bool:
    """Whether it may be noted that nobody was reached: that somebody was must still fit behind it."""
    if now.list != "closed":
        return _size(head) + _owed(head) <= MOST_BYTES
    return _size(head) + _owed(head) + (1 + _to_tell(now)) * NOTE_BYTES <= HEAD_LIMIT


def _size(head: Head) -> int:
    return len(head.to_bytes())


def _owed(head: Head) -> int:
    """Bytes of the code that a resident without one is still to be given."""
    return 0 if "resident" in head.wraps else ISSUE_BYTES + NOTE_BYTES


def _to_tell(now: Standing) -> int:
    return bool(now.news.id) + bool(now.new_code.id)
