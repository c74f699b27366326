"""Supplying: once an application is approved, its resident fills in what is asked only then, such as an account for the
money; until then nobody holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotApproved, SuppliedOften
from doorstep.applications.follow import Followed
from doorstep.applications.head import HEAD_LIMIT, Head
from doorstep.applications.journal import events
from doorstep.applications.own_step import Own, take_own_step
from doorstep.applications.reading import APPROVED, SUPPLIED
from doorstep.applications.store import HeadFull

MOST_SUPPLIED = 5
"""Times it may be sent, the corrections of it included: what it is needed for comes soon after, and a head is small."""

ROOM_KEPT = 4200
"""Bytes a head must still hold before it: this step, and behind it a code that is replaced and told of."""


def supply(
    desk: Desk, followed: Followed, *, form: str, form_version: str, answers: Mapping[str, Any], event_id: str
) -> Head:
    """The head that holds these validated answers, sealed as `supplied-<revision>`; the status stays. The newest count.

    `form` and `form_version` name what was filled in. `event_id` (`keys.mint_event_id`) comes from the page, so that a
    retry is the same step. Raises NotApproved(status), SuppliedOften, HeadFull, MalformedKey, EventIdTaken,
    AlreadyTaken (other answers are stored under this event id), TooLarge, StoreUnavailable (nothing was stored),
    OutcomeUnknown (trying again with the same event id is safe) or Tampered.
    """
    content = {"form": form, "form_version": form_version, "answers": dict(answers)}

    def write(head: Head) -> Own:
        if head.status != APPROVED:
            raise NotApproved(head.status)
        if times_supplied(head) >= MOST_SUPPLIED:
            raise SuppliedOften
        if len(head.to_bytes()) > HEAD_LIMIT - ROOM_KEPT:
            raise HeadFull("what is asked after approval leaves no room for what may have to be told")
        return Own(content)

    return take_own_step(desk, followed, kind=SUPPLIED, event_id=event_id, said=content, write=write)


def times_supplied(head: Head) -> int:
    """How often it was sent. Raises Tampered where an event cannot be read."""
    return sum(event.get("type") == SUPPLIED for event in events(head))
