"""Submitting is exactly once, whatever the store and the network do."""

from __future__ import annotations

from typing import Any

import pytest

from doorstep.applications.errors import AlreadySubmitted, MalformedKey, ReferenceTaken, Tampered
from doorstep.applications.head import ITEM_LIMIT
from doorstep.applications.keys import derive
from doorstep.applications.receipt import commitment_to, verify_receipt
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable, TooLarge
from doorstep.applications.submit import earlier, replay
from tests.unit.applications.conftest import ANSWERS, Counter


def test_a_submission_gives_a_receipt_that_proves_itself(counter: Counter) -> None:
    key = counter.key()
    done = counter.submit(key)
    facts = verify_receipt(done.receipt, counter.desk.keys.public_keys)
    assert facts.reference == done.reference == derive(key).reference
    assert facts.received_at == done.received_at == "2026-11-22T05:04:03Z"
    assert facts.commitment == commitment_to(ANSWERS, derive(key).commitment_key)
    assert done.access_code == derive(key).access_code
    assert not done.replayed
    head = counter.store.head(done.reference)
    assert head is not None
    assert (head.status, head.revision, head.queue) == ("received", 1, "street-650203001/unread")


def test_a_retry_gets_the_same_receipt_and_stores_nothing(counter: Counter) -> None:
    key = counter.key()
    first = counter.submit(key)
    counter.clock.forward(minutes=5)
    again = counter.submit(key)
    assert again.replayed
    assert (again.receipt, again.access_code) == (first.receipt, first.access_code)
    assert counter.store.commits == 1


def test_the_access_code_is_shown_for_30_minutes(counter: Counter) -> None:
    key = counter.key()
    counter.submit(key)
    counter.clock.forward(minutes=29)
    assert counter.submit(key).access_code
    counter.clock.forward(minutes=2)
    assert counter.submit(key).access_code is None


def test_other_content_under_the_same_key_is_refused(counter: Counter) -> None:
    key = counter.key()
    first = counter.submit(key)
    with pytest.raises(AlreadySubmitted) as refused:
        counter.submit(key, ANSWERS | {"rooms": 3})
    assert refused.value.received_at == first.received_at
    with pytest.raises(AlreadySubmitted):
        counter.submit(key, form_id="another-form")
    assert counter.store.commits == 1


def test_a_conflict_that_cannot_be_read_is_never_told_as_nothing_stored(counter: Counter) -> None:
    key = counter.key()
    first = counter.submit(key)
    counter.store.fail_next("read-head", StoreUnavailable("the disk is away"))
    with pytest.raises(OutcomeUnknown):
        counter.submit(key)
    assert counter.submit(key).receipt == first.receipt


def test_a_known_key_is_answered_without_validation(counter: Counter) -> None:
    key = counter.key()
    assert earlier(counter.desk, key) is None
    first = counter.submit(key)
    head = earlier(counter.desk, key)
    assert head is not None
    assert replay(counter.desk, head, key, ANSWERS).receipt == first.receipt
    others: list[Any] = [{}, ANSWERS | {"rooms": 2.5}, None, [], "\ud800"]
    for other in others:
        with pytest.raises(AlreadySubmitted):
            replay(counter.desk, head, key, other)


@pytest.mark.parametrize("key", ["", "short", "A" * 23, "A" * 21 + "B", "A" * 21 + "=", "é" * 22, "A" * 20 + "+/"])
def test_a_malformed_key_is_refused(counter: Counter, key: str) -> None:
    with pytest.raises(MalformedKey):
        counter.submit(key)


def test_a_commit_that_counted_though_its_answer_was_lost_is_a_success(counter: Counter) -> None:
    counter.store.fail_next("after-head", OutcomeUnknown("timeout"))
    key = counter.key()
    done = counter.submit(key)
    assert not done.replayed
    assert counter.store.commits == 1
    assert counter.submit(key).receipt == done.receipt


def test_a_commit_that_did_not_count_is_tried_once_more(counter: Counter) -> None:
    counter.store.fail_next("before-head", OutcomeUnknown("timeout"))
    assert not counter.submit(counter.key()).replayed
    assert counter.store.commits == 1


def test_an_outcome_that_stays_unknown_is_said_to_be_unknown(counter: Counter) -> None:
    for _ in range(2):
        counter.store.fail_next("before-head", OutcomeUnknown("timeout"))
    key = counter.key()
    with pytest.raises(OutcomeUnknown, match="safe"):
        counter.submit(key)
    assert counter.submit(key).receipt


@pytest.mark.parametrize("point", ["before-head", "after-head"])
def test_a_failing_read_after_an_unknown_outcome_promises_nothing(counter: Counter, point: str) -> None:
    counter.store.fail_next(point, OutcomeUnknown("timeout"))
    counter.store.fail_next("read-head", StoreUnavailable("down"))
    key = counter.key()
    with pytest.raises(OutcomeUnknown):
        counter.submit(key)
    assert counter.submit(key).replayed is (point == "after-head")


def test_a_refusal_after_an_unknown_outcome_promises_nothing(counter: Counter) -> None:
    counter.store.fail_next("before-commit", OutcomeUnknown("timeout"))
    counter.store.fail_next("before-commit", StoreUnavailable("down"))
    with pytest.raises(OutcomeUnknown):
        counter.submit(counter.key())


@pytest.mark.parametrize("point", ["before-commit", "item", "before-head"])
def test_a_store_that_is_down_stores_nothing(counter: Counter, point: str) -> None:
    counter.store.fail_next(point, StoreUnavailable("down"))
    key = counter.key()
    with pytest.raises(StoreUnavailable):
        counter.submit(key)
    assert earlier(counter.desk, key) is None


def test_too_much_content_is_refused_before_anything_is_written(counter: Counter) -> None:
    with pytest.raises(TooLarge):
        counter.submit(counter.key(), {"text": "x" * ITEM_LIMIT})
    assert not counter.store.kept
    assert not counter.store.items


def test_two_keys_with_one_reference_are_told_apart(counter: Counter) -> None:
    key, other = counter.key(), counter.key()
    done = counter.submit(key)
    stored = counter.store.kept[done.reference]
    taken = derive(other).reference
    counter.store.kept[taken] = stored.replace(done.reference.encode(), taken.encode())
    with pytest.raises(ReferenceTaken):
        counter.submit(other)
    with pytest.raises(ReferenceTaken):
        earlier(counter.desk, other)
    head = counter.store.head(done.reference)
    assert head
    with pytest.raises(ReferenceTaken):
        replay(counter.desk, head, other, ANSWERS)


def test_a_stored_receipt_that_does_not_verify_is_not_handed_out(counter: Counter) -> None:
    key = counter.key()
    done = counter.submit(key)
    counter.store.kept[done.reference] = counter.store.kept[done.reference].replace(
        done.receipt[-20:].encode(), b"A" * 20
    )
    with pytest.raises(Tampered):
        counter.submit(key)


def test_a_head_without_its_own_first_event_is_named(counter: Counter) -> None:
    key = counter.key()
    done = counter.submit(key)
    stranger = counter.submit(counter.key()).receipt
    stored = counter.store.kept[done.reference]
    counter.store.kept[done.reference] = stored.replace(done.receipt.encode(), stranger.encode())
    with pytest.raises(Tampered, match="first event"):
        counter.submit(key)
