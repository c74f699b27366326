"""Withdrawing: the resident takes an open application back, and says why to the office alone."""

from __future__ import annotations

from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotOpen
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import WITHDRAWN
from doorstep.applications.own_step import Own, take_own_step
from doorstep.applications.status import OPEN
from doorstep.applications.store import TooLarge
from doorstep.applications.words import cleaned

REASON_LIMIT = 500
"""Characters of a reason, once it is cleaned."""


def withdraw(desk: Desk, followed: Followed, *, reason: str, event_id: str) -> Head:
    """The withdrawn head. `event_id` (`keys.mint_event_id`) comes from the page, so a retry is the same step.

    The reason is kept as `words.cleaned` leaves it. Raises MalformedKey, NotOpen(status), EventIdTaken, AlreadyTaken
    (withdrawn with this event id and another reason, which stands), TooLarge (over REASON_LIMIT), StoreUnavailable
    (not withdrawn), OutcomeUnknown (trying again with the same event id is safe) or Tampered.
    """
    content = {"reason": cleaned(reason)}
    if len(content["reason"]) > REASON_LIMIT:
        raise TooLarge(f"the reason has more than {REASON_LIMIT} characters")

    def write(head: Head) -> Own:
        if head.status not in OPEN:
            raise NotOpen(head.status)
        return Own(content)

    return take_own_step(desk, followed, kind=WITHDRAWN, event_id=event_id, said=content, write=write)
