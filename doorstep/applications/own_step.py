"""A resident's own step, taken with the access code: sealed for the office, signed by intake, once. One mechanism for
all of them; what each may do, and when, stands in its own file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from doorstep.applications.canonical import canonical
from doorstep.applications.desk import Desk
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import Followed, hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import follow_events, next_event, purpose_of
from doorstep.applications.keys import read_key
from doorstep.applications.sealing import Place, seal
from doorstep.applications.step import Change, step_commitment, take_step


class Own(NamedTuple):
    """What a step seals (`content`), puts into its event (`facts`), and makes of the head's wraps and of what routes it
    (None: as they are).
    """

    content: Mapping[str, Any]
    facts: Mapping[str, Any] = {}
    wraps: dict[str, dict[str, str]] | None = None
    routing: dict[str, str] | None = None


Write = Callable[[Head], Own]
"""Given the newest head, what the step writes; raises when it may not be taken (any more)."""


def take_own_step(
    desk: Desk, followed: Followed, *, kind: str, event_id: str, said: Mapping[str, Any], write: Write
) -> Head:
    """The head that holds the step of this kind. `event_id` (`keys.mint_event_id`) comes from the page, so that a retry
    is the same step, which is known by `said`: what the step commits to (`follow.hold_to_its_content`).

    Raises what `write` raises, MalformedKey, EventIdTaken, AlreadyTaken (something else was said under this event id),
    TooLarge, StoreUnavailable (nothing was stored), OutcomeUnknown (trying again with the same event id is safe) or
    Tampered.
    """
    read_key(event_id)
    reference = followed.head.reference
    commitment = step_commitment(followed.data_key, kind, said)

    def change(head: Head | None) -> Change:
        if head is None:
            raise Tampered(reference, "its head was taken away")
        if head is not followed.head:  # it was read anew: nothing is built on what is not sound
            hold_to_its_events(desk, head, reference)
        own, revision = write(head), head.revision + 1
        purpose = purpose_of(kind, revision)
        place = Place(reference, head.form_version, purpose, revision)
        item = seal(followed.data_key, canonical(own.content), place, desk.random)
        sealed = {purpose: item.digest}
        event = next_event(
            desk.keys.signer,
            head,
            event_id=event_id,
            kind=kind,
            at=desk.now(),
            commitment=commitment,
            sealed=sealed,
            **own.facts,
        )
        following = head.next(
            events=(*head.events, event),
            sealed=head.sealed | sealed,
            wraps=head.wraps if own.wraps is None else own.wraps,
            routing=head.routing if own.routing is None else own.routing,
        )
        return Change(follow_events(following), (item,))

    taken = take_step(
        desk.store,
        followed.head,
        reference=reference,
        event_id=event_id,
        kind=kind,
        commitment=commitment,
        change=change,
    )
    hold_to_its_events(desk, taken, reference)  # it may be one that was read anew
    return taken
