"""Opening one application: recorded first, then everything that is stored of it is held to what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.follow import Followed, by_resident, hold_to_its_content, read_answers, read_item
from doorstep.applications.head import Head
from doorstep.applications.reading import CORRECTED, SUPPLIED, Supplied, as_supplied, current_answers
from doorstep.applications.sealing import DATA_KEY_BYTES
from doorstep.applications.standing import Standing
from doorstep.counter.belonging import hold_to_its_answers
from doorstep.counter.counter import Counter
from doorstep.counter.errors import NotYours, ReasonUnknown
from doorstep.counter.peeking import AUDITOR, Peeked, look_at, verified_head
from doorstep.counter.readings import REASONS
from doorstep.counter.staff import Staff
from doorstep.forms.form import Form


class Sealed(NamedTuple):
    """A step and what was sealed with it: `event` its payload, `content` as the step's file describes it."""

    event: Mapping[str, Any]
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """An application in plain text, for one answer to one request; never kept.

    `instance` are the answers as they stand now, `original` those of the receipt. `corrections`: each correction's
    event and {"answers", "changes": [{"pointer", "before"?, "after"?}]}, oldest first; `written`: the other steps
    that hold something sealed (requests, decisions, a withdrawal's reason). `supplied`: what was filled in after
    approval, oldest first; the newest counts. `form` is the version it was filled in.
    From `files_key` follow name and key of each file (`attachments.naming.file_key`).
    """

    peeked: Peeked
    form: Form = field(repr=False)
    data_key: bytes = field(repr=False)
    files_key: bytes = field(repr=False)
    original: dict[str, Any] = field(repr=False)
    instance: dict[str, Any] = field(repr=False)
    corrections: tuple[Sealed, ...] = field(repr=False)
    written: tuple[Sealed, ...] = field(repr=False)
    supplied: tuple[Supplied, ...] = field(repr=False)

    @property
    def head(self) -> Head:
        return self.peeked.head

    @property
    def standing(self) -> Standing:
        return self.peeked.standing

    @property
    def events(self) -> tuple[Mapping[str, Any], ...]:
        return self.peeked.events

    @property
    def followed(self) -> Followed:
        """As the functions of `applications/` take it."""
        return Followed(self.head, self.data_key)


def open_application(counter: Counter, staff: Staff, reference: str, why: str) -> Opened:
    """An application that stands with this staff member's office, in plain text. `why` is a key of REASONS.

    That they read it is on the disk before anything is unsealed. Raises NotFound (Mistyped), NotYours (another
    office's, or an auditor), ReasonUnknown, Tampered (says what does not fit; nothing may be shown then) or StoreError.
    """
    peeked = allowed_to_open(counter, staff, reference, why)
    counter.readings.record(
        at=counter.desk.now(), staff=staff.id, reference=peeked.head.reference, why=why, what="answers"
    )
    return unsealed(counter, peeked)


def allowed_to_open(counter: Counter, staff: Staff, reference: str, why: str) -> Peeked:
    """The application, still sealed, if they may open it for this reason. Raises as `open_application` does."""
    if why not in REASONS:
        raise ReasonUnknown("a reading says why by the table REASONS")
    peeked = look_at(counter, verified_head(counter, reference))
    if staff.role == AUDITOR or staff.office != peeked.standing.office:
        raise NotYours(peeked.head.reference)
    return peeked


def unsealed(counter: Counter, peeked: Peeked) -> Opened:
    """Everything sealed of this verified application, checked. For steps, whose event is their record; whoever shows
    any of it calls `open_application`. Raises Tampered or StoreError.
    """
    head = peeked.head
    followed = Followed(head, _data_key(counter, head))
    form = counter.library.find(head.form, head.form_version)
    if form is None:
        raise Tampered(head.reference, "its form in this version was never published here")
    answers = read_answers(counter.desk, followed)
    original = answers["answers"]
    sealed = tuple(
        Sealed(event, read_item(counter.desk, followed, event)) for event in peeked.events[1:] if event.get("sealed")
    )
    for part in sealed:
        if by_resident(part.event):
            hold_to_its_content(followed, part.event, part.content)
    corrections = tuple(part for part in sealed if part.event["type"] == CORRECTED)
    instance = current_answers(counter.desk, followed) if corrections else original
    hold_to_its_answers(counter, peeked, form, original, instance)
    return Opened(
        peeked=peeked,
        form=form,
        data_key=followed.data_key,
        files_key=_files_key(head, answers),
        original=original,
        instance=instance,
        corrections=corrections,
        written=tuple(part for part in sealed if part.event["type"] not in (CORRECTED, SUPPLIED)),
        supplied=tuple(
            as_supplied(head.reference, part.event, part.content) for part in sealed if part.event["type"] == SUPPLIED
        ),
    )


def _files_key(head: Head, answers: Mapping[str, Any]) -> bytes:
    try:
        return encoding.decode(answers["files_key"])
    except (KeyError, TypeError, ValueError):  # from None: the error's text may hold the key
        raise Tampered(head.reference, "the sealed answers hold no key for files") from None


def _data_key(counter: Counter, head: Head) -> bytes:
    try:
        data_key = counter.keys.opens.unwrap(head.wraps.get("office", {}))
    except SealBroken as error:
        raise Tampered(head.reference, f"the office's wrap: {error}") from error
    if len(data_key) != DATA_KEY_BYTES:
        raise Tampered(head.reference, "the office's wrap holds no data key")
    return data_key
