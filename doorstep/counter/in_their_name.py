"""What intake wrote in the resident's name: its signature proves no access code, only the sealed content does."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from doorstep.applications.desk import Desk
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.follow import Followed, by_resident, hold_to_its_content, read_item
from doorstep.applications.head import Head
from doorstep.applications.journal import events, purpose_of
from doorstep.applications.office_keys import OfficeKeys

FORGED = "an event in the resident's name that no access code wrote"
LOST = "what the resident wrote is not stored as it was"


def not_by_code(desk: Desk, head: Head) -> tuple[str, ...]:
    """One line for each later event of intake's that its content, unsealed here and dropped, does not bear out.

    `desk.keys` are the office's, and the head's chain was verified; with other keys nothing can be said. Nobody reads
    anything, so no reading is recorded. Raises StoreError.
    """
    later = [event for event in events(head)[1:] if by_resident(event)]
    if not later or not isinstance(desk.keys, OfficeKeys):
        return ()
    try:
        followed = Followed(head, desk.keys.opens.unwrap(head.wraps.get("office", {})))
    except SealBroken as error:
        return (f"the office's wrap: {error}",)
    return tuple(why for event in later if (why := _why_not(desk, followed, event)))


def _why_not(desk: Desk, followed: Followed, event: Mapping[str, Any]) -> str:
    revision = int(event["revision"])
    name = followed.head.sealed.get(purpose_of(str(event["type"]), revision))
    content = desk.store.item(followed.head.reference, name) if name else None
    if name and (content is None or sha256(content).hexdigest() != name):
        return f"event {revision}: {LOST}"
    try:
        hold_to_its_content(followed, event, read_item(desk, followed, event))
    except (Tampered, KeyError, TypeError, ValueError, RecursionError):  # whoever forges one may write anything
        return f"event {revision}: {FORGED}"
    return ""
