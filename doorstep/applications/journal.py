"""The journal: an application's events, each signed by who wrote it and chained to the one before.

An event's payload: `v` 1, `id` (128 bits), `type`, `reference`, `revision` (the one it made), `at` (UTC, never before
the event it follows), `by` (the signer's role), `previous` (SHA-256 of the token before, null for the first), and what
its type adds: the first carries service, form, form_version, filed_by and the office it went to; it and corrections the
names of the `files` that came with them, where any did; later ones `sealed`,
purpose → digest, and the office's the `staff` id of who took the step. Each carries the `commitment` to its content,
so that the same id with other content is seen (`step.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.desk import read_time
from doorstep.applications.errors import Tampered, TokenRefused
from doorstep.applications.head import Head
from doorstep.applications.queues import position, queue_of
from doorstep.applications.signing import PublicKeys, Signer, peek
from doorstep.applications.standing import CONTACT_BEFORE, Standing, after, received, standing
from doorstep.applications.status import EVENTS

RECEIVED, WITHDRAWN = "received", "withdrawn"
CODE_EVENTS = frozenset({"code_voided", "code_issued"})
"""Events after which the first access code opens nothing. Their `wrap` names the resident's wrap, null for none."""


def first_event(signer: Signer, *, event_id: str, reference: str, at: str, **facts: Any) -> str:
    """The token of an application's first event: the receipt."""
    return signer.sign(
        facts
        | {"v": 1, "id": event_id, "type": RECEIVED, "reference": reference, "revision": 1, "at": at}
        | {"by": signer.role, "previous": None}
    )


def next_event(
    signer: Signer,
    head: Head,
    *,
    event_id: str,
    kind: str,
    at: str,
    commitment: str,
    sealed: dict[str, str],
    **facts: Any,
) -> str:
    """The token of a step on this head. `sealed` names the items the step adds, purpose (`purpose_of`) → digest.

    It is dated `at`, or as the event before it where that is later: a clock that was set back spoils no journal.
    """
    at = max(at, str(events(head)[-1].get("at", "")))
    return signer.sign(
        facts
        | {"v": 1, "id": event_id, "type": kind, "reference": head.reference, "revision": head.revision + 1, "at": at}
        | {"commitment": commitment}
        | {"by": signer.role, "previous": digest(head.events[-1]), "sealed": sealed}
    )


def purpose_of(kind: str, revision: int) -> str:
    """What the item is sealed for that the event of this kind and revision names."""
    return WITHDRAWN if kind == WITHDRAWN else f"{kind}-{revision}"


def digest(token: str) -> str:
    """SHA-256 of a token, 64 hex digits: how the next event names it."""
    return sha256(token.encode("ascii")).hexdigest()


def events(head: Head) -> list[dict[str, Any]]:
    """The payloads of a head's events, oldest first, unverified; Tampered when one cannot even be read."""
    try:
        return [peek(token) for token in head.events]
    except TokenRefused as error:
        raise Tampered(head.reference, "an event cannot be read") from error


def find_event(head: Head, event_id: str) -> dict[str, Any] | None:
    """The event with this id, or None."""
    return next((event for event in events(head) if event.get("id") == event_id), None)


def stand(head: Head) -> Standing:
    """Where this head's events, unverified, say it stands; Tampered when one cannot even be read."""
    return standing(events(head))


def follow_events(head: Head) -> Head:
    """The head with status, queue, position and notice as its events have them."""
    now = stand(head)
    return head._replace(
        status=now.status,
        queue=queue_of(now),
        position=position(now.since, head.reference),
        notice=position(now.notice_at, head.reference) if now.notice else "",
    )


