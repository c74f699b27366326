"""How staff take a step: allowed by the table, on what they saw, once, signed by the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import EventIdTaken, Tampered
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.head import Head, Item
from doorstep.applications.journal import events, find_event, follow_events, next_event, purpose_of
from doorstep.applications.keys import read_key
from doorstep.applications.sealing import Place, seal
from doorstep.applications.standing import standing
from doorstep.applications.step import Change, step_commitment, take_step
from doorstep.counter.counter import Counter
from doorstep.counter.errors import Moved, NotPossible, NotYours
from doorstep.counter.opening import Opened, unsealed
from doorstep.counter.peeking import Peeked, look_at, verified_head
from doorstep.counter.staff import Staff
from doorstep.counter.steps import STEPS, obstacle

QUIET = frozenset({"notified"})
"""Events that change nothing a colleague decides on: after them a page is still fresh."""


class Taking(NamedTuple):
    """Who takes a step on what: `event_id` (`keys.mint_event_id`) comes from the page, so that a retry is the same
    step, and so does `seen`, the head's revision when the page was made.
    """

    staff: Staff
    reference: str
    event_id: str
    seen: int


class Writing(NamedTuple):
    """What a step puts into its event (`facts`), seals with it, and makes of the head's wraps (None: as they are)."""

    facts: Mapping[str, Any] = {}
    sealed: Mapping[str, Any] | None = None
    wraps: dict[str, dict[str, str]] | None = None


Write = Callable[[Opened], Writing]
"""Given the opened application, what the step writes; raises Unfinished for all that is missing."""


class Taken(NamedTuple):
    """The head that holds the step, and the data key, with which some steps go on."""

    head: Head
    data_key: bytes

    def __repr__(self) -> str:
        return f"Taken({self.head.reference})"  # a key must not end up in a log or a traceback


def take(counter: Counter, taking: Taking, name: str, said: Mapping[str, Any], write: Write) -> Taken:
    """Take the step of this name in STEPS, once.

    `said` is all that the staff member sent, cleaned: a retry is known by it. Raises NotFound, NotYours, NotPossible,
    Moved, Unfinished (nothing was stored), MalformedKey, EventIdTaken, AlreadyTaken (other content, or by somebody
    else, under this event id), Tampered, TooLarge, StoreUnavailable (nothing was stored) or OutcomeUnknown (trying
    again with the same event id is safe).
    """
    read_key(taking.event_id)
    rule, desk = STEPS[name], counter.desk
    known = look_at(counter, verified_head(counter, taking.reference))
    earlier = find_event(known.head, taking.event_id)
    if earlier is None:
        _allow(counter, taking, name, known)
    elif earlier.get("staff") != taking.staff.id:
        raise EventIdTaken("this event id names a step that somebody else took")
    opened = unsealed(counter, known)
    commitment = step_commitment(opened.data_key, rule.kind, said)

    def change(head: Head | None) -> Change:
        newest = opened
        if head is not known.head:
            newest = unsealed(counter, _read_anew(counter, head, taking, name))
        return _written(counter, taking, rule.kind, commitment, (newest, write(newest)))

    taken = take_step(
        desk.store,
        known.head,
        reference=known.head.reference,
        event_id=taking.event_id,
        kind=rule.kind,
        commitment=commitment,
        change=change,
    )
    hold_to_its_events(desk, taken, known.head.reference)
    return Taken(taken, opened.data_key)


def _read_anew(counter: Counter, head: Head | None, taking: Taking, name: str) -> Peeked:
    """Another step came in between: whether this one may still be taken is decided again."""
    if head is None:
        raise Tampered(taking.reference, "its head was taken away")
    hold_to_its_events(counter.desk, head, head.reference)
    newest = look_at(counter, head)
    _allow(counter, taking, name, newest)
    return newest


def _allow(counter: Counter, taking: Taking, name: str, known: Peeked) -> None:
    """What has happened since comes first: whoever was too late is told what a colleague did, not that they may not."""
    later = [event for event in events(known.head)[max(taking.seen, 0) :] if event.get("type") not in QUIET]
    against = obstacle(counter, taking.staff, known, name)
    if against == "office" and not _was_theirs(taking, known):
        raise NotYours(known.head.reference)
    if later or taking.seen > known.head.revision:
        raise Moved(known.head, taking.seen)
    if against is not None:
        raise NotPossible(name, against)


def _was_theirs(taking: Taking, known: Peeked) -> bool:
    """Whether their office held it when their page was made: then they learn that it has moved on."""
    seen = known.events[: max(taking.seen, 1)]
    return taking.seen >= 1 and standing(seen).office == taking.staff.office


def _written(counter: Counter, taking: Taking, kind: str, commitment: str, on: tuple[Opened, Writing]) -> Change:
    (newest, writing), desk = on, counter.desk
    head, revision = newest.head, newest.head.revision + 1
    sealed: dict[str, str] = {}
    items: tuple[Item, ...] = ()
    if writing.sealed is not None:
        purpose = purpose_of(kind, revision)
        place = Place(head.reference, head.form_version, purpose, revision)
        items = (seal(newest.data_key, canonical(writing.sealed), place, desk.random),)
        sealed[purpose] = items[0].digest
    event = next_event(
        desk.keys.signer,
        head,
        event_id=taking.event_id,
        kind=kind,
        at=desk.now(),
        commitment=commitment,
        sealed=sealed,
        staff=taking.staff.id,
        **writing.facts,
    )
    following = head.next(
        events=(*head.events, event),
        sealed=head.sealed | sealed,
        wraps=head.wraps if writing.wraps is None else writing.wraps,
    )
    return Change(follow_events(following), items)
