"""Noting what came of telling a resident: a signed event, once, that makes no colleague's step lose."""

from __future__ import annotations

from doorstep.applications.errors import NotFound
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import find_event, follow_events, next_event
from doorstep.applications.keys import read_key
from doorstep.applications.receipt import commitment_to
from doorstep.applications.standing import NOT_REACHED
from doorstep.applications.step import Change, take_step
from doorstep.counter.counter import Counter
from doorstep.counter.errors import NotPossible
from doorstep.counter.peeking import look_at, verified_head
from doorstep.counter.staff import Staff
from doorstep.counter.steps import obstacle
from doorstep.counter.telling import OUTCOMES, VISIT, ToldAlready, due_of

NOTIFIED = "notified"
_NOTHING_SECRET = b"doorstep/notified"
"""What is committed to stands in the event itself: no key could hide it."""


def mark(
    counter: Counter,
    by: Staff | str,
    reference: str,
    *,
    notice: str,
    outcome: str,
    event_id: str,
    visit: bool = False,
) -> Head:
    """Note that somebody was told of `notice` ("told") or that nobody was reached ("not_reached"); once.

    `by` is the staff member, or the name of the channel that sent a message. `visit`: they were told, or missed, at
    home. `event_id` (`keys.mint_event_id`) comes from the page, so that a retry is the same step.
    Raises NotFound, NotPossible (another office's, an auditor), ToldAlready (a colleague did, or a newer step is the
    news), ValueError (an unknown outcome, or one miss too many: `Due.may_miss`), MalformedKey, EventIdTaken,
    AlreadyTaken, Tampered, StoreUnavailable (nothing was stored) or OutcomeUnknown (trying again is safe).
    """
    if outcome not in OUTCOMES:
        raise ValueError("an outcome is told or not_reached")
    read_key(event_id)
    desk = counter.desk
    known = verified_head(counter, reference)
    who = {"staff": by.id} | ({"channel": VISIT} if visit else {}) if isinstance(by, Staff) else {"channel": by}
    facts = {"notice": notice, "outcome": outcome} | who
    earlier = find_event(known, event_id)
    if earlier is None and isinstance(by, Staff):
        allow(counter, by, known)
    commitment = commitment_to(facts, _NOTHING_SECRET)

    def change(head: Head | None) -> Change:
        if head is None:
            raise NotFound("no application has this reference")
        if head is not known:  # it was read anew: nothing is built on what is not sound
            hold_to_its_events(desk, head, known.reference)
        now = due_of(head)
        if now is None or now.notice != notice:
            raise ToldAlready(head, now)
        if outcome == NOT_REACHED and isinstance(by, Staff) and not now.may_miss:
            raise ValueError("so many misses are noted of this notice that another says nothing more")
        event = next_event(
            desk.keys.signer,
            head,
            event_id=event_id,
            kind=NOTIFIED,
            at=desk.now(),
            commitment=commitment,
            sealed={},
            **facts,
        )
        return Change(follow_events(head.next(events=(*head.events, event))))

    taken = take_step(
        desk.store,
        known,
        reference=known.reference,
        event_id=event_id,
        kind=NOTIFIED,
        commitment=commitment,
        change=change,
    )
    hold_to_its_events(desk, taken, known.reference)
    return taken


def allow(counter: Counter, staff: Staff, head: Head) -> None:
    """Raises NotPossible where the staff member may not tell this resident."""
    against = obstacle(counter, staff, look_at(counter, head), "tell")
    if against is not None:
        raise NotPossible("tell", against)
