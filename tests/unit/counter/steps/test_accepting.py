"""Accepting: identity checked, everything signed, at the accepting office; then the first stage begins."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from doorstep.applications.authorisations import authorisations
from doorstep.counter.accepting import Signature, expected_signers, needed_signatures
from doorstep.counter.errors import Fault, NotPossible, NotYours, Unfinished
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import (
    ALLOWANCE,
    CITY,
    CITY_CLERK,
    DISTRICT,
    LIBRARY,
    OTHER_CLERK,
    SERVICES,
    STREET,
    STREET_DECIDER,
    World,
    signed,
)

TODAY = dt.date(2026, 11, 23)
AGENT = {
    "filing_for": "family", "agent_name": "测试代办", "agent_phone": "13900000001", "agent_statement": True,
    "acting_as": "entrusted",
}  # fmt: skip


def test_accepted_with_who_signed_what_and_when(world: World) -> None:
    reference = world.submit().reference
    head = world.accept(reference)
    opened = world.open(reference)
    assert (head.status, opened.standing.stage, opened.standing.office) == ("accepted", "inquiry", STREET)
    content = opened.written[-1].content
    assert content["identity_checked"] is True
    assert content["signatures"][0] == {
        "paper": "income-check", "title": "同意核对家庭收入和财产的授权书", "who": "测试人员", "on": "2026-11-23",
    }  # fmt: skip
    assert opened.peeked.clock.respond_by is not None


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"identity_checked": False}, {Fault("identity_checked", "identity")}),
        ({"signatures": []}, {Fault("paper:income-check", "missing-signature")}),
        ({"signatures": signed("测试人员")}, {Fault("paper:income-check", "missing-signature")}),
        (
            {"signatures": signed("测试人员", "测试人员")},
            {Fault("signature:1", "same-person")},
        ),
        (
            {"signatures": signed("甲", "乙", on="2026-11-24")},
            {Fault("signature:0", "future"), Fault("signature:1", "future")},
        ),
        ({"signatures": signed("甲", "乙", on="昨天")}, {Fault("signature:0", "on"), Fault("signature:1", "on")}),
        (
            {"signatures": [*signed("测试人员", " "), *signed("乙" * 61)]},
            {Fault("signature:1", "who"), Fault("signature:2", "too-long")},
        ),
        (
            {"signatures": [*signed(), Signature("mandate", "甲", "2026-11-23")]},
            {Fault("signature:2", "unknown-paper")},
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_stored(world: World, said: dict[str, Any], faults: set[Fault]) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, **said)
    assert set(refused.value.faults) == faults
    assert world.head(reference).revision == 1


def test_a_stranger_signs_only_with_a_reason(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, signatures=signed("路人甲", "路人乙"))
    assert refused.value.faults == (Fault("signature:0", "stranger"), Fault("signature:1", "stranger"))
    guardian = Signature("income-check", "路人甲", "2026-11-23", "测试家人的监护人，看了监护证明")
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, signatures=[*signed("测试人员"), guardian._replace(why="长" * 201)])
    assert refused.value.faults == (Fault("signature:1", "long-why"),)
    world.accept(reference, signatures=[*signed("测试人员"), guardian])
    first, second = world.open(reference).written[-1].content["signatures"]
    assert (second["why"], "why" in first) == (guardian.why, False)


def test_who_is_expected_are_the_people_of_age_in_the_answers(world: World) -> None:
    form = LIBRARY.forms[ALLOWANCE]
    assert form.example is not None
    (member,) = form.example["household_members"]
    child = {**member, "name": "测试孩子", "resident_id": "650203202001010012"}
    named = {"applicant_name": "阿依古丽·麦麦提", "household_members": [member, child]}
    reference = world.submit({**AGENT, **named}).reference
    assert expected_signers(world.counter, world.open(reference)) == {
        "income-check": ["阿依古丽·麦麦提", "测试家人"], "mandate": ["阿依古丽·麦麦提"],
    }  # fmt: skip
    by_hand = [*signed("阿依古丽 • 麦麦提", "测试家人"), Signature("mandate", "测试代办", "2026-11-20")]
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, signatures=by_hand)  # an agent gives themselves no mandate
    assert refused.value.faults == (Fault("signature:2", "stranger"),)
    world.accept(reference, signatures=[*by_hand[:2], Signature("mandate", "阿依古丽・麦麦提", "2026-11-20")])


def test_two_of_one_name_sign_one_sheet_each(world: World) -> None:
    form = LIBRARY.forms[ALLOWANCE]
    assert form.example is not None
    (member,) = form.example["household_members"]
    reference = world.submit({"household_members": [{**member, "name": "测试人员"}]}).reference
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, signatures=signed("测试人员", "测试人员", "测试人员"))
    assert refused.value.faults == (Fault("signature:2", "same-person"),)
    world.accept(reference, signatures=signed("测试人员", "测试人员"))


def test_the_answers_decide_what_is_to_be_signed(world: World) -> None:
    reference = world.submit(AGENT).reference
    assert [(paper.id, paper.people) for paper in needed_signatures(world.counter, world.open(reference))] == [
        ("income-check", 2), ("mandate", 1),
    ]  # fmt: skip
    with pytest.raises(Unfinished) as refused:
        world.accept(reference)
    assert refused.value.faults == (Fault("paper:mandate", "missing-signature"),)
    world.accept(reference, signatures=[*signed(), Signature("mandate", "测试人员", "2026-11-20")])


def test_children_sign_nothing_and_somebody_always_does() -> None:
    service = SERVICES["minimum-living-allowance"]
    child = {"household_members": [{"resident_id": "650203201001010001"}]}
    (paper,) = authorisations(service, child, TODAY)
    assert paper.people == 0
    (paper,) = authorisations(service, {"a": "65020320081123000X", "b": "65020320081124000X"}, TODAY)
    assert paper.people == 1


def test_only_a_clerk_of_an_accepting_office_accepts(world: World) -> None:
    unknown = world.submit({"registered_community": "unknown"}).reference
    assert world.head(unknown).queue == f"{CITY}/unread"
    with pytest.raises(NotPossible) as refused:
        world.accept(unknown, CITY_CLERK)
    assert refused.value.obstacle == "accepting"
    known = world.submit().reference
    with pytest.raises(NotYours):
        world.accept(known, OTHER_CLERK)
    with pytest.raises(NotPossible) as refused:
        world.accept(known, STREET_DECIDER)
    assert refused.value.obstacle == "role"


def test_what_came_back_can_be_accepted_and_nothing_twice(world: World) -> None:
    reference = world.submit().reference
    world.ask(reference, "/phone")
    world.accept(reference)  # the paper was brought to the counter meanwhile
    with pytest.raises(NotPossible):
        world.accept(reference)
    world.ask(reference, "/phone", justification="核对的时候才看出电话打不通")
    with pytest.raises(NotPossible) as refused:
        world.accept(reference)
    assert refused.value.obstacle == "list"


def test_without_stages_it_goes_to_whoever_decides(make: Make) -> None:
    world = make(stages=[])
    head = world.accept(world.submit().reference)
    assert head.queue == f"{DISTRICT}/working"
    alone = make(stages=[], office_kinds={"accept": "street"})
    assert alone.accept(alone.submit().reference).queue == f"{STREET}/working"
