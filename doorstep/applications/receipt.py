"""The receipt: an application's first event, signed, which anyone can verify and its holder can prove with."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import ReceiptRefused, TokenRefused
from doorstep.applications.journal import RECEIVED
from doorstep.applications.signing import PublicKeys

__all__ = ["AT_COUNTER", "WHO_FILED", "ReceiptFacts", "ReceiptRefused", "commitment_to", "proves", "verify_receipt"]

WHO_FILED = {"applicant": "本人或家里人", "agent": "家里人替居民填", "counter": "社区工作人员填"}
"""Who filled it in, by their own word (`filed_by`): residents and staff read the same."""

AT_COUNTER = "窗口工作人员替居民填"
"""On the office's word: a `filer` stands there."""


class ReceiptFacts(NamedTuple):
    """What a receipt proves: this form in this version was received then, with content of this commitment.

    `received_at` is UTC to the second, `commitment` base64url of HMAC-SHA-256(commitment key, canonical answers);
    `filer` is the staff member who filled it in at a counter, on their office's word.
    """

    reference: str
    service: str
    form: str
    form_version: str
    received_at: str
    filed_by: str
    commitment: str
    filer: str | None = None


def verify_receipt(token: str, public_keys: PublicKeys) -> ReceiptFacts:
    """The facts of a receipt as it was issued; ReceiptRefused when any byte of it is not."""
    try:
        event = public_keys.verify(token).payload
    except TokenRefused as refused:
        raise ReceiptRefused(refused.reason) from refused
    names = {name: name for name in ReceiptFacts._fields if name != "filer"} | {"received_at": "at"}
    facts = {name: event.get(claim) for name, claim in names.items()}
    known = {name: value for name, value in facts.items() if isinstance(value, str)}
    filer = event.get("filer")
    if event.get("type") != RECEIVED or event.get("v") != 1 or known != facts or not isinstance(filer, str | None):
        raise ReceiptRefused("not-a-receipt")
    return ReceiptFacts(**known, filer=filer)


def proves(facts: ReceiptFacts, instance: Any, commitment_key: str) -> bool:
    """Whether the receipt commits to these answers: what its holder can show who asks what they sent.

    `commitment_key` is base64url, as it was sealed with the answers (`follow.read_answers`). Never raises.
    """
    try:
        committed = commitment_to(instance, encoding.decode(commitment_key))
    except (ValueError, TypeError, RecursionError):
        return False
    return hmac.compare_digest(committed.encode(), facts.commitment.encode())


def commitment_to(instance: Any, commitment_key: bytes) -> str:
    """HMAC-SHA-256 over the canonical instance, base64url; ValueError for what has no canonical form.

    A keyed hash: without the key, which is sealed with the answers, a short form could be guessed.
    """
    return encoding.encode(hmac.digest(commitment_key, canonical(instance), sha256))
