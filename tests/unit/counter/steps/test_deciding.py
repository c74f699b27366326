"""Decisions and other ends: by whom, where, and never without reasons and a way to object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from doorstep.applications.head import Head
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.errors import Fault, NotPossible, NotYours, Unfinished
from doorstep.counter.opening import open_application
from doorstep.counter.taking import Taking
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import ALLOWANCE, CITY_CLERK, CLERK, DECIDER, SERVICES, STREET_DECIDER, World

WAYS = [
    {"title": remedy["title"], "text": remedy["text"]}
    for remedy in SERVICES[ALLOWANCE]["remedies"]
    if remedy["id"] != "reasons"
]
NO_APPEAL = [remedy for remedy in SERVICES[ALLOWANCE]["remedies"] if remedy["id"] != "appeal"]


@pytest.mark.parametrize(
    ("decide", "said", "kind"),
    [(approve, {"text": "同意，从下个月起"}, "approved"), (refuse, {"reasons": "收入高于标准"}, "refused")],
)
def test_a_decider_decides_at_the_last_stage_and_the_way_to_object_stands_with_it(
    world: World, decide: Callable[..., Head], said: dict[str, str], kind: str
) -> None:
    reference = world.submit().reference
    world.to_decide(reference)
    head = decide(world.counter, world.taking(DECIDER, reference), **said)
    assert (head.status, head.queue) == (kind, "civil-affairs-650203/closed")
    opened = world.open(reference, DECIDER, "objection")
    assert opened.written[-1].content == said | {"objection": WAYS}
    assert opened.peeked.clock.closed


def test_neither_clerks_nor_other_stages_decide(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    with pytest.raises(NotPossible) as refused:
        approve(world.counter, world.taking(STREET_DECIDER, reference), text="同意")
    assert refused.value.obstacle == "last-stage"
    with pytest.raises(NotPossible) as refused:
        approve(world.counter, world.taking(CLERK, reference), text="同意")
    assert refused.value.obstacle == "role"
    with pytest.raises(NotYours):
        approve(world.counter, world.taking(DECIDER, reference), text="同意")


def test_nobody_decides_what_they_filed_themselves(world: World) -> None:
    reference = world.submit(filer=DECIDER.id, filed_by="counter").reference
    world.to_decide(reference)
    for decide, said in ((approve, {"text": "同意"}), (refuse, {"reasons": "不够"})):
        with pytest.raises(NotPossible) as refused:
            decide(world.counter, world.taking(DECIDER, reference), **said)
        assert refused.value.obstacle == "not-filer"
    approve(world.counter, world.taking(DECIDER._replace(id="s-another"), reference), text="同意")


def test_refusing_without_a_reason_or_a_way_to_appeal_is_impossible(make: Make) -> None:
    world = make()
    reference = world.submit().reference
    world.to_decide(reference)
    for reasons in ("", " \n", "\u202e"):
        with pytest.raises(Unfinished) as refused:
            refuse(world.counter, world.taking(DECIDER, reference), reasons=reasons)
        assert refused.value.faults == (Fault("reasons", "reason"),)
    with pytest.raises(Unfinished):
        approve(world.counter, world.taking(DECIDER, reference), text="")
    without = make(remedies=NO_APPEAL)
    reference = without.submit().reference
    without.to_decide(reference)
    with pytest.raises(NotPossible) as stopped:
        refuse(without.counter, without.taking(DECIDER, reference), reasons="收入高于标准")
    assert stopped.value.obstacle == "appeal"
    approve(without.counter, without.taking(DECIDER, reference), text="同意")


Step = Callable[..., Head]


def ends(kind: str) -> tuple[Step, dict[str, str]]:
    steps: dict[str, tuple[Step, dict[str, str]]] = {
        "not_accepted": (not_accept, {"reasons": "不归这项业务管"}),
        "ended": (end, {"reasons": "申请人去世"}),
        "transferred": (transfer, {"authority": "市医保局", "reason": "医疗救助由医保局办"}),
    }
    return steps[kind]


@pytest.mark.parametrize("kind", ["not_accepted", "ended", "transferred"])
def test_other_ends_say_why_and_how_to_object(world: World, kind: str) -> None:
    step, said = ends(kind)
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        step(world.counter, world.taking(CLERK, reference), **dict.fromkeys(said, ""))
    assert {fault.where for fault in refused.value.faults} == set(said)
    head = step(world.counter, world.taking(CLERK, reference), **said)
    assert (head.status, head.queue) == (kind, "street-650203001/closed")
    assert world.open(reference).written[-1].content == said | {"objection": WAYS}
    with pytest.raises(NotPossible):
        step(world.counter, world.taking(CLERK, reference), **said)


@pytest.mark.parametrize("kind", ["not_accepted", "ended"])
def test_turning_down_needs_a_way_to_appeal_too(make: Make, kind: str) -> None:
    world, (step, said) = make(remedies=NO_APPEAL), ends(kind)
    with pytest.raises(NotPossible):
        step(world.counter, world.taking(CLERK, world.submit().reference), **said)


def test_after_acceptance_it_is_too_late_not_to_accept(world: World) -> None:
    reference = world.submit().reference
    world.accept(reference)
    with pytest.raises(NotPossible):
        not_accept(world.counter, world.taking(CLERK, reference), reasons="不归我们管")
    end(world.counter, world.taking(CLERK, reference), reasons="申请人搬走了")


def test_an_unknown_community_is_assigned_or_transferred_not_turned_down(world: World) -> None:
    reference = world.submit({"registered_community": "unknown"}).reference
    with pytest.raises(NotPossible):
        not_accept(world.counter, world.taking(CITY_CLERK, reference), reasons="不知道哪个街道")


def test_the_way_to_object_stays_as_it_was_on_the_day(make: Make) -> None:
    world = make()
    reference = world.submit().reference
    world.to_decide(reference)
    taking: Taking = world.taking(DECIDER, reference)
    refuse(world.counter, taking, reasons="收入高于标准")
    changed: dict[str, Any] = {"id": "appeal", "title": "新的办法", "text": "换了"}
    services = {**world.counter.services, ALLOWANCE: {**world.counter.services[ALLOWANCE], "remedies": [changed]}}
    later = world.counter._replace(services=services)
    refuse(later, taking, reasons="收入高于标准")  # the same step, whatever the guide says by now
    assert open_application(later, DECIDER, reference, "objection").written[-1].content["objection"] == WAYS
