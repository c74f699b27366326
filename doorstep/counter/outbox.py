"""One run of a channel over all that residents are still to be told: lease, send, mark.

A message is marked only after it was handed over, so that a crash may repeat one and never lose one; and that it was
handed over is kept, so that one which cannot be marked is not sent again and again. What a channel cannot send stays
on the call list, and the signed event says that it failed.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.contact import open_contact
from doorstep.applications.errors import ApplicationError, Tampered
from doorstep.applications.standing import NOT_REACHED, TOLD
from doorstep.applications.store import TooLarge
from doorstep.counter.channels import Channel, ChannelDown, Leases, NotSent
from doorstep.counter.counter import Counter
from doorstep.counter.errors import CounterError
from doorstep.counter.notices import due
from doorstep.counter.notified import mark
from doorstep.counter.peeking import verified_head
from doorstep.counter.telling import Due, ToldAlready, asks_account, due_of, message

LEASE_SECONDS = 120.0
"""Longer than a send and its mark take. Who dies in between delays this one message by so much."""

PATIENCE_SECONDS = 15 * 60.0
"""How long a notice is tried, once in each run, before it is left to the call list."""

SENT_SECONDS = 90 * 24 * 3600.0
"""How long it is kept that a message was handed over which could not be marked."""

MOST_IN_A_ROW = 5
"""Failures without a success after which a run ends: the channel is down, and the rest is tried next time."""


class Run(NamedTuple):
    """What one run did: messages `sent`; `failed` ones that are tried again; `given_up` to the call list; `stopped`:
    it ended early because too many failed in a row. `unmarked` were sent, now or before, and could not be noted: the
    log says why, and staff call them.
    """

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    stopped: bool = False
    unmarked: int = 0


def send_all(counter: Counter, channel: Channel, leases: Leases) -> Run:
    """Send what is due in every office, oldest first in each. Several processes may run it at once.

    Raises StoreError: what was sent and not marked by then is sent again, under the same key.
    """
    run, in_a_row = Run(), 0
    for one in _all_due(counter):
        came = _tell(counter, channel, leases, one)
        if came:
            run = run._replace(**{came: getattr(run, came) + 1})
            in_a_row = in_a_row + 1 if came in ("failed", "given_up") else 0
        if in_a_row >= MOST_IN_A_ROW:
            return run._replace(stopped=True)
    return run


def _all_due(counter: Counter) -> Iterator[Due]:
    for office in counter.offices.all:
        after: str | None = None
        while True:
            page = due(counter, office.id, after=after)
            # What asks is the call list's, and what a channel failed to send: nobody is told by two ways at once.
            yield from (one for one in page.entries if not (one.unsent or one.no_number or one.asks))
            after = page.next_after
            if after is None:
                break


def _tell(counter: Counter, channel: Channel, leases: Leases, listed: Due) -> str:
    """How it went: "sent", "failed", "given_up", "unmarked", or "" where there was nothing to do.

    Whatever one application's record refuses is that one's trouble: the other residents are told.
    """
    name = f"notice/{channel.name}/{listed.reference}"
    holder = leases.take(name, LEASE_SECONDS)
    if holder is None:
        return ""
    try:
        return _send(counter, channel, leases, listed)
    except Tampered as problem:
        counter.desk.report(problem)
        return ""
    except ToldAlready:
        return ""
    except REFUSED as problem:
        logging.getLogger("doorstep").warning("not noted by %s: %s", channel.name, type(problem).__name__)
        return "unmarked"
    finally:
        leases.release(name, holder)


REFUSED = (ApplicationError, CounterError, TooLarge)
"""What noting may be refused with, besides the store's failing: an id that is taken, a head that is full."""


def _send(counter: Counter, channel: Channel, leases: Leases, listed: Due) -> str:
    head = verified_head(counter, listed.reference)
    now = due_of(head)  # as it stands under the lease: another process may have sent it just before
    if now is None or now.notice != listed.notice or now.unsent or now.asks:
        return ""
    kept = f"sent/{channel.name}/{now.reference}/{now.notice}"  # a notice's id is its page's choice
    if _was_sent(leases, kept):
        _note(counter, channel, now, TOLD)
        return "sent"
    phones = open_contact(counter.keys.reads_numbers, head)
    if not channel.reaches(phones):
        return ""
    try:
        text = message(head.reference, account=asks_account(counter.service(now.service), now))
        channel.send(phones, text, _key(counter, "message", channel, now, TOLD))
    except Exception as error:  # noqa: BLE001 — whatever a channel fails with, the other residents are told
        return _not_sent(counter, channel, now, error)
    holder = leases.take(kept, SENT_SECONDS)
    _note(counter, channel, now, TOLD)
    if holder is not None:
        leases.release(kept, holder)
    return "sent"


def _was_sent(leases: Leases, kept: str) -> bool:
    """Whether this message was handed over by a run that did not come to mark it."""
    probe = leases.take(kept, 1.0)  # should we die here, it runs out long before the lease on the application does
    return probe is None or not leases.release(kept, probe)


def _not_sent(counter: Counter, channel: Channel, now: Due, error: Exception) -> str:
    why = str(error) if isinstance(error, NotSent) else type(error).__name__  # a foreign text may hold a number
    logging.getLogger("doorstep").warning("not sent by %s: %s: %s", channel.name, now.reference, why)
    if isinstance(error, ChannelDown):
        return "failed"
    for_good = isinstance(error, NotSent) and error.for_good
    if not for_good and counter.desk.seconds_since(now.since) < PATIENCE_SECONDS:
        return "failed"
    _note(counter, channel, now, NOT_REACHED)
    return "given_up"


def _note(counter: Counter, channel: Channel, now: Due, outcome: str) -> None:
    """Under an id that follows from what is noted, so that two who note the same note it once; nobody but the office's
    machine can tell it beforehand, or staff could give it to a step of theirs.
    """
    event_id = _key(counter, "event", channel, now, outcome)
    mark(counter, channel.name, now.reference, notice=now.notice, outcome=outcome, event_id=event_id)


def _key(counter: Counter, label: str, channel: Channel, now: Due, outcome: str) -> str:
    named = canonical([label, channel.name, now.reference, now.notice, outcome])
    secret = counter.keys.signer.secret("doorstep/outbox")
    return encoding.encode(hmac.digest(secret, named, sha256)[:16])
