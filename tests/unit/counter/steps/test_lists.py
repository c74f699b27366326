"""The office's lists: each application stands in the right ones, in order, page by page, for its own office alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.applications.key_formats import Keys
from doorstep.applications.limits import cutoff
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.deciding import approve
from doorstep.counter.lists import LISTS, MOST_COUNTED, MOST_TWINS, counts, list_page
from doorstep.counter.moving import extend
from doorstep.counter.staff import Staff
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import ALLOWANCE, CALENDAR, CLERK, DECIDER, OTHER_CLERK, SERVICES, World

LIMIT = SERVICES[ALLOWANCE]["limits"][0]


def standing_in(world: World, name: str, staff: Staff = CLERK, **asked: Any) -> list[str]:
    return [row.entry.reference for row in list_page(world.counter, staff, name, **asked).rows]


def test_each_stands_in_its_list_the_longest_wait_first(world: World) -> None:
    made = []
    for _ in range(4):
        made.append(world.submit().reference)
        world.clock.forward(minutes=1)
    world.ask(made[1], "/phone")
    world.correct_after_return(made[2], {"home_address": "测试小区（演示用）2号"})
    world.accept(made[3])
    assert {name: standing_in(world, name) for name in LISTS} == {
        "unread": [made[0]],
        "corrected": [made[2]],
        "due-today": [],
        "overdue": [],
        "working": [made[3]],
        "waiting": [made[1]],
        "closed": [],
    }
    assert counts(world.counter, CLERK) == {
        "unread": 1, "corrected": 1, "due-today": 0, "overdue": 0, "working": 1, "waiting": 1, "closed": 0,
    }  # fmt: skip
    assert all(count == 0 for count in counts(world.counter, OTHER_CLERK).values())


def test_merged_lists_are_in_one_order_and_pages_follow_each_other(world: World) -> None:
    made = []
    for number in range(5):
        reference = world.submit().reference
        if number % 2:
            world.accept(reference)
        world.ask(reference, "/phone")
        made.append(reference)
        world.clock.forward(hours=1)
    seen: list[str] = []
    after: str | None = None
    while True:
        page = list_page(world.counter, CLERK, "waiting", after=after, limit=2)
        seen += [row.entry.reference for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert seen == made


def test_what_is_closed_stands_newest_first(world: World) -> None:
    made = []
    for _ in range(3):
        made.append(world.submit().reference)
        world.to_decide(made[-1])
        approve(world.counter, world.taking(DECIDER, made[-1]), text="同意")
        world.clock.forward(hours=1)
    first = list_page(world.counter, DECIDER, "closed", limit=2)
    rest = list_page(world.counter, DECIDER, "closed", limit=2, after=first.next_after)
    assert [row.entry.reference for row in (*first.rows, *rest.rows)] == made[::-1]
    assert rest.next_after is None


def test_by_service_by_community_and_by_both(world: World) -> None:
    here = world.submit().reference
    there = world.submit({"registered_community": "650203001002"}).reference
    assert standing_in(world, "unread", place="650203001001") == [here]
    assert standing_in(world, "unread", place="650203001002", service=ALLOWANCE) == [there]
    assert sorted(standing_in(world, "unread", service=ALLOWANCE)) == sorted([here, there])
    for name, value in (("service", "no-such"), ("place", "000000000000"), ("place", "a/b"), ("service", "a/b")):
        asked: dict[str, Any] = {name: value}
        assert standing_in(world, "unread", **asked) == []


def test_a_row_says_what_one_looks_for(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    (row,) = list_page(world.counter, CLERK, "working").rows
    community = world.counter.places.community("650203001001")
    assert community is not None
    assert (row.service, row.community) == ("申请低保", community.full_name)
    assert row.standing is not None
    assert row.standing.stage == "inquiry"
    assert row.respond_by is not None
    assert (row.respond_by.days, row.overdue) == (30, False)


def test_what_cannot_be_read_is_listed_all_the_same(world: World) -> None:
    reference = world.submit().reference
    head = world.head(reference)
    world.store.kept[reference] = head._replace(events=("?",)).to_bytes()
    (row,) = list_page(world.counter, CLERK, "unread").rows
    assert (row.entry.reference, row.standing, row.respond_by) == (reference, None, None)


def test_who_came_close_together_is_shown_and_nobody_is_held_up(world: World) -> None:
    first = world.submit().reference
    world.clock.forward(hours=24)
    second = world.submit().reference
    elsewhere = world.submit({"registered_community": "650203001002"}).reference
    world.clock.forward(seconds=1)
    third = world.submit().reference
    twins = {row.entry.reference: set(row.twins) for row in list_page(world.counter, CLERK, "unread").rows}
    assert twins == {first: {second}, second: {first, third}, third: {second}, elsewhere: set()}
    for _ in range(MOST_TWINS + 2):
        world.submit()
    assert max(len(row.twins) for row in list_page(world.counter, CLERK, "unread").rows) == MOST_TWINS
    world.accept(third)


def test_due_today_and_overdue_are_exact_to_the_day(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    by = list_page(world.counter, CLERK, "working").rows[0].respond_by
    assert by is not None
    for days, expected in ((-1, ([], [])), (0, ([reference], [])), (1, ([], [reference]))):
        world.clock.time = dt.datetime.combine(by.by + dt.timedelta(days=days), dt.time(1), dt.UTC)
        assert (standing_in(world, "due-today"), standing_in(world, "overdue")) == expected
    assert list_page(world.counter, CLERK, "overdue").rows[0].overdue
    assert standing_in(world, "overdue", place="650203001001", service=ALLOWANCE) == [reference]
    assert standing_in(world, "overdue", place="650203001002") == []
    assert counts(world.counter, CLERK)["overdue"] == 1


def test_an_extended_one_is_due_on_its_later_day(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    extend(world.counter, world.taking(CLERK, reference), limit="decision", reason="要到外地核实")
    by = list_page(world.counter, CLERK, "working").rows[0].respond_by
    assert by is not None
    assert by.days == 45
    world.clock.time = dt.datetime.combine(by.by, dt.time(1), dt.UTC)
    assert standing_in(world, "due-today") == [reference]
    world.clock.forward(days=1)
    assert standing_in(world, "overdue") == [reference]


def test_without_a_confirmed_limit_nothing_is_ever_overdue(make: Make) -> None:
    world = make(limits=[{"id": "decision", "from": "accepted", "days": 1, "unit": "working_day"}])
    world.accept(world.submit().reference)
    world.clock.forward(days=400)
    assert counts(world.counter, CLERK)["overdue"] == 0


def test_telling_in_time_counts_from_receipt(make: Make) -> None:
    rule = {"notify_within": 5, "unit": "working_day", "if_silent": "none", "basis": "某办法第一条"}
    world = make(limits=[], acceptance=rule)
    told, silent = world.submit().reference, world.submit().reference
    world.ask(told, "/phone")
    world.clock.forward(days=7)
    assert standing_in(world, "due-today") == [silent]
    world.clock.forward(days=1)
    assert standing_in(world, "overdue") == [silent]


def test_a_tab_counts_to_its_limit_and_no_further(world: World) -> None:
    for _ in range(MOST_COUNTED + 2):
        world.submit()
    assert counts(world.counter, CLERK)["unread"] == MOST_COUNTED


def test_the_store_that_does_not_answer_is_said(world: World) -> None:
    world.store.fail_next("shelf", StoreUnavailable("the disk is gone"))
    with pytest.raises(StoreUnavailable):
        list_page(world.counter, CLERK, "unread")
    with pytest.raises(KeyError):
        list_page(world.counter, CLERK, "everything")


@settings(max_examples=15, deadline=None)
@given(accepted=st.lists(st.integers(0, 100), min_size=1, max_size=8), extended=st.sets(st.integers(0, 7)))
def test_the_bounds_leave_nothing_out(
    keys: tuple[Keys, OfficeKeys], tmp_path_factory: pytest.TempPathFactory, accepted: list[int], extended: set[int]
) -> None:
    """Whatever was accepted when, and extended or not: the lists are what each clock says."""
    file = OfficeFile(tmp_path_factory.mktemp("office") / "office.sqlite3")
    world = World(*keys, file.readings, tmp_path_factory.mktemp("world"))
    begin = world.clock.time
    for number, days in enumerate(sorted(accepted)):
        world.clock.time = begin + dt.timedelta(days=days)
        reference = world.submit().reference
        world.accept(reference)
        if number in extended:
            extend(world.counter, world.taking(CLERK, reference), limit="decision", reason="要到外地核实")
    today = begin.date() + dt.timedelta(days=100)
    world.clock.time = dt.datetime.combine(today, dt.time(1), dt.UTC)
    by = {row.entry.reference: row.respond_by for row in list_page(world.counter, CLERK, "working").rows}
    assert set(standing_in(world, "overdue")) == {r for r, due in by.items() if due and due.by < today}
    assert set(standing_in(world, "due-today")) == {r for r, due in by.items() if due and due.by == today}
    assert cutoff(LIMIT, CALENDAR, today) is not None
    file.close()
