"""Following: reference and access code open an application to the resident, and to no one who lacks either."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotFound, ReceiptRefused, SealBroken, Tampered, TokenRefused
from doorstep.applications.head import Head
from doorstep.applications.journal import events, purpose_of, verify_chain
from doorstep.applications.receipt import commitment_to, verify_receipt
from doorstep.applications.reference import read_access_code, read_reference
from doorstep.applications.sealing import DATA_KEY_BYTES, Place, unseal, unwrap_for_resident
from doorstep.applications.status import EVENTS
from doorstep.applications.step import step_commitment

_NO_CODE = "0000-0000-0000-0000"
_DECOY = Head(
    reference="0000-0000-0000-0",
    revision=1,
    status="received",
    service="decoy",
    form="decoy",
    form_version="0" * 64,
    received_at="2000-01-01T00:00:00Z",
    key_hash="0" * 64,
    queue="open/decoy",
    position="",
    notice="",
    events=("0" * 700,),
    sealed={"answers": "0" * 64},
    wraps={
        "office": {"key": "office-" + "0" * 16, "wrapped": "0" * 512},
        # No code opens this: an all-zero tag fits one key in 2¹²⁸.
        "resident": {"wrapped": encoding.encode(bytes(12 + DATA_KEY_BYTES + 16))},
    },
    routing={},
).to_bytes()


@dataclass(frozen=True, slots=True)
class Followed:
    """An application its resident opened: the head, held to its signed events, and the data key that came out of the
    resident's wrap.
    """

    head: Head
    data_key: bytes = field(repr=False)


def follow(desk: Desk, reference: str, code: str) -> Followed:
    """Open an application with what was typed as reference and code.

    What intake wrote later in the resident's name must come from somebody who held a code: intake's signature alone
    proves none, should intake have been taken over.

    Raises Mistyped when the text cannot be a reference (decided before any lookup), NotFound alike for an unknown
    reference and a wrong code, with the same work behind it, Tampered when the code is right and the head is not what
    its signed events say (nothing of it may be shown then), and StoreUnavailable.

    A resident's wrap that was swapped or spoiled in the store opens with no code, and so is NotFound too; a head too
    damaged to hold any wrap is NotFound, and reported.
    """
    asked = read_reference(reference)
    typed = read_access_code(code)
    # Unknown references go the same way as wrong codes: read a head, derive a key, fail to open the wrap.
    try:
        head = desk.head(asked) or Head.from_bytes(_DECOY)
    except Tampered as damaged:
        desk.report(damaged)
        head = Head.from_bytes(_DECOY)
    wrapped = head.wraps.get("resident", {}).get("wrapped", "")
    try:
        data_key = unwrap_for_resident(wrapped, typed or _NO_CODE, asked, head.form_version)
    except SealBroken:
        raise NotFound("no application opens with this reference and code") from None
    hold_to_its_events(desk, head, asked)
    followed = Followed(head, data_key)
    for event in events(head)[1:]:
        if by_resident(event):
            hold_to_its_content(followed, event, read_item(desk, followed, event))
    return followed


def hold_to_its_events(desk: Desk, head: Head, reference: str) -> None:
    """Raises Tampered when anything a resident is shown of this head is not what its events, all signed, say."""
    problems = verify_chain(head, desk.keys.public_keys)
    if head.reference != reference:
        problems.append("head: it is another application's")
    if problems:
        raise Tampered(reference, "; ".join(problems))


def by_resident(event: Mapping[str, Any]) -> bool:
    """Whether this is a step that only whoever holds the access code can take."""
    return EVENTS[str(event["type"])].signed_by == "intake" and event["revision"] > 1


def hold_to_its_content(followed: Followed, event: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    """Raises Tampered when a resident's step does not commit to its content, which takes the data key: whoever wrote it
    then had no access code. A correction commits to its answers alone.
    """
    kind = str(event["type"])
    said = {"answers": content.get("answers")} if kind == "corrected" else content
    committed = step_commitment(followed.data_key, kind, said)
    if not hmac.compare_digest(committed.encode(), str(event["commitment"]).encode()):
        what = f"event {event['revision']}: a step in the resident's name by somebody who had no access code"
        raise Tampered(followed.head.reference, what)


def read_item(desk: Desk, followed: Followed, event: Mapping[str, Any]) -> dict[str, Any]:
    """What was sealed with this step. Raises Tampered or StoreUnavailable."""
    try:
        content = json.loads(open_item(desk, followed, purpose_of(str(event["type"]), int(event["revision"]))))
    except ValueError:  # from None: the error's text holds the content
        content = None
    if not isinstance(content, dict):
        raise Tampered(followed.head.reference, f"sealed item cannot be read: {event['type']}")
    return content


def read_answers(desk: Desk, followed: Followed) -> dict[str, Any]:
    """{"answers": the instance as stored, "commitment_key", "files_key": base64url}, proven against the signed
    receipt.

    Raises Tampered, naming the piece that does not fit, or StoreUnavailable.
    """
    head = followed.head
    try:
        facts = verify_receipt(head.events[0], desk.keys.public_keys)
    except (ReceiptRefused, IndexError) as error:
        raise Tampered(head.reference, "the receipt does not verify") from error
    if (facts.reference, facts.form, facts.form_version) != (head.reference, head.form, head.form_version):
        raise Tampered(head.reference, "the receipt is not this application's")
    content = open_item(desk, followed, "answers")
    try:
        sealed: dict[str, Any] = json.loads(content)
        committed = commitment_to(sealed["answers"], encoding.decode(sealed["commitment_key"]))
    except (ValueError, KeyError, TypeError, AttributeError):  # from None: the error's text may hold the content
        raise Tampered(head.reference, "the sealed answers cannot be read") from None
    if not hmac.compare_digest(committed.encode(), facts.commitment.encode()):
        raise Tampered(head.reference, "the answers are not those the receipt commits to")
    return sealed


def open_item(desk: Desk, followed: Followed, purpose: str) -> bytes:
    """What was last sealed for this purpose; Tampered when it is missing, altered, moved or named by nobody."""
    head = followed.head
    name = head.sealed.get(purpose)
    revision = _sealed_at(desk, head, purpose, name)
    content = desk.store.item(head.reference, name) if name else None
    if content is None:
        raise Tampered(head.reference, f"sealed item missing: {purpose}")
    if sha256(content).hexdigest() != name:
        raise Tampered(head.reference, f"sealed item altered: {purpose}")
    try:
        return unseal(followed.data_key, content, Place(head.reference, head.form_version, purpose, revision))
    except SealBroken as error:
        raise Tampered(head.reference, f"sealed item does not belong here: {purpose}") from error


def _sealed_at(desk: Desk, head: Head, purpose: str, name: str | None) -> int:
    """The revision whose signed event names the item. The first event names none: its commitment holds the answers."""
    for token, event in zip(reversed(head.events), reversed(events(head)), strict=True):
        if purpose in event.get("sealed", {}):
            try:
                signed = desk.keys.public_keys.verify(token).payload
            except TokenRefused as refused:
                raise Tampered(head.reference, f"the event that names it does not verify: {purpose}") from refused
            if signed["sealed"][purpose] != name or signed["reference"] != head.reference:
                raise Tampered(head.reference, f"sealed item is not the one its event names: {purpose}")
            return int(signed["revision"])
    return 1
