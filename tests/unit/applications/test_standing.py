"""Where an application stands follows from its signed events, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.queues import SHELVES, shelf_kind, shelves_of
from doorstep.applications.standing import Standing, standing
from doorstep.applications.status import EVENTS, OPEN
from tests.unit.applications.conftest import Counter

FIRST = {"type": "received", "at": "t0", "id": "e0", "office": "street-650203001"}


def life(*kinds: str | dict[str, Any]) -> Standing:
    events = [FIRST]
    for number, kind in enumerate(kinds, 1):
        event = {"type": kind} if isinstance(kind, str) else kind
        events.append({"at": f"t{number}", "id": f"e{number}"} | event)
    return standing(events)


@pytest.mark.parametrize(
    ("kinds", "status", "where", "since"),
    [
        ((), "received", "unread", "t0"),
        (("returned",), "returned", "waiting", "t0"),
        (("returned", "corrected"), "received", "corrected", "t0"),
        (("returned", "corrected", "returned"), "returned", "waiting", "t0"),
        (("returned", "corrected", "accepted"), "accepted", "working", "t3"),
        (("accepted",), "accepted", "working", "t1"),
        (("accepted", "returned"), "returned", "working-waiting", "t1"),
        (("accepted", "returned", "corrected"), "accepted", "working-corrected", "t1"),
        (("accepted", "returned", "corrected", "notified"), "accepted", "working-corrected", "t1"),
        (("accepted", "returned", "corrected", "advanced"), "accepted", "working", "t1"),
        (("accepted", "approved"), "approved", "closed", "t2"),
        (("accepted", "approved", "supplied"), "approved", "closed", "t2"),
        (("accepted", "refused", "code_voided", "code_issued"), "refused", "closed", "t2"),
        (("withdrawn",), "withdrawn", "closed", "t1"),
        (("not_accepted",), "not_accepted", "closed", "t1"),
        (("something-newer",), "received", "unread", "t0"),
    ],
)
def test_each_life_stands_on_its_list(kinds: tuple[str, ...], status: str, where: str, since: str) -> None:
    now = life(*kinds)
    assert (now.status, now.list, now.since) == (status, where, since)
    assert now.office == "street-650203001"


def test_a_stage_may_be_another_offices() -> None:
    handed = life(
        {"type": "accepted", "stage": "inquiry", "office": "street-650203001"},
        {"type": "advanced", "stage": "confirmation", "office": "civil-affairs-650203"},
    )
    assert (handed.office, handed.stage, handed.list) == ("civil-affairs-650203", "confirmation", "working")
    assert life({"type": "assigned", "office": "street-650203002"}).office == "street-650203002"


def test_a_notice_is_due_until_somebody_was_told_or_did_something() -> None:
    told: dict[str, Any] = {"type": "notified", "notice": "e1", "outcome": "told"}
    unsent = told | {"outcome": "not_reached", "channel": "sms"}
    missed = told | {"outcome": "not_reached", "staff": "s-1"}
    assert life("returned").notice == "e1"
    assert life("returned", told).notice == ""
    twice = life("returned", missed, unsent, missed)
    assert (twice.notice, twice.notice_at, twice.misses) == ("e1", "t1", 2)
    assert life("returned", missed, "corrected").notice == ""
    assert life("accepted", missed, told, "approved").notice == "e4"
    assert life("accepted", told | {"notice": "another"}).notice == "e1"
    assert life("accepted", "advanced").notice == "e1"


def test_a_replaced_code_is_to_be_told_of_whatever_comes_after_it() -> None:
    issued: dict[str, Any] = {"type": "code_issued", "staff": "s-1"}
    told: dict[str, Any] = {"type": "notified", "notice": "e1", "outcome": "told"}
    missed = told | {"outcome": "not_reached", "staff": "s-2"}
    assert (life(issued).notice, life(issued).issuers) == ("e1", frozenset({"s-1"}))
    assert life(issued, "withdrawn").notice == "e1"
    assert life(issued, missed).misses == 1
    assert (life(issued, told).notice, life(issued, told).issuers) == ("", frozenset())
    behind = life(issued, missed, "accepted")
    assert (behind.notice, behind.misses, behind.new_code.misses) == ("e3", 0, 1)
    assert life(issued, "accepted", told | {"notice": "e2"}).notice == "e1"
    assert life(issued, "accepted", told).notice == "e2"
    again = life(issued, issued | {"staff": "s-3"})
    assert (again.notice, again.issuers) == ("e2", frozenset({"s-1", "s-3"}))


@given(st.lists(st.sampled_from(sorted(set(EVENTS) - {"received"})), max_size=12))
def test_open_and_closed_never_mix(kinds: list[str]) -> None:
    now = life(*kinds)
    assert (now.list == "closed") == (now.status not in OPEN)
    assert now.list.startswith("working") <= ("accepted" in kinds)


def test_every_shelf_is_of_its_kind(counter: Counter) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    shelves = shelves_of(head._replace(notice=f"t#{head.reference}"))
    assert tuple(shelf.kind for shelf in shelves) == SHELVES
    assert [shelf_kind(shelf.name) for shelf in shelves] == list(SHELVES)
    assert [shelf.kind for shelf in shelves_of(head)] == list(SHELVES[:-1])
    for name in ("", "one", "a/b/c/d", "arrivals/x", "notices"):
        with pytest.raises(ValueError, match="not the name of a shelf"):
            shelf_kind(name)
