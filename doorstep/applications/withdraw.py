"""Withdrawing: the resident takes an open application back, and says why to the office alone."""

from __future__ import annotations

from doorstep.applications.canonical import canonical
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotOpen
from doorstep.applications.follow import Followed, hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import WITHDRAWN, follow_events, next_event
from doorstep.applications.keys import read_key
from doorstep.applications.sealing import Place, seal
from doorstep.applications.status import OPEN
from doorstep.applications.step import Change, step_commitment, take_step
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
    read_key(event_id)
    content = {"reason": cleaned(reason)}
    if len(content["reason"]) > REASON_LIMIT:
        raise TooLarge(f"the reason has more than {REASON_LIMIT} characters")
    commitment = step_commitment(followed.data_key, WITHDRAWN, content)

    def change(head: Head | None) -> Change:
        if head is not None and head is not followed.head:  # it was read anew: nothing is built on what is not sound
            hold_to_its_events(desk, head, followed.head.reference)
        if head is None or head.status not in OPEN:
            raise NotOpen(head.status if head else "missing")
        place = Place(head.reference, head.form_version, WITHDRAWN, head.revision + 1)
        item = seal(followed.data_key, canonical(content), place, desk.random)
        sealed = {WITHDRAWN: item.digest}
        event = next_event(
            desk.keys.signer,
            head,
            event_id=event_id,
            kind=WITHDRAWN,
            at=desk.now(),
            commitment=commitment,
            sealed=sealed,
        )
        following = head.next(events=(*head.events, event), sealed=head.sealed | sealed)
        return Change(follow_events(following), (item,))

    withdrawn = take_step(
        desk.store,
        followed.head,
        reference=followed.head.reference,
        event_id=event_id,
        kind=WITHDRAWN,
        commitment=commitment,
        change=change,
    )
    hold_to_its_events(desk, withdrawn, followed.head.reference)  # it may be one that was read anew
    return withdrawn
