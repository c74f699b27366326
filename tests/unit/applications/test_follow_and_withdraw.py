"""Following opens an application to whoever holds reference and code; withdrawing happens once."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import EventIdTaken, Mistyped, NotFound, NotOpen, Tampered
from doorstep.applications.follow import Followed, follow, open_item, read_answers
from doorstep.applications.head import Head
from doorstep.applications.journal import events, verify_chain
from doorstep.applications.keys import derive, mint_event_id
from doorstep.applications.receipt import commitment_to
from doorstep.applications.sealing import Place, seal
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.applications.submit import Submitted
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import ANSWERS, Counter


def opened(counter: Counter, done: Submitted) -> Followed:
    assert done.access_code
    return follow(counter.desk, done.reference, done.access_code)


def test_residents_read_their_own_answers(counter: Counter) -> None:
    key = counter.key()
    done = counter.submit(key)
    assert done.access_code
    typed = done.reference.lower().replace("-", " "), f" {done.access_code.replace('-', '').lower()}\n"
    sealed = read_answers(counter.desk, follow(counter.desk, *typed))
    assert sealed["answers"] == ANSWERS
    assert commitment_to(sealed["answers"], derive(key).commitment_key) in json.dumps(
        events(opened(counter, done).head)[0]
    )


def test_wrong_reference_and_wrong_code_are_one_answer(counter: Counter) -> None:
    done = counter.submit(counter.key())
    other = derive(counter.key())
    said = set()
    for reference, code in [
        (done.reference, other.access_code),
        (other.reference, done.access_code or ""),
        (done.reference, ""),
        (done.reference, "not a code at all"),
        (other.reference, ""),
    ]:
        with pytest.raises(NotFound) as refused:
            follow(counter.desk, reference, code)
        trace = refused.traceback[-1]
        said.add((type(refused.value), str(refused.value), str(trace.path), trace.lineno))
    assert len(said) == 1


def test_a_mistyped_reference_is_said_before_any_lookup(counter: Counter) -> None:
    counter.store.fail_next("read-head", StoreUnavailable("must not be asked"))
    with pytest.raises(Mistyped):
        follow(counter.desk, "ABCD", "x")


def test_withdrawing_is_a_signed_step_whose_reason_is_sealed(counter: Counter) -> None:
    done = counter.submit(counter.key())
    followed = opened(counter, done)
    head = withdraw(counter.desk, followed, reason="我找到工作了", event_id=mint_event_id(secrets.token_bytes))
    assert (head.status, head.revision, head.queue) == ("withdrawn", 2, "street-650203001/closed")
    assert verify_chain(head, counter.desk.keys.public_keys) == []
    assert "我找到工作了".encode() not in b"".join([*counter.store.kept.values(), *counter.store.items.values()])
    again = opened(counter, done)
    assert json.loads(open_item(counter.desk, again, "withdrawn")) == {"reason": "我找到工作了"}
    assert read_answers(counter.desk, again)["answers"] == ANSWERS


def test_the_same_event_id_withdraws_once_and_another_finds_it_closed(counter: Counter) -> None:
    done = counter.submit(counter.key())
    stale = opened(counter, done)
    event_id = mint_event_id(secrets.token_bytes)
    first = withdraw(counter.desk, stale, reason="", event_id=event_id)
    assert withdraw(counter.desk, stale, reason="", event_id=event_id) == first
    assert withdraw(counter.desk, opened(counter, done), reason="", event_id=event_id) == first
    with pytest.raises(NotOpen) as refused:
        withdraw(counter.desk, stale, reason="", event_id=mint_event_id(secrets.token_bytes))
    assert refused.value.status == "withdrawn"
    assert counter.store.commits == 2


def test_the_first_events_id_does_not_pass_for_a_withdrawal(counter: Counter) -> None:
    key = counter.key()
    followed = opened(counter, counter.submit(key))
    with pytest.raises(EventIdTaken):
        withdraw(counter.desk, followed, reason="", event_id=derive(key).event_id)


@pytest.mark.parametrize("point", ["before-head", "after-head"])
def test_a_withdrawal_survives_an_unknown_outcome(counter: Counter, point: str) -> None:
    followed = opened(counter, counter.submit(counter.key()))
    counter.store.fail_next(point, OutcomeUnknown("timeout"))
    head = withdraw(counter.desk, followed, reason="", event_id=mint_event_id(secrets.token_bytes))
    assert (head.revision, counter.store.commits) == (2, 2)


def test_a_withdrawal_gives_up_after_bounded_conflicts(counter: Counter) -> None:
    followed = opened(counter, counter.submit(counter.key()))
    for _ in range(100):
        counter.store.fail_next("before-head", RevisionConflict("someone else"))
    with pytest.raises(StoreUnavailable):
        withdraw(counter.desk, followed, reason="", event_id=mint_event_id(secrets.token_bytes))


def test_anything_altered_in_the_store_is_named_and_not_shown(counter: Counter) -> None:
    done = counter.submit(counter.key())
    other = counter.submit(counter.key(), ANSWERS | {"rooms": 9})
    head, foreign = counter.store.head(done.reference), counter.store.head(other.reference)
    assert head
    assert foreign
    item = (head.reference, head.sealed["answers"])
    content = counter.store.items[item]

    data_key = opened(counter, done).data_key

    def refusal(stored: Head, sealed: bytes | None) -> str:
        counter.store.items.pop(item, None)
        if sealed is not None:
            counter.store.items[item] = sealed
        with pytest.raises(Tampered) as refused:
            read_answers(counter.desk, Followed(stored, data_key))
        return refused.value.what

    changed = Head.from_bytes(head.to_bytes())
    assert "missing" in refusal(head, None)
    assert "altered" in refusal(head, content[:-1] + bytes([content[-1] ^ 1]))
    changed.sealed["answers"] = foreign.sealed["answers"]
    counter.store.items[(head.reference, foreign.sealed["answers"])] = counter.store.items[
        (foreign.reference, foreign.sealed["answers"])
    ]
    assert "does not belong here" in refusal(changed, content)
    assert "receipt" in refusal(
        Head.from_bytes(head.to_bytes().replace(head.events[0][-9:].encode(), b"A" * 9)), content
    )


def test_answers_that_the_receipt_does_not_commit_to_are_refused(counter: Counter) -> None:
    """Whoever holds the data key can seal; only the receipt's commitment tells what the resident sent."""
    key = counter.key()
    done = counter.submit(key)
    followed = opened(counter, done)
    head = followed.head
    place = Place(head.reference, head.form_version, "answers", 1)
    committed = encoding.encode(derive(key).commitment_key)
    for forged, said in [
        (canonical({"answers": ANSWERS | {"rooms": 9}, "commitment_key": committed}), "commits to"),
        (canonical({"answers": ANSWERS}), "cannot be read"),
        (canonical({"answers": ANSWERS, "commitment_key": 1}), "cannot be read"),
        (canonical([]), "cannot be read"),
        (b"{", "cannot be read"),
    ]:
        item = seal(followed.data_key, forged, place, secrets.token_bytes)
        counter.store.items[(head.reference, item.digest)] = item.content
        counter.store.kept[head.reference] = head._replace(sealed={"answers": item.digest}).to_bytes()
        with pytest.raises(Tampered, match=said):
            read_answers(counter.desk, opened(counter, done))


