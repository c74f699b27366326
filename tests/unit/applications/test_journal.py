"""The journal's chain: whatever is altered between head and events is named."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.errors import Tampered
from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.journal import events, next_event, verify_chain
from doorstep.applications.keys import mint_event_id
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import Counter


@pytest.fixture
def withdrawn(counter: Counter) -> Head:
    done = counter.submit(counter.key())
    followed = follow(counter.desk, done.reference, done.access_code or "")
    return withdraw(counter.desk, followed, reason="", event_id=mint_event_id(secrets.token_bytes))


def changed(head: Head, **changes: Any) -> Head:
    return head._replace(**changes)


def test_a_sound_journal_has_no_problems(counter: Counter, withdrawn: Head) -> None:
    assert verify_chain(withdrawn, counter.desk.keys.public_keys) == []
    first, second = events(withdrawn)
    assert first["previous"] is None
    assert (second["type"], second["by"], second["revision"]) == ("withdrawn", "intake", 2)


def test_every_signed_fact_of_the_head_is_held(counter: Counter, withdrawn: Head) -> None:
    keys = counter.desk.keys.public_keys
    spoiled = [
        changed(withdrawn, reference="0000-0000-0000-0"),
        changed(withdrawn, service="another"),
        changed(withdrawn, form="another"),
        changed(withdrawn, form_version="cd" * 32),
        changed(withdrawn, received_at="2020-01-01T00:00:00Z"),
        changed(withdrawn, revision=3),
        changed(withdrawn, status="approved"),
        changed(withdrawn, sealed={"answers": withdrawn.sealed["answers"]}),
        changed(withdrawn, sealed=withdrawn.sealed | {"withdrawn": "00" * 32}),
        changed(withdrawn, sealed=withdrawn.sealed | {"decision": "00" * 32}),
        changed(withdrawn, events=withdrawn.events[:1]),
        changed(withdrawn, events=withdrawn.events[1:]),
        changed(withdrawn, events=withdrawn.events[::-1]),
        changed(withdrawn, events=(*withdrawn.events, withdrawn.events[1])),
        changed(withdrawn, events=()),
    ]
    for head in spoiled:
        assert verify_chain(head, keys), head


def test_events_of_another_application_do_not_fit(counter: Counter, withdrawn: Head) -> None:
    other = counter.store.head(counter.submit(counter.key()).reference)
    assert other
    mixed = changed(withdrawn, events=(other.events[0], withdrawn.events[1]))
    problems = verify_chain(mixed, counter.desk.keys.public_keys)
    assert any("reference" in problem for problem in problems)
    assert any("follow" in problem for problem in problems)


def test_an_unreadable_event_is_a_problem_and_never_a_crash(counter: Counter, withdrawn: Head) -> None:
    for token in ["", "x", "é", withdrawn.events[1][:-1]]:
        spoiled = changed(withdrawn, events=(withdrawn.events[0], token))
        assert any("event 2" in problem for problem in verify_chain(spoiled, counter.desk.keys.public_keys))
    with pytest.raises(Tampered):
        events(changed(withdrawn, events=("x",)))


def test_intake_cannot_decide(counter: Counter) -> None:
    """Whoever takes over intake holds its signing key; the office's decisions need the office's."""
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    office = Signer("office", Ed25519PrivateKey.generate())
    keys = PublicKeys([("intake", counter.desk.keys.signer.public), ("office", office.public)])

    def approved(signer: Signer) -> Head:
        assert head
        event = next_event(
            signer, head, event_id=mint_event_id(secrets.token_bytes), kind="approved", at=counter.desk.now(), sealed={}
        )
        return head.next(status="approved", events=(*head.events, event))

    assert verify_chain(approved(office), keys) == []
    assert any(
        "may not take this step" in problem for problem in verify_chain(approved(counter.desk.keys.signer), keys)
    )


def test_an_event_id_counts_once(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    signer, own = counter.desk.keys.signer, events(head)[0]["id"]
    event = next_event(signer, head, event_id=own, kind="withdrawn", at=counter.desk.now(), sealed={})
    doubled = head.next(status="withdrawn", events=(*head.events, event))
    assert verify_chain(doubled, counter.desk.keys.public_keys) == ["event 2: its id stands twice"]
