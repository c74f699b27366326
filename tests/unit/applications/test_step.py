"""Every step is one conditional write on the head: whoever comes second reads again and decides again."""

from __future__ import annotations

import secrets
import threading
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.errors import AlreadyTaken, NotOpen, Tampered
from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.journal import events, follow_events, next_event, purpose_of, verify_chain
from doorstep.applications.key_formats import Keys
from doorstep.applications.keys import mint_event_id
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.applications.status import EVENTS
from doorstep.applications.step import Change, step_commitment, take_step
from doorstep.applications.store import RevisionConflict
from doorstep.applications.submit import Submitted
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import Counter

OFFICE = Signer("office", Ed25519PrivateKey.generate())


def take(counter: Counter, head: Head, event_id: str, kind: str = "accepted", commitment: str = "") -> Head:
    """A step of another room, as later issues will write it."""

    def change(newest: Head | None) -> Change:
        assert newest
        if newest.status not in EVENTS[kind].taken_from:
            raise NotOpen(newest.status)
        signer = OFFICE if EVENTS[kind].signed_by == "office" else counter.desk.keys.signer
        sealed = {purpose_of(kind, newest.revision + 1): "00" * 32} if EVENTS[kind].seals else {}
        parts: dict[str, Any] = {"kind": kind, "at": counter.desk.now(), "commitment": commitment, "sealed": sealed}
        event = next_event(signer, newest, event_id=event_id, **parts)
        return Change(follow_events(newest.next(events=(*newest.events, event), sealed=newest.sealed | sealed)))

    return take_step(
        counter.store,
        head,
        reference=head.reference,
        event_id=event_id,
        kind=kind,
        commitment=commitment,
        change=change,
    )


def test_a_step_on_a_stale_head_stands_on_the_newest_one(counter: Counter) -> None:
    own = counter.desk.keys
    keys = PublicKeys([("intake", own.signer.public), ("office", OFFICE.public)])
    counter.desk = counter.desk._replace(keys=Keys(own.signer, own.sealed_for, keys))
    done = counter.submit(counter.key())
    stale = follow(counter.desk, done.reference, done.access_code or "")
    accepted = take(counter, stale.head, mint_event_id(secrets.token_bytes))
    head = withdraw(counter.desk, stale, reason="", event_id=mint_event_id(secrets.token_bytes))
    assert (accepted.revision, head.revision) == (2, 3)
    assert [event["type"] for event in events(head)] == ["received", "accepted", "withdrawn"]
    assert verify_chain(head, keys) == []


def test_sixteen_who_submit_one_draft_hold_one_receipt(counter: Counter) -> None:
    key = counter.key()
    barrier = threading.Barrier(16)
    held: list[Submitted] = []

    def send() -> None:
        barrier.wait()
        held.append(counter.submit(key))

    threads = [threading.Thread(target=send) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(done.receipt, done.access_code) for done in held}) == 1
    assert [done.replayed for done in held].count(False) == 1
    assert (len(held), counter.store.commits) == (16, 1)


def test_steps_of_many_at_once_are_all_in_one_chain(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    ids = [mint_event_id(secrets.token_bytes) for _ in range(4)]

    def persist(event_id: str) -> None:
        take(counter, head, event_id, "notified" if ids.index(event_id) % 2 else "returned")

    threads = [threading.Thread(target=persist, args=(event_id,)) for event_id in ids * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newest = counter.store.head(head.reference)
    assert newest
    assert sorted(event["id"] for event in events(newest)[1:]) == sorted(ids)
    keys = PublicKeys([("intake", counter.desk.keys.signer.public), ("office", OFFICE.public)])
    assert verify_chain(newest, keys) == []


def test_the_same_id_with_other_content_is_refused_and_with_the_same_answered(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    event_id = mint_event_id(secrets.token_bytes)
    mine, other = (step_commitment(bytes(32), "accepted", {"reason": text}) for text in "ab")
    first = take(counter, head, event_id, commitment=mine)
    assert take(counter, head, event_id, commitment=mine) == first
    for seen in (head, first):
        with pytest.raises(AlreadyTaken) as refused:
            take(counter, seen, event_id, commitment=other)
        assert refused.value.at == "2026-11-22T05:04:03Z"
    assert counter.store.commits == 2


def test_a_commitment_to_a_step_needs_the_data_key_and_names_the_step() -> None:
    content = {"reason": "a"}
    commitments = {
        step_commitment(bytes(32), "withdrawn", content),
        step_commitment(bytes(31) + b"\1", "withdrawn", content),
        step_commitment(bytes(32), "refused", content),
        step_commitment(bytes(32), "withdrawn", {"reason": "b"}),
    }
    assert len(commitments) == 4


def test_a_head_that_is_damaged_meanwhile_is_named(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    counter.store.kept[head.reference] = b"{"
    counter.store.fail_next("before-commit", RevisionConflict("someone else"))
    with pytest.raises(Tampered) as refused:
        take(counter, head, mint_event_id(secrets.token_bytes))
    assert refused.value.reference == head.reference