def test_anothers_receipt_in_the_head_is_refused(counter: Counter) -> None:
    done = counter.submit(counter.key())
    other = counter.submit(counter.key())
    head = opened(counter, done).head
    mixed = Followed(head._replace(events=(other.receipt,)), opened(counter, done).data_key)
    with pytest.raises(Tampered, match="not this application's"):
        read_answers(counter.desk, mixed)


def test_a_reason_is_read_only_where_a_signed_event_names_it(counter: Counter) -> None:
    done = counter.submit(counter.key())
    head = withdraw(counter.desk, opened(counter, done), reason="a", event_id=mint_event_id(secrets.token_bytes))
    kept = head.sealed
    spoiled: list[tuple[dict[str, Any], str]] = [
        ({"sealed": kept | {"withdrawn": kept["answers"]}}, "not the one its event names: withdrawn"),
        ({"events": (head.events[0], head.events[1][:-40] + "A" * 40)}, "does not verify: withdrawn"),
        ({"events": head.events[:1]}, "does not belong here: withdrawn"),
        ({"sealed": {}}, "not the one its event names: withdrawn"),
    ]
    data_key = opened(counter, done).data_key
    for changes, said in spoiled:
        with pytest.raises(Tampered, match=said):
            open_item(counter.desk, Followed(head._replace(**changes), data_key), "withdrawn")
