"""Figures of the service: counts, lateness, days; small ones are left out, and so is what would give them away."""

from __future__ import annotations

import datetime as dt

from doorstep.counter.deciding import approve, refuse
from doorstep.counter.figures import FEWEST, Figures, figures, working_days
from tests.unit.counter.world import ALLOWANCE, AUDITOR, CALENDAR, CLERK, DECIDER, OTHER_CLERK, World


def decide(world: World, days: int) -> None:
    reference = world.submit().reference
    world.to_decide(reference)
    begin = world.clock.time
    world.clock.forward(days=days)
    step = approve if days % 2 else refuse
    step(world.counter, world.taking(DECIDER, reference), **({"text": "同意"} if days % 2 else {"reasons": "不够"}))
    world.clock.time = begin


def of(world: World) -> Figures:
    (found,) = figures(world.counter, DECIDER)
    return found


def test_half_of_the_decided_took_at_most_so_many_working_days(world: World) -> None:
    for days in (1, 2, 3, 4, 8):  # from a Monday: 1, 2, 3, 4 and 6 working days
        decide(world, days)
    found = of(world)
    assert (found.service, found.title) == (ALLOWANCE, "申请低保")
    assert (found.counted, found.closed, found.overdue, found.working_days) == (5, 5, None, 3.0)


def test_fewer_than_five_are_left_out(world: World) -> None:
    for days in range(1, FEWEST):
        decide(world, days)
    assert of(world)[2:] == (None, None, None, None)
    assert figures(world.counter, OTHER_CLERK) == ()


def test_what_is_left_over_is_not_small_either(world: World) -> None:
    for days in range(1, FEWEST + 1):
        decide(world, days)
    world.to_decide(world.submit().reference)
    found = of(world)
    assert (found.counted, found.closed) == (6, None)  # 6 and 5 would say that one is open
    for _ in range(FEWEST):
        world.to_decide(world.submit().reference)
    assert (of(world).counted, of(world).closed) == (11, 5)


def test_what_is_open_and_past_its_day_is_overdue(world: World) -> None:
    for _ in range(FEWEST):
        world.accept(world.submit().reference)
    world.clock.forward(days=60)
    (found,) = figures(world.counter, AUDITOR)
    assert (found.counted, found.overdue) == (5, 5)
    world.accept(world.submit().reference)
    (found,) = figures(world.counter, CLERK)
    assert (found.counted, found.overdue) == (6, None)  # 5 of 6 would point at the one that is not


def test_what_is_handed_on_is_counted_where_it_is(world: World) -> None:
    references = [world.submit().reference for _ in range(FEWEST + 1)]
    (found,) = figures(world.counter, AUDITOR)
    assert found.counted == FEWEST + 1
    for reference in references:
        world.to_decide(reference)
    assert figures(world.counter, AUDITOR) == ()
    assert of(world).counted == FEWEST + 1


def test_days_are_counted_as_limits_are() -> None:
    accepted = {"type": "accepted", "at": "2026-11-20T04:00:00Z"}  # a Friday
    for at, days in (("2026-11-20T05:00:00Z", 0), ("2026-11-22T04:00:00Z", 0), ("2026-11-23T04:00:00Z", 1)):
        assert working_days([accepted, {"type": "approved", "at": at}], CALENDAR) == days
    assert working_days([accepted, {"type": "ended", "at": "2026-11-23T04:00:00Z"}], CALENDAR) is None
    assert working_days([{"type": "refused", "at": "2026-11-23T04:00:00Z"}], CALENDAR) is None
    by, _ = CALENDAR.add_working_days(dt.date(2026, 11, 20), 30)
    refused = {"type": "refused", "at": f"{by}T04:00:00Z"}
    assert working_days([accepted, refused], CALENDAR) == 30


def test_what_cannot_be_read_is_counted_nowhere(world: World) -> None:
    reference = world.submit().reference
    world.store.kept[reference] = world.head(reference)._replace(events=("?",)).to_bytes()
    assert figures(world.counter, CLERK) == ()
