"""What a resident is shown is what was signed: anything else is Tampered, and named for the log."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from doorstep.applications.errors import AlreadyTaken, NotFound, Tampered
from doorstep.applications.follow import Followed, follow, open_item
from doorstep.applications.head import DamagedHead, Head
from doorstep.applications.keys import mint_event_id
from doorstep.applications.store import RevisionConflict, TooLarge
from doorstep.applications.submit import Submitted, earlier
from doorstep.applications.withdraw import REASON_LIMIT, withdraw
from doorstep.applications.words import cleaned
from tests.unit.applications.conftest import ANSWERS, Counter


def opened(counter: Counter, done: Submitted) -> Followed:
    return follow(counter.desk, done.reference, done.access_code or "")


def stored(counter: Counter, done: Submitted) -> Head:
    head = counter.store.head(done.reference)
    assert head
    return head


SPOILED: list[tuple[Callable[[Head, Head], dict[str, Any]], str]] = [
    (lambda _head, _other: {"status": "approved"}, "the status is not what its events say"),
    (lambda _head, _other: {"status": "no such status"}, "the status is not what its events say"),
    (lambda _head, other: {"events": other.events}, "event 1: reference is not the head's"),
    (lambda head, _other: {"events": (head.events[0][:-40] + "A" * 40,)}, "event 1: changed"),
    (lambda head, _other: {"events": (*head.events, "e30.e30.")}, "event 2: "),
    (lambda _head, _other: {"events": ()}, "the revision is not the number of events"),
    (lambda _head, _other: {"revision": 7}, "the revision is not the number of events"),
    (lambda _head, _other: {"received_at": "2020-01-01T00:00:00Z"}, "at is not the head's"),
    (lambda _head, _other: {"service": "another"}, "service is not the head's"),
    (lambda _head, _other: {"form": "another"}, "form is not the head's"),
    (lambda _head, _other: {"queue": "closed/650203001001"}, "the queue is not the one"),
]


@pytest.mark.parametrize(("spoil", "said"), SPOILED)
def test_nothing_is_shown_of_a_head_that_is_not_what_was_signed(
    counter: Counter, spoil: Callable[[Head, Head], dict[str, Any]], said: str
) -> None:
    done, other = counter.submit(counter.key()), counter.submit(counter.key())
    head = stored(counter, done)
    counter.store.kept[done.reference] = head._replace(**spoil(head, stored(counter, other))).to_bytes()
    with pytest.raises(Tampered) as refused:
        opened(counter, done)
    assert refused.value.reference == done.reference
    assert said in refused.value.what
    assert str(refused.value) == f"{done.reference}: {refused.value.what}"


def test_another_application_in_its_place_is_seen_even_when_it_is_sound(counter: Counter) -> None:
    done, other = counter.submit(counter.key()), counter.submit(counter.key())
    head, foreign = stored(counter, done), stored(counter, other)
    counter.store.kept[done.reference] = foreign._replace(wraps=head.wraps).to_bytes()
    with pytest.raises(Tampered, match="it is another application's"):
        opened(counter, done)


def test_a_swapped_wrap_looks_like_a_wrong_code(counter: Counter) -> None:
    done, other = counter.submit(counter.key()), counter.submit(counter.key())
    head, foreign = stored(counter, done), stored(counter, other)
    counter.store.kept[done.reference] = head._replace(wraps=foreign.wraps).to_bytes()
    with pytest.raises(NotFound):
        opened(counter, done)


def test_a_withdrawal_builds_on_no_head_that_was_changed_meanwhile(counter: Counter) -> None:
    done = counter.submit(counter.key())
    followed = opened(counter, done)
    changed = followed.head._replace(service="another").to_bytes()
    counter.store.kept[done.reference] = changed
    counter.store.fail_next("before-head", RevisionConflict("someone else"))
    with pytest.raises(Tampered, match="service"):
        withdraw(counter.desk, followed, reason="", event_id=mint_event_id(secrets.token_bytes))
    assert counter.store.kept[done.reference] == changed


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"{}",
    b"\xff\x00",
    b"[" * 100_000,
    b'{"events":[]}',
    b'{"events":1}',
]


def test_a_damaged_head_is_not_found_and_reported(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    key = counter.key()
    done = counter.submit(key)
    whole = stored(counter, done).to_bytes()
    reports: list[Tampered] = []
    desk = counter.desk._replace(report=reports.append)
    parts = json.loads(whole)
    mistyped = [
        parts | change
        for change in [
            {"wraps": []}, {"wraps": {"resident": "x"}}, {"events": [1]}, {"revision": "1"}, {"revision": True},
            {"status": None}, {"routing": {"a": 1}}, {"sealed": None}, {"status": "\ud800"}, {"more": 1},
        ]
    ]  # fmt: skip
    damaged = [*DAMAGED, whole[:-1], whole + b" ", *(json.dumps(part).encode() for part in mistyped)]
    for content in damaged:
        with pytest.raises(DamagedHead):
            Head.from_bytes(content)
        counter.store.kept[done.reference] = content or b" "
        for code in (done.access_code or "", "no code"):
            with pytest.raises(NotFound):
                follow(desk, done.reference, code)
        with pytest.raises(Tampered, match="not a head"):
            earlier(desk, key)
        with pytest.raises(Tampered, match="not a head"):
            counter.submit(key)
    assert len(reports) == 2 * len(damaged)
    assert {report.reference for report in reports} == {done.reference}
    with pytest.raises(NotFound), caplog.at_level(logging.ERROR, "doorstep"):
        opened(counter, done)
    assert [record.getMessage() for record in caplog.records] == [
        f"tampered: {done.reference}: the stored bytes are not a head"
    ]


def test_another_reason_under_the_same_id_is_said_and_not_lost_silently(counter: Counter) -> None:
    done = counter.submit(counter.key())
    followed, event_id = opened(counter, done), mint_event_id(secrets.token_bytes)
    first = withdraw(counter.desk, followed, reason="找到工作了", event_id=event_id)
    counter.clock.forward(hours=1)
    for seen in (followed, opened(counter, done)):
        assert withdraw(counter.desk, seen, reason="  找到工作了\n", event_id=event_id) == first
        with pytest.raises(AlreadyTaken) as refused:
            withdraw(counter.desk, seen, reason="填错了", event_id=event_id)
        assert refused.value.at == "2026-11-22T05:04:03Z"
        assert "找到工作了" not in str(refused.value)
    assert counter.store.commits == 2
    assert json.loads(open_item(counter.desk, opened(counter, done), "withdrawn")) == {"reason": "找到工作了"}


def test_a_reason_is_kept_as_anyone_may_read_it(counter: Counter) -> None:
    done = counter.submit(counter.key())
    typed = " 不用\x00了\u202e，\u2067谢\u200b谢！\r\n\r\n\n\n\uff11\u2028次\x1b[31m\t好 \ud800\ufeff"
    withdraw(counter.desk, opened(counter, done), reason=typed, event_id=mint_event_id(secrets.token_bytes))
    kept = json.loads(open_item(counter.desk, opened(counter, done), "withdrawn"))["reason"]
    assert kept == "不用了，谢谢！\n\n1\n次[31m 好"
    assert cleaned(kept) == kept
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"


def test_a_reason_over_its_limit_is_refused_and_changes_nothing(counter: Counter) -> None:
    done = counter.submit(counter.key(), ANSWERS)
    for reason in ("长" * (REASON_LIMIT + 1), "\ufdfa" * REASON_LIMIT):
        with pytest.raises(TooLarge):
            withdraw(counter.desk, opened(counter, done), reason=reason, event_id=mint_event_id(secrets.token_bytes))
    assert opened(counter, done).head.status == "received"
    padded = " \n" * 900 + "长" * REASON_LIMIT
    withdraw(counter.desk, opened(counter, done), reason=padded, event_id=mint_event_id(secrets.token_bytes))
