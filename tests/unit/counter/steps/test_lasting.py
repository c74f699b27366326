"""A stage that must last some days: nobody goes on before, and the page says until when and by what rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from doorstep.counter.deciding import approve
from doorstep.counter.errors import NotPossible
from doorstep.counter.moving import advance
from doorstep.counter.peeking import peek_application
from doorstep.counter.stages import lasts_until
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import ALLOWANCE, CLERK, DECIDER, SERVICES, World

BASIS = "某规定第几条"


def posted_for(days: int, unit: str) -> list[dict[str, Any]]:
    """The allowance's stages, with a public notice that must last."""
    least = {"at_least": {"days": days, "unit": unit, "basis": BASIS}}
    return [{**stage, **(least if stage["id"] == "public_notice" else {})} for stage in SERVICES[ALLOWANCE]["stages"]]


def at_the_notice(world: World) -> str:
    """Posted on Monday, 2026-11-23."""
    reference = world.submit().reference
    world.accept(reference)
    advance(world.counter, world.taking(CLERK, reference), stage="public_notice")
    return reference


@pytest.mark.parametrize(
    ("days", "unit", "until"),
    [(7, "calendar_day", dt.date(2026, 11, 30)), (7, "working_day", dt.date(2026, 12, 2))],
)
def test_nobody_goes_on_before_it_has_lasted(make: Make, days: int, unit: str, until: dt.date) -> None:
    world = make(stages=posted_for(days, unit))
    reference = at_the_notice(world)
    peeked = peek_application(world.counter, CLERK, reference)
    assert lasts_until(world.counter, peeked.service, peeked.standing, peeked.events) == until
    world.clock.time = dt.datetime.combine(until, dt.time(15, 59), dt.UTC)  # its last minute in the city
    with pytest.raises(NotPossible) as refused:
        advance(world.counter, world.taking(CLERK, reference), stage="confirmation")
    assert refused.value.obstacle == "lasted"
    world.clock.forward(minutes=1)
    advance(world.counter, world.taking(CLERK, reference), stage="confirmation")
    approve(world.counter, world.taking(DECIDER, reference), text="符合条件")


def test_other_stages_and_guides_without_a_rule_wait_for_nothing(world: World) -> None:
    reference = at_the_notice(world)
    peeked = peek_application(world.counter, CLERK, reference)
    assert lasts_until(world.counter, peeked.service, peeked.standing, peeked.events) is None
    advance(world.counter, world.taking(CLERK, reference), stage="confirmation")


def test_a_last_stage_that_must_last_keeps_the_decision_waiting(make: Make) -> None:
    least = {"at_least": {"days": 1, "unit": "calendar_day", "basis": BASIS}}
    stages = SERVICES[ALLOWANCE]["stages"]
    world = make(stages=[*stages[:-1], {**stages[-1], **least}])
    reference = world.submit().reference
    world.to_decide(reference)
    with pytest.raises(NotPossible) as refused:
        approve(world.counter, world.taking(DECIDER, reference), text="符合条件")
    assert refused.value.obstacle == "lasted"
    world.clock.forward(days=2)
    approve(world.counter, world.taking(DECIDER, reference), text="符合条件")
