"""Correcting: the resident answers what the office asked to have corrected, once; the difference is kept, sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.applications.contact import NOTIFIER, NOTIFIER_BEFORE, seal_contact
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotReturned
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import digest_of_wrap, events, stand
from doorstep.applications.own_step import Own, take_own_step
from doorstep.applications.reading import CORRECTED, RETURNED
from doorstep.applications.standing import CONTACT_BEFORE


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

    def write(head: Head) -> Own:
        if head.status != RETURNED or _asked(head) != _asked(followed.head):
            raise NotReturned(head.status)
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
        return Own({"answers": instance, "changes": list(changes)}, facts, wraps, dict(routing))

    # It commits to its answers alone: a retry finds them stored, and so no difference any more.
    said = {"answers": instance}
    return take_own_step(desk, followed, kind=CORRECTED, event_id=event_id, said=said, write=write)


def _asked(head: Head) -> list[Any]:
    """The notices and corrections so far: what a correction page was made from."""
    return [event.get("id") for event in events(head) if event.get("type") in (RETURNED, CORRECTED)]
