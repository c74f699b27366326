"""Submitting: validated answers become an application, exactly once, and the resident holds a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.contact import NOTIFIER, seal_contact
from doorstep.applications.desk import Desk
from doorstep.applications.errors import AlreadySubmitted, ReceiptRefused, ReferenceTaken, Tampered
from doorstep.applications.head import Head
from doorstep.applications.journal import CODE_EVENTS, RECEIVED, digest_of_wrap, events, first_event, follow_events
from doorstep.applications.keys import Derived, derive, named_by
from doorstep.applications.receipt import ReceiptFacts, commitment_to, verify_receipt
from doorstep.applications.sealing import DATA_KEY_BYTES, Place, seal, wrap_for_resident
from doorstep.applications.step import Change, take_step

CODE_SHOWN_SECONDS = 30 * 60
"""How long a replay shows the access code again: the next person on a shared phone presses Back."""


class Submitted(NamedTuple):
    """A receipt in hand. `access_code` is None once 30 minutes have passed since `received_at` (UTC), or
    the code was replaced.

    `replayed`: an earlier try had stored it.
    """

    receipt: str
    reference: str
    received_at: str
    access_code: str | None
    replayed: bool

    def __repr__(self) -> str:
        return f"Submitted({self.reference})"  # a code must not end up in a log or a traceback


def submit(
    desk: Desk,
    *,
    form_id: str,
    form_version: str,
    service: str,
    instance: Any,
    routing: Mapping[str, str],
    key: str,
    filed_by: str,
    office: str,
    filer: str | None = None,
    phones: Mapping[str, str] | None = None,
    files: Sequence[str] = (),
) -> Submitted:
    """Store this validated instance under the draft's key, or find that it is stored already.

    `office` is the one it goes to, `filer` the staff member who filled it in for somebody at a counter, `phones` the
    numbers to call, by field (`contact.py`), `files` the names of what is attached (`attachments.naming`), which the
    receipt then names. None of the four is compared when the same key comes again.
    Raises MalformedKey, AlreadySubmitted (same key, other content), ReferenceTaken, TooLarge, StoreUnavailable
    (nothing was stored) or OutcomeUnknown (it may be: trying again with the same key is safe).
    """
    derived = derive(key)
    committed = commitment_to(instance, derived.commitment_key)
    mine: set[str] = set()

    def first(head: Head | None) -> Change:
        if head is not None:
            raise _taken(head, derived)
        data_key = desk.random(DATA_KEY_BYTES)
        at = desk.now()
        reference = derived.reference
        answers = canonical(
            {
                "answers": instance,
                "commitment_key": encoding.encode(derived.commitment_key),
                "files_key": encoding.encode(derived.files_key),
            }
        )
        item = seal(data_key, answers, Place(reference, form_version, "answers", 1), desk.random)
        mine.add(item.digest)
        wraps = {"office": desk.keys.office.wrap(data_key)}
        facts: dict[str, Any] = {"filer": filer} if filer else {}
        if files:
            facts["files"] = list(files)
        contact = seal_contact(desk.keys.notifier, reference, phones or {})
        if contact:
            wraps[NOTIFIER] = contact
            facts["contact"] = digest_of_wrap(contact)
        receipt = first_event(
            desk.keys.signer,
            event_id=derived.event_id,
            reference=reference,
            at=at,
            service=service,
            form=form_id,
            form_version=form_version,
            filed_by=filed_by,
            office=office,
            commitment=committed,
            **facts,
        )
        wrapped = wrap_for_resident(data_key, derived.access_code, reference, form_version, desk.random)
        head = Head(
            reference=reference,
            revision=1,
            status=RECEIVED,
            service=service,
            form=form_id,
            form_version=form_version,
            received_at=at,
            key_hash=derived.key_hash,
            queue="",
            position="",
            notice="",
            events=(receipt,),
            sealed={"answers": item.digest},
            wraps=wraps | {"resident": {"wrapped": wrapped}},
            routing=dict(routing),
        )
        return Change(follow_events(head), (item,))

    head = take_step(
        desk.store,
        None,
        reference=derived.reference,
        event_id=derived.event_id,
        kind=RECEIVED,
        commitment=None,
        change=first,
    )
    if head.sealed.get("answers") in mine and len(head.events) == 1:
        return _submitted(desk, head, derived, head.received_at, replayed=False)
    return _replay(desk, head, derived, committed, form_id)


def earlier(desk: Desk, key: str) -> Head | None:
    """The application this key was used for, or None.

    Raises MalformedKey, ReferenceTaken, StoreUnavailable or Tampered.
    """
    reference, key_hash = named_by(key)
    head = desk.head(reference)
    if head is not None and head.key_hash != key_hash:
        raise ReferenceTaken
    return head


def replay(desk: Desk, head: Head, key: str, instance: Any, *, form_id: str | None = None) -> Submitted:
    """The stored receipt, for the key and content that made this head; AlreadySubmitted for other content.

    The instance need not be valid any more, nor its form current: it is only compared.
    """
    derived = derive(key)
    try:
        committed = commitment_to(instance, derived.commitment_key)
    except (ValueError, TypeError):  # what has no canonical form was never stored
        committed = ""
    return _replay(desk, head, derived, committed, form_id or head.form)


def _replay(desk: Desk, head: Head, derived: Derived, committed: str, form_id: str) -> Submitted:
    if head.key_hash != derived.key_hash:
        raise ReferenceTaken
    facts = _stored_receipt(desk, head)
    if facts.commitment != committed or facts.form != form_id:
        raise AlreadySubmitted(facts.received_at)
    return _submitted(desk, head, derived, facts.received_at, replayed=True)


def _submitted(desk: Desk, head: Head, derived: Derived, received_at: str, *, replayed: bool) -> Submitted:
    replaced = any(event.get("type") in CODE_EVENTS for event in events(head)[1:])
    shown = not replaced and desk.seconds_since(received_at) <= CODE_SHOWN_SECONDS
    code = derived.access_code if shown else None
    return Submitted(head.events[0], head.reference, received_at, code, replayed)


def _stored_receipt(desk: Desk, head: Head) -> ReceiptFacts:
    try:
        return verify_receipt(head.events[0], desk.keys.public_keys)
    except (ReceiptRefused, IndexError) as error:
        raise Tampered(head.reference, "the receipt does not verify") from error


def _taken(head: Head, derived: Derived) -> Exception:
    if head.key_hash == derived.key_hash:
        return Tampered(head.reference, "its own first event is missing")
    return ReferenceTaken()
