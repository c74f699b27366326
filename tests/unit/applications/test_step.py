"""Every step is one conditional write on the head: whoever comes second reads again and decides again."""

from __future__ import annotations

import secrets
import threading

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.journal import events, next_event, verify_chain
from doorstep.applications.keys import mint_event_id
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.applications.step import Change, take_step
from doorstep.applications.submit import Submitted
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import Counter

OFFICE = Signer("office", Ed25519PrivateKey.generate())


def accept(counter: Counter, head: Head, event_id: str) -> Head:
    """A step of another room, as later issues will write it."""

    def change(newest: Head | None) -> Change:
        assert newest
        at = counter.desk.now()
        event = next_event(OFFICE, newest, event_id=event_id, kind="accepted", at=at, sealed={})
        return Change(newest.next(status="accepted", events=(*newest.events, event)))

    return take_step(counter.store, head, reference=head.reference, event_id=event_id, kind="accepted", change=change)


def test_a_step_on_a_stale_head_stands_on_the_newest_one(counter: Counter) -> None:
    done = counter.submit(counter.key())
    stale = follow(counter.desk, done.reference, done.access_code or "")
    accepted = accept(counter, stale.head, mint_event_id(secrets.token_bytes))
    head = withdraw(counter.desk, stale, reason="", event_id=mint_event_id(secrets.token_bytes))
    assert (accepted.revision, head.revision) == (2, 3)
    assert [event["type"] for event in events(head)] == ["received", "accepted", "withdrawn"]
    keys = PublicKeys([("intake", counter.desk.keys.signer.public), ("office", OFFICE.public)])
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
    threads = [threading.Thread(target=accept, args=(counter, head, event_id)) for event_id in ids * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newest = counter.store.head(head.reference)
    assert newest
    assert sorted(event["id"] for event in events(newest)[1:]) == sorted(ids)
    keys = PublicKeys([("intake", counter.desk.keys.signer.public), ("office", OFFICE.public)])
    assert verify_chain(newest, keys) == []
