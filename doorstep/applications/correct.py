"""Correcting: the resident answers what the office asked to have corrected, once; the difference is kept, sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.applications.canonical import canonical
from doorstep.applications.contact import NOTIFIER, NOTIFIER_BEFORE, seal_contact
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotReturned
from doorstep.applications.follow import Followed, hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import digest_of_wrap, events, follow_events, next_event, purpose_of, stand
from doorstep.applications.keys import read_key
from doorstep.applications.reading import CORRECTED, RETURNED
from doorstep.applications.sealing import Place, seal
from doorstep.applications.standing import CONTACT_BEFORE
from doorstep.applications.step import Change, step_commitment, take_step


def correct(
    desk: Desk,
    followed: Followed,
    *,
    instance: Mapping[str, Any],
    changes: Sequence[Mapping[str, Any]],
    routing: Mapping[str, str],
    phones: Mapping[str, str] | None,
    event_id: str,
    files: Sequence[str] = (),
) -> Head:
    """The head that holds the corrected answers. `event_id` (`keys.mint_event_id`) comes from the page, so a retry is
    the same step.

    `instance` is the whole, validated, `changes` what is different ([{"pointer", "before"?, "after"?}]); both are
    sealed as `corrected-<revision>`. `routing` are the answers that route as they stand now: the office stays, staff
    hand it on. `phones` are the numbers to call by field, None where they did not change, `files` the names of what
    is newly attached.

    Raises MalformedKey, NotReturned(status) (nobody asks for a correction, or since this page for another one),
    EventIdTaken, AlreadyTaken (other answers are stored under this event id), TooLarge, StoreUnavailable (nothing was
    stored), OutcomeUnknown (trying again with the same event id is safe) or Tampered.
    """
    read_key(event_id)
    # Only the answers: a retry finds them stored, and so no difference any more.
    commitment = step_commitment(followed.data_key, CORRECTED, {"answers": instance})
    content = canonical({"answers": instance, "changes": list(changes)})

    def change(head: Head | None) -> Change:
        if head is not None and head is not followed.head:  # it was read anew: nothing is built on what is not sound
            hold_to_its_events(desk, head, followed.head.reference)
        if head is None or head.status != RETURNED or _asked(head) != _asked(followed.head):
            raise NotReturned(head.status if head else "missing")
        revision = head.revision + 1
        purpose = purpose_of(CORRECTED, revision)
        item = seal(
            followed.data_key, content, Place(head.reference, head.form_version, purpose, revision), desk.random
        )
        wraps, facts = dict(head.wraps), dict[str, Any]()
        if files:
            facts["files"] = list(files)
        if phones is not None:
            contact = seal_contact(desk.keys.notifier, head.reference, phones)
            before, now = wraps.pop(NOTIFIER, None), stand(head)
            if now.new_code.id and not now.kept_contact:  # whoever holds the code is not yet known to be the resident
                wraps.pop(NOTIFIER_BEFORE, None)
                if before:
                    wraps[NOTIFIER_BEFORE] = before
                facts[CONTACT_BEFORE] = digest_of_wrap(before) if before else None
            if contact:
                wraps[NOTIFIER] = contact
            facts["contact"] = digest_of_wrap(contact) if contact else None
        event = next_event(
            desk.keys.signer,
            head,
            event_id=event_id,
            kind=CORRECTED,
            at=desk.now(),
            commitment=commitment,
            sealed={purpose: item.digest},
            **facts,
        )
        following = head.next(
            events=(*head.events, event),
            sealed=head.sealed | {purpose: item.digest},
            wraps=wraps,
            routing=dict(routing),
        )
        return Change(follow_events(following), (item,))

    corrected = take_step(
        desk.store,
        followed.head,
        reference=followed.head.reference,
        event_id=event_id,
        kind=CORRECTED,
        commitment=commitment,
        change=change,
    )
    hold_to_its_events(desk, corrected, followed.head.reference)  # it may be one that was read anew
    return corrected


def _asked(head: Head) -> list[Any]:
    """The notices and corrections so far: what a correction page was made from."""
    return [event.get("id") for event in events(head) if event.get("type") in (RETURNED, CORRECTED)]
