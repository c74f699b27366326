"""The journal's chain: whatever is altered between head and events is named."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.errors import Tampered
from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.journal import events, follow_events, next_event, purpose_of, verify_chain, wrap_digest
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import load_office_signer
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.applications.status import EVENTS, OPEN
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import Counter


@pytest.fixture
def withdrawn(counter: Counter) -> Head:
    done = counter.submit(counter.key())
    followed = follow(counter.desk, done.reference, done.access_code or "")
    return withdraw(counter.desk, followed, reason="", event_id=mint_event_id(secrets.token_bytes))


def changed(head: Head, **changes: Any) -> Head:
    return head._replace(**changes)


def step(head: Head, signer: Signer, kind: str, *, event_id: str | None = None, **changes: Any) -> Head:
    """The head after a step, as rooms take it; `changes` of its event."""
    sealed = {purpose_of(kind, head.revision + 1): "00" * 32} if EVENTS[kind].seals else {}
    parts: dict[str, Any] = {"kind": kind, "at": "2026-11-22T05:04:03Z", "commitment": "", "sealed": sealed} | changes
    token = next_event(signer, head, event_id=event_id or mint_event_id(secrets.token_bytes), **parts)
    return follow_events(head.next(events=(*head.events, token), sealed=head.sealed | parts["sealed"]))


def journey(head: Head, *steps: tuple[str, Signer]) -> Head:
    for kind, signer in steps:
        head = step(head, signer, kind)
    return head


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
        changed(withdrawn, queue="open/650203001001"),
        changed(withdrawn, queue="street-650203002/closed"),
        changed(withdrawn, position=f"2020-01-01T00:00:00Z#{withdrawn.reference}"),
        changed(withdrawn, notice=f"2020-01-01T00:00:00Z#{withdrawn.reference}"),
        changed(withdrawn, wraps={name: wrap for name, wrap in withdrawn.wraps.items() if name != "notifier"}),
        changed(withdrawn, wraps=withdrawn.wraps | {"notifier": withdrawn.wraps["office"]}),
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


def test_the_numbers_from_before_are_those_that_stood_and_that_an_event_names(
    counter: Counter, withdrawn: Head, var_dir: Path
) -> None:
    keys, intake, office = counter.desk.keys.public_keys, counter.desk.keys.signer, load_office_signer(var_dir)
    head = changed(withdrawn, revision=1, events=withdrawn.events[:1], sealed={"answers": withdrawn.sealed["answers"]})
    head = step(head, office, "code_issued", wrap=wrap_digest(head, "resident"))
    head = step(head, office, "returned")
    before, wraps = wrap_digest(head, "notifier"), head.wraps

    def corrected(**facts: Any) -> Head:
        return step(head, intake, "corrected", contact=wrap_digest(head, "office"), **facts)

    after = wraps | {"notifier": wraps["office"]}
    sound = changed(corrected(contact_before=before), wraps=after | {"notifier-before": wraps["notifier"]})
    assert verify_chain(sound, keys) == []
    named = ["head: the phone numbers from before are not those its events name"]
    assert verify_chain(changed(sound, wraps=after), keys) == named
    assert verify_chain(changed(sound, wraps=after | {"notifier-before": wraps["office"]}), keys) == named
    assert verify_chain(changed(corrected(), wraps=sound.wraps), keys) == named
    forged = corrected(contact_before=wrap_digest(head, "office"))
    forged = changed(forged, wraps=after | {"notifier-before": wraps["office"]})
    assert verify_chain(forged, keys) == ["event 4: keeps other phone numbers than stood before it"]


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
        return step(step(head, office, "accepted"), signer, "approved")

    assert verify_chain(approved(office), keys) == []
    assert any(
        "may not take this step" in problem for problem in verify_chain(approved(counter.desk.keys.signer), keys)
    )


def test_an_event_id_counts_once(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    doubled = step(head, counter.desk.keys.signer, "withdrawn", event_id=events(head)[0]["id"])
    assert verify_chain(doubled, counter.desk.keys.public_keys) == ["event 2: its id stands twice"]


def test_every_way_through_the_life_is_sound_and_no_other(counter: Counter) -> None:
    received = counter.store.head(counter.submit(counter.key()).reference)
    assert received
    office, intake = Signer("office", Ed25519PrivateKey.generate()), counter.desk.keys.signer
    keys = PublicKeys([("intake", intake.public), ("office", office.public)])
    by = {"office": office, "intake": intake}
    ways = [
        ("returned", "corrected", "returned", "corrected", "accepted", "approved"),
        ("accepted", "refused"),
        ("accepted", "approved", "supplied", "supplied"),
        ("accepted", "withdrawn"),
        ("not_accepted",),
        ("returned", "ended"),
        ("accepted", "transferred"),
    ]
    for way in ways:
        assert verify_chain(journey(received, *((kind, by[EVENTS[kind].signed_by]) for kind in way)), keys) == []
    impossible = [("approved",), ("corrected",), ("accepted", "accepted"), ("withdrawn", "accepted")]
    impossible += [("supplied",), ("accepted", "supplied"), ("accepted", "refused", "supplied")]
    for way in impossible:
        stepped = journey(received, *((kind, by[EVENTS[kind].signed_by]) for kind in way))
        assert verify_chain(stepped, keys) == [f"event {len(way) + 1}: a step that cannot follow the one before it"]
    assert EVENTS["withdrawn"].taken_from == OPEN


def test_an_event_commits_to_its_content(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    bare = step(head, counter.desk.keys.signer, "withdrawn", commitment=None)
    assert verify_chain(bare, counter.desk.keys.public_keys) == ["event 2: no commitment to its content"]


def test_the_signed_parts_are_read_with_care(counter: Counter) -> None:
    """Even what our own key signed may be wrong: a problem, never a crash."""
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    signer = counter.desk.keys.signer
    odd: list[dict[str, Any]] = [{}, {"sealed": []}, {"type": [], "sealed": 1, "id": {}}, {"type": None, "previous": 1}]
    for payload in odd:
        assert verify_chain(head.next(events=(*head.events, signer.sign(payload))), counter.desk.keys.public_keys)


def signed_by_both(counter: Counter) -> tuple[Head, dict[str, Signer], PublicKeys]:
    """A new application, who may sign its steps, and the keys that count."""
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    by = {"office": Signer("office", Ed25519PrivateKey.generate()), "intake": counter.desk.keys.signer}
    return head, by, PublicKeys([(role, signer.public) for role, signer in by.items()])


BEFORE = {
    "corrected": ("returned",),
    **dict.fromkeys(("advanced", "extended", "approved", "refused"), ("accepted",)),
    "supplied": ("accepted", "approved"),
}


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if kind != "received"])
def test_each_step_seals_what_its_type_does_and_nothing_else(counter: Counter, kind: str) -> None:
    """A decision without its reasons, or a correction without answers, is no step of anybody's."""
    head, by, keys = signed_by_both(counter)
    for before in BEFORE.get(kind, ()):
        head = step(head, by["office"], before)
    number, signer = head.revision + 1, by[EVENTS[kind].signed_by]
    wrap = {"wrap": wrap_digest(head, "resident")} if kind.startswith("code_") else {}
    assert verify_chain(step(head, signer, kind, **wrap), keys) == []
    name = purpose_of(kind, number)
    wrong: list[dict[str, str]] = [{"another": "00" * 32}, {name: "00" * 32, "another": "11" * 32}]
    wrong.append({} if EVENTS[kind].seals else {name: "00" * 32})
    for sealed in wrong:
        assert verify_chain(step(head, signer, kind, sealed=sealed, **wrap), keys) == [
            f"event {number}: it does not seal what a step of its type does"
        ]


def test_time_never_goes_back_along_a_chain(counter: Counter) -> None:
    head, by, keys = signed_by_both(counter)
    accepted = step(head, by["office"], "accepted", at="2026-11-25T08:00:00Z")
    after = step(accepted, by["office"], "approved", at="2026-11-25T07:00:00Z")
    assert [event["at"] for event in events(after)][1:] == ["2026-11-25T08:00:00Z"] * 2, "the clock was set back"
    assert verify_chain(after, keys) == []
    for at, what in [("2001-01-01T00:00:00Z", "dated before the one it follows"), ("x", "no date as events write it")]:
        payload = events(after)[2] | {"at": at}
        forged = changed(after, events=(*after.events[:2], by["office"].sign(payload)))
        assert f"event 3: {what}" in verify_chain(forged, keys)
