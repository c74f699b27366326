"""Whom to call: the phone numbers of an application, sealed apart from its answers, to the notifier's key."""

from __future__ import annotations

import json
from collections.abc import Mapping

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.head import Head
from doorstep.applications.sealing import LONGEST_SECRET, Lock, Unlock

NOTIFIER = "notifier"
"""Under this name the wrap stands in a head's `wraps`; the event that brought it names it (`journal.wrap_digest`)."""

NOTIFIER_BEFORE = "notifier-before"
"""The same of the numbers that stood before a correction while a new code was unasked (`standing.kept_contact`)."""


def seal_contact(notifier: Lock, reference: str, phones: Mapping[str, str]) -> dict[str, str] | None:
    """The wrap of these numbers (field's name → number), bound to the application; None when there are none.

    Numbers beyond LONGEST_SECRET bytes are left out, the last first: they stand in the answers all the same.
    """
    kept = dict(phones)
    while kept:
        content = canonical({"reference": reference, "phones": kept})
        if len(content) <= LONGEST_SECRET:
            return notifier.wrap(content)
        kept.popitem()
    return None


def open_contact(notifier: Unlock, head: Head, name: str = NOTIFIER) -> dict[str, str]:
    """The numbers of the wrap of this name, field's name → number; empty where nobody gave one.

    Raises Tampered when the wrap is not this head's.
    """
    wrap = head.wraps.get(name)
    if wrap is None:
        return {}
    try:
        content = json.loads(notifier.unwrap(wrap))
        if content["reference"] == head.reference:
            return {str(field): str(number) for field, number in content["phones"].items()}
    except (SealBroken, ValueError, KeyError, TypeError, AttributeError):
        pass  # the error's text may hold a number
    raise Tampered(head.reference, "the sealed phone numbers do not belong here")
