"""Numbers to call that a correction changed: the new ones count, and those from before a new code are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.applications.contact import open_contact
from doorstep.applications.journal import digest_of_wrap, events, verify_chain, wrap_digest
from tests.unit.applications.conftest import Counter
from tests.unit.applications.test_correct import NOTICE, Desk


@pytest.fixture
def desk(counter: Counter, var_dir: Path) -> Desk:
    return Desk(counter, var_dir)


def test_new_numbers_are_sealed_for_the_call_list_and_old_ones_go(desk: Desk) -> None:
    public_keys = desk.counter.desk.keys.public_keys
    desk.step("returned", NOTICE)
    changed = desk.correct(phones={"phone": "0990-7654321"})
    assert open_contact(desk.reader, changed) == {"phone": "0990-7654321"}
    assert verify_chain(changed, public_keys) == []
    desk.step("returned", NOTICE)
    removed = desk.correct(phones={})
    assert open_contact(desk.reader, removed) == {}
    assert verify_chain(removed, public_keys) == []
    assert events(removed)[-1]["contact"] is None
    put_back = removed._replace(wraps=removed.wraps | {"notifier": changed.wraps["notifier"]})
    assert verify_chain(put_back, public_keys) == ["head: the sealed phone numbers are not those its events name"]


def test_while_a_new_code_is_unasked_the_numbers_from_before_are_kept(desk: Desk) -> None:
    public_keys = desk.counter.desk.keys.public_keys
    asked = {"phone": "0990-1111111"}
    desk.step("returned", NOTICE)
    wrap = desk.correct(phones=asked).wraps["notifier"]
    assert "notifier-before" not in desk.opened().head.wraps, "no code was replaced"
    code = wrap_digest(desk.opened().head, "resident")
    notice = events(desk.step("code_issued", wrap=code))[-1]["id"]
    for other in ({"phone": "0990-2222222"}, {}, {"phone": "0990-3333333"}):
        desk.step("returned", NOTICE)
        head = desk.correct(phones=other)
        assert verify_chain(head, public_keys) == []
        assert head.wraps["notifier-before"] == wrap
        assert open_contact(desk.reader, head, "notifier-before") == asked
        assert open_contact(desk.reader, head) == other
    kept = [event["contact_before"] for event in events(head) if "contact_before" in event]
    assert kept == [digest_of_wrap(wrap)], "only the first, however often they are changed"
    desk.step("notified", notice=notice, outcome="told")
    last = desk.step("code_issued", wrap=code).wraps["notifier"]
    desk.step("returned", NOTICE)
    again = desk.correct(phones={"phone": "0990-4444444"})
    assert again.wraps["notifier-before"] == last, "once it was asked, the next code is asked at what stood then"
    assert verify_chain(again, public_keys) == []


def test_no_number_from_before_is_kept_as_none(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    desk.correct(phones={})
    desk.step("code_issued", wrap=wrap_digest(desk.opened().head, "resident"))
    desk.step("returned", NOTICE)
    head = desk.correct(phones={"phone": "0990-2222222"})
    assert events(head)[-1]["contact_before"] is None
    assert "notifier-before" not in head.wraps
    assert verify_chain(head, desk.counter.desk.keys.public_keys) == []