def verify_chain(head: Head, public_keys: PublicKeys) -> list[str]:
    """Everything that does not hold between a head and its signed events; empty when all does.

    All of the head that anybody is shown is held to what is signed. Not signed, and so not seen here: `routing` (the
    office compares it with the answers), the first wraps (one that was swapped looks like a wrong code), an older
    head put back, and a head taken away (reconciling finds both). The problems are in our own words and hold nothing
    of the application.
    """
    problems: list[str] = []
    previous: str | None = None
    now: Standing | None = None
    ids: set[str] = set()
    named: dict[str, str] = {}
    at = ""
    for number, token in enumerate(head.events, start=1):
        try:
            verified = public_keys.verify(token)
        except TokenRefused as refused:
            problems.append(f"event {number}: {refused.reason}")
            previous = sha256(token.encode()).hexdigest()
            continue
        event = verified.payload
        problems += [f"event {number}: {problem}" for problem in _problems_of(event, verified.role, head, number)]
        if event.get("previous") != previous:
            problems.append(f"event {number}: does not follow the event before it")
        if str(event.get("id")) in ids:
            problems.append(f"event {number}: its id stands twice")
        ids.add(str(event.get("id")))
        previous = digest(token)
        known = EVENTS.get(str(event.get("type")))
        if known and number > 1 and (now is None or now.status not in known.taken_from):
            problems.append(f"event {number}: a step that cannot follow the one before it")
        now = after(now, event) if now else received(event)
        if str(event.get("at")) < at:
            problems.append(f"event {number}: dated before the one it follows")
        at = max(at, str(event.get("at")))
        sealed = event.get("sealed", {})
        if isinstance(sealed, dict):
            named |= sealed
            if known and set(sealed) != ({purpose_of(str(event["type"]), number)} if known.seals else set()):
                problems.append(f"event {number}: it does not seal what a step of its type does")
        else:
            problems.append(f"event {number}: its sealed items cannot be read")
    return problems + _problems_of_head(head, now, named) + _problems_of_wraps(head)


def _problems_of(event: dict[str, Any], role: str, head: Head, number: int) -> list[str]:
    expected: dict[str, Any] = {"v": 1, "reference": head.reference, "revision": number, "by": role}
    if number == 1:
        expected |= {"type": RECEIVED, "service": head.service, "form": head.form}
        expected |= {"form_version": head.form_version, "at": head.received_at}
    problems = [f"{name} is not the head's" for name, value in expected.items() if event.get(name) != value]
    if not isinstance(event.get("commitment"), str):
        problems.append("no commitment to its content")
    try:
        read_time(str(event.get("at")))
    except ValueError:
        problems.append("no date as events write it")
    files = event.get("files", [])
    if not isinstance(files, list) or any(type(name) is not str for name in files):
        problems.append("its files cannot be read")
    known = EVENTS.get(str(event.get("type")))
    if known is None or (number > 1 and event.get("type") == RECEIVED):
        problems.append("a type that cannot stand here")
    elif known.signed_by != role:
        problems.append(f"signed by {role}, which may not take this step")
    return problems


def _problems_of_head(head: Head, now: Standing | None, named: dict[str, str]) -> list[str]:
    problems = []
    if head.revision != len(head.events):
        problems.append("head: the revision is not the number of events")
    if now is None or head.status != now.status:
        problems.append("head: the status is not what its events say")
    if now is None or head.queue != queue_of(now) or head.position != position(now.since, head.reference):
        problems.append("head: the queue is not the one its events lead to")
    if now is None or head.notice != (position(now.notice_at, head.reference) if now.notice else ""):
        problems.append("head: whether its resident is to be told is not what its events say")
    # The first event vouches for the answers by its commitment, every later one for its items by their digests.
    unsigned = {purpose: item for purpose, item in head.sealed.items() if purpose != "answers" or purpose in named}
    if unsigned != named:
        problems.append("head: the sealed items are not those its events name")
    return problems


def _problems_of_wraps(head: Head) -> list[str]:
    """What a later event says of a wrap: the code that was replaced, the number that was corrected."""
    try:
        said = events(head)
    except Tampered:
        return []  # named already, event by event
    problems = []
    contact = next((event["contact"] for event in reversed(said) if "contact" in event), None)
    if wrap_digest(head, "notifier") != contact:
        problems.append("head: the sealed phone numbers are not those its events name")
    stood = before = None
    for number, event in enumerate(said, start=1):
        if CONTACT_BEFORE in event:
            before = event[CONTACT_BEFORE]
            if before != stood:
                problems.append(f"event {number}: keeps other phone numbers than stood before it")
        stood = event.get("contact", stood)
    if wrap_digest(head, "notifier-before") != before:
        problems.append("head: the phone numbers from before are not those its events name")
    for event in reversed(said):
        if str(event.get("type")) in CODE_EVENTS:
            if wrap_digest(head, "resident") != event.get("wrap"):
                problems.append("head: the access code is not the one its events name")
            break
    return problems


def wrap_digest(head: Head, reader: str) -> str | None:
    """How an event names what is wrapped for this reader; None where nothing is."""
    wrap = head.wraps.get(reader)
    return None if wrap is None else digest_of_wrap(wrap)


def digest_of_wrap(wrap: Mapping[str, str]) -> str:
    """SHA-256 of a wrap, base64url."""
    return encoding.encode(sha256(wrap.get("wrapped", "").encode()).digest())


def files_of(head: Head) -> tuple[str, ...]:
    """The names of all files that came with this application, the first first. Raises Tampered."""
    return tuple(dict.fromkeys(name for event in events(head) for name in event.get("files", ())))
