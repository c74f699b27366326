"""Withdrawing: the resident takes an open application back, and says why to the office alone."""

from __future__ import annotations

from doorstep.applications.canonical import canonical
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotOpen
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import next_event
from doorstep.applications.keys import read_key
from doorstep.applications.queues import queue_of
from doorstep.applications.sealing import Place, seal
from doorstep.applications.status import OPEN
from doorstep.applications.step import Change, take_step

WITHDRAWN = "withdrawn"


def withdraw(desk: Desk, followed: Followed, *, reason: str, event_id: str) -> Head:
    """The withdrawn head. `event_id` (`keys.mint_event_id`) comes from the page, so a retry is the same step.

    Raises MalformedKey, NotOpen(status), EventIdTaken, StoreUnavailable (not withdrawn) or OutcomeUnknown (trying
    again with the same event id is safe).
    """
    read_key(event_id)

    def change(head: Head | None) -> Change:
        if head is None or head.status not in OPEN:
            raise NotOpen(head.status if head else "missing")
        place = Place(head.reference, head.form_version, WITHDRAWN, head.revision + 1)
        item = seal(followed.data_key, canonical({"reason": reason}), place, desk.random)
        sealed = {WITHDRAWN: item.digest}
        event = next_event(desk.keys.signer, head, event_id=event_id, kind=WITHDRAWN, at=desk.now(), sealed=sealed)
        return Change(
            head.next(
                status=WITHDRAWN,
                queue=queue_of(WITHDRAWN, head.routing),
                events=(*head.events, event),
                sealed=head.sealed | sealed,
            ),
            (item,),
        )

    return take_step(
        desk.store,
        followed.head,
        reference=followed.head.reference,
        event_id=event_id,
        kind=WITHDRAWN,
        change=change,
    )
