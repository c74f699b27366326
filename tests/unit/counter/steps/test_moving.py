"""Moving on: the stages in order, each with its office; the limit once, as far as the law goes; the right street."""

from __future__ import annotations

import pytest

from doorstep.applications.clock_words import clock_words
from doorstep.applications.limits import last_day
from doorstep.counter.errors import Fault, Moved, NotPossible, NotYours, Unfinished
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.peeking import peek_application
from doorstep.counter.stages import assignable
from doorstep.counter.steps import obstacle, possible
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import (
    ALLOWANCE,
    CALENDAR,
    CITY_CLERK,
    CLERK,
    DECIDER,
    DISTRICT,
    OTHER_CLERK,
    OTHER_STREET,
    SERVICES,
    STREET,
    STREET_DECIDER,
    World,
)


def test_the_street_hands_over_to_its_district(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    head = advance(world.counter, world.taking(CLERK, reference), stage="public_notice")
    assert head.queue == f"{STREET}/working"
    head = advance(world.counter, world.taking(CLERK, reference), stage="confirmation")
    assert head.queue == f"{DISTRICT}/working"
    peeked = peek_application(world.counter, DECIDER, reference)
    assert (peeked.standing.stage, peeked.standing.office) == ("confirmation", DISTRICT)
    with pytest.raises(NotPossible) as refused:
        advance(world.counter, world.taking(DECIDER, reference), stage="confirmation")
    assert refused.value.obstacle == "next-stage"


def test_no_stage_is_left_out(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(NotPossible):
        advance(world.counter, world.taking(CLERK, reference), stage="inquiry")
    world.accept(reference)
    for stage in ("confirmation", "inquiry", "nonsense"):
        with pytest.raises(Unfinished) as refused:
            advance(world.counter, world.taking(CLERK, reference), stage=stage)
        assert refused.value.faults == (Fault("stage", "stage"),)


def test_a_stage_the_guide_lost_is_said_and_sends_nothing_back_to_the_first(make: Make) -> None:
    """Else what was inquired and posted would be done again, or decided without."""
    stages = [stage for stage in SERVICES[ALLOWANCE]["stages"] if stage["id"] != "public_notice"]
    lost = make()
    reference = lost.submit().reference
    lost.accept(reference)
    advance(lost.counter, lost.taking(CLERK, reference), stage="public_notice")
    without = lost.counter._replace(services={ALLOWANCE: SERVICES[ALLOWANCE] | {"stages": stages}})
    peeked = peek_application(without, STREET_DECIDER, reference)
    assert not {"advance", "approve", "refuse"} & set(possible(without, STREET_DECIDER, peeked))
    assert {"return", "transfer", "end"} <= set(possible(without, STREET_DECIDER, peeked))
    for step in ("advance", "approve", "refuse"):
        assert obstacle(without, STREET_DECIDER, peeked, step) == "stage"
    for stage in ("inquiry", "confirmation"):
        with pytest.raises(NotPossible) as refused:
            advance(without, lost.taking(CLERK, reference), stage=stage)
        assert refused.value.obstacle == "stage"
    advance(lost.counter, lost.taking(CLERK, reference), stage="confirmation")  # once it is back


def test_a_limit_is_extended_once_and_to_what_the_law_allows(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    taking = world.taking(CLERK, reference)
    with pytest.raises(Unfinished) as refused:
        extend(world.counter, taking, limit="acceptance", reason=" ")
    assert refused.value.faults == (Fault("limit", "limit"), Fault("reason", "reason"))
    extend(world.counter, taking, limit="decision", reason="家庭情况要到外地核实")
    extend(world.counter, taking, limit="decision", reason="家庭情况要到外地核实")  # the page was sent twice
    opened = world.open(reference)
    content = opened.written[-1].content
    assert (content["days"], content["reason"]) == (45, "家庭情况要到外地核实")
    assert "第二十二条" in content["basis"]
    by = opened.peeked.clock.respond_by
    assert by is not None
    limit = {**opened.peeked.service["limits"][0], "days": 45}
    assert by.by == last_day(by.from_on, limit, (), CALENDAR)[0]
    with pytest.raises(NotPossible) as stopped:
        extend(world.counter, world.taking(CLERK, reference), limit="decision", reason="还要再久一些")
    assert stopped.value.obstacle == "limit"


def test_what_is_late_is_not_made_punctual_by_an_extension(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    due = peek_application(world.counter, CLERK, reference).clock.respond_by
    assert due is not None
    page = world.taking(CLERK, reference)
    world.clock.forward(days=(due.by - world.counter.today()).days)  # its last day
    assert "extend" in possible(world.counter, CLERK, peek_application(world.counter, CLERK, reference))
    world.clock.forward(days=1)
    with pytest.raises(NotPossible) as stopped:
        extend(world.counter, page, limit="decision", reason="家庭情况要到外地核实")
    assert (stopped.value.obstacle, world.head(reference).revision) == ("limit-over", 2)


def test_an_extension_in_time_stays_in_the_journal_and_in_the_words(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    extend(world.counter, world.taking(CLERK, reference), limit="decision", reason="家庭情况要到外地核实")
    world.clock.forward(days=200)
    peeked = peek_application(world.counter, CLERK, reference)
    assert [event["type"] for event in peeked.events] == ["received", "accepted", "extended"]
    assert "原来是30个工作日，已经延长" in clock_words(peeked.service, peeked.clock, world.counter.today())


def test_no_maximum_in_law_no_extension(make: Make) -> None:
    limit = {"id": "decision", "from": "accepted", "days": 30, "unit": "working_day", "basis": "某办法第一条"}
    world = make(limits=[limit])
    reference = world.submit().reference
    world.accept(reference)
    with pytest.raises(NotPossible):
        extend(world.counter, world.taking(CLERK, reference), limit="decision", reason="忙不过来")


def test_the_citys_desk_finds_the_street_and_the_street_its_district(world: World) -> None:
    reference = world.submit({"registered_community": "unknown"}).reference
    taking = world.taking(CITY_CLERK, reference)
    for office in ("committee-650203001001", "nowhere", DISTRICT):
        with pytest.raises(Unfinished) as refused:
            assign(world.counter, taking, office=office, reason="户口在这里")
        assert refused.value.faults == (Fault("office", "office"),)
    head = assign(world.counter, taking, office=OTHER_STREET, reason="电话里问到了户口所在的街道")
    assert (head.queue, head.status) == (f"{OTHER_STREET}/unread", "received")
    assert assign(world.counter, taking, office=OTHER_STREET, reason="电话里问到了户口所在的街道") == head
    with pytest.raises(NotYours):
        world.open(reference, CITY_CLERK)
    assert world.open(reference, OTHER_CLERK).written[-1].content["reason"].startswith("电话里")
    world.accept(reference, OTHER_CLERK)
    advance(world.counter, world.taking(OTHER_CLERK, reference), stage="public_notice")
    assert (
        advance(world.counter, world.taking(OTHER_CLERK, reference), stage="confirmation").queue
        == f"{DISTRICT}/working"
    )


def test_a_street_passes_on_what_is_anothers_and_not_once_it_has_accepted(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        assign(world.counter, world.taking(CLERK, reference), office=STREET, reason="")
    assert refused.value.faults == (Fault("office", "office"), Fault("reason", "reason"))
    world.accept(reference)
    with pytest.raises(NotPossible) as stopped:
        assign(world.counter, world.taking(CLERK, reference), office=OTHER_STREET, reason="户口迁走了")
    assert stopped.value.obstacle == "list"


def test_only_offices_that_accept_can_be_chosen(world: World) -> None:
    peeked = peek_application(world.counter, CLERK, world.submit().reference)
    offered = assignable(world.counter, peeked.service, peeked.standing)
    assert {office.kind for office in offered} == {"street"}
    assert STREET not in {office.id for office in offered}


def test_whoever_comes_too_late_after_a_hand_over_is_shown_that_it_moved_on(world: World) -> None:
    reference = world.submit().reference
    late = world.taking(CLERK, reference)
    assign(world.counter, world.taking(CLERK, reference), office=OTHER_STREET, reason="户口在那边")
    with pytest.raises(Moved):
        assign(world.counter, late, office=OTHER_STREET, reason="户口在那边")
