"""What is asked only after approval: taken then, once, sealed, held to the code; corrected by sending it again."""

from __future__ import annotations

import secrets
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import AlreadyTaken, MalformedKey, NotApproved, SuppliedOften, Tampered
from doorstep.applications.follow import Followed
from doorstep.applications.head import HEAD_LIMIT, Head
from doorstep.applications.journal import events, follow_events, next_event, verify_chain
from doorstep.applications.keys import mint_event_id
from doorstep.applications.reading import current_answers, supplied
from doorstep.applications.sealing import Place, seal
from doorstep.applications.store import HeadFull, OutcomeUnknown, StoreUnavailable
from doorstep.applications.supply import MOST_SUPPLIED, ROOM_KEPT, supply
from tests.unit.applications.conftest import ANSWERS, Counter
from tests.unit.applications.test_correct import FIRST, Desk

ACCOUNT = {"account_of": "self", "card_number": "6200000000000005"}
FORM = {"form": "payment-account", "form_version": "cd" * 32}


@pytest.fixture
def desk(counter: Counter, var_dir: Path) -> Desk:
    return Desk(counter, var_dir)


@pytest.fixture
def approved(desk: Desk) -> Desk:
    desk.step("accepted", {})
    desk.step("approved", {"text": "同意"})
    return desk


def send(desk: Desk, answers: Any = ACCOUNT, *, event_id: str = "", followed: Followed | None = None) -> Head:
    return supply(
        desk.counter.desk,
        followed or desk.opened(),
        answers=answers,
        event_id=event_id or mint_event_id(secrets.token_bytes),
        **FORM,
    )


def test_it_is_a_signed_step_that_changes_no_status_and_keeps_it_sealed(approved: Desk) -> None:
    before = approved.opened().head
    assert before.notice, "the approval is still to be told of"
    assert supplied(approved.counter.desk, approved.opened()) is None
    head = send(approved)
    assert (head.status, head.queue, head.position) == ("approved", f"{FIRST}/closed", before.position)
    assert head.notice == "", "whoever fills it in has seen that it is approved"
    assert verify_chain(head, approved.counter.desk.keys.public_keys) == []
    found = supplied(approved.counter.desk, approved.opened())
    assert found is not None
    assert (found.answers, found.form, found.at) == (ACCOUNT, "payment-account", events(head)[-1]["at"])
    assert "6200" not in repr(found)
    assert current_answers(approved.counter.desk, approved.opened()) == ANSWERS
    stored = b"".join([*approved.counter.store.kept.values(), *approved.counter.store.items.values()])
    assert b"6200000000000005" not in stored


def test_sending_it_again_corrects_it_and_the_newest_counts(approved: Desk) -> None:
    send(approved)
    send(approved, ACCOUNT | {"card_number": "4111111111111111"})
    found = supplied(approved.counter.desk, approved.opened())
    assert found is not None
    assert found.answers["card_number"] == "4111111111111111"


@pytest.mark.parametrize("kind", ["accepted", "refused", "ended"])
def test_nothing_is_taken_of_what_is_not_approved(desk: Desk, kind: str) -> None:
    with pytest.raises(NotApproved):
        send(desk)
    desk.step("accepted", {})
    if kind != "accepted":
        desk.step(kind, {})
    with pytest.raises(NotApproved, match=kind):
        send(desk)
    assert supplied(desk.counter.desk, desk.opened()) is None


def test_the_same_event_id_is_one_step_also_when_the_answer_was_lost(approved: Desk) -> None:
    event_id, page = mint_event_id(secrets.token_bytes), approved.opened()
    approved.counter.store.fail_next("after-head", OutcomeUnknown("the answer was lost"))
    first = send(approved, event_id=event_id, followed=page)
    for again in (page, approved.opened()):
        assert send(approved, event_id=event_id, followed=again) == first
    with pytest.raises(AlreadyTaken):
        send(approved, ACCOUNT | {"account_of": "family"}, event_id=event_id)
    with pytest.raises(MalformedKey):
        send(approved, event_id="x")


def test_a_store_that_is_down_takes_nothing(approved: Desk) -> None:
    approved.counter.store.fail_next("before-head", StoreUnavailable("down"))
    with pytest.raises(StoreUnavailable):
        send(approved)
    assert supplied(approved.counter.desk, approved.opened()) is None


def test_it_is_sent_so_often_and_no_more_and_leaves_room_for_what_may_come(approved: Desk) -> None:
    heads = [approved.opened().head, *(send(approved) for _ in range(MOST_SUPPLIED))]
    with pytest.raises(SuppliedOften):
        send(approved)
    assert max(after - before for before, after in pairwise(len(head.to_bytes()) for head in heads)) < 900


def test_a_head_that_is_nearly_full_is_not_filled(approved: Desk) -> None:
    notice = approved.opened().head.notice
    while len(approved.opened().head.to_bytes()) <= HEAD_LIMIT - ROOM_KEPT:
        approved.step("notified", {}, notice=notice, outcome="not_reached")
    with pytest.raises(HeadFull):
        send(approved)


@pytest.mark.parametrize("content", [{"answers": ACCOUNT}, {**FORM, "answers": []}, {**FORM, "answers": ACCOUNT}])
def test_what_no_code_wrote_is_not_shown(approved: Desk, content: Any) -> None:
    """Intake's signing key alone, with the data key of another day, redirects nobody's money."""
    followed = approved.opened()
    head, revision = followed.head, followed.head.revision + 1
    place = Place(head.reference, head.form_version, f"supplied-{revision}", revision)
    item = seal(followed.data_key, canonical(content), place, secrets.token_bytes)
    sealed = {f"supplied-{revision}": item.digest}
    forged = next_event(
        approved.counter.desk.keys.signer,
        head,
        event_id=mint_event_id(secrets.token_bytes),
        kind="supplied",
        at=approved.counter.desk.now(),
        commitment="A" * 43,
        sealed=sealed,
    )
    head = follow_events(head.next(events=(*head.events, forged), sealed=head.sealed | sealed))
    approved.counter.store.commit(head, [item], expected_revision=revision - 1)
    with pytest.raises(Tampered, match="who had no access code"):
        approved.opened()
    with pytest.raises(Tampered, match="who had no access code"):
        supplied(approved.counter.desk, Followed(head, followed.data_key))
