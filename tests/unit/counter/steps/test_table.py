"""The table of steps: what it offers is what may be done, and whatever is tried in any order, the chain holds."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.applications.errors import (
    NotReturned,
)
from doorstep.applications.journal import events, stand
from doorstep.applications.key_formats import Keys
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import OfficeKeys
from doorstep.counter.deciding import approve
from doorstep.counter.errors import CounterError, NotPossible, NotYours
from doorstep.counter.notified import mark
from doorstep.counter.opening import unsealed
from doorstep.counter.peeking import look_at, peek_application
from doorstep.counter.staff import Staff
from doorstep.counter.steps import OBSTACLES, STEPS, obstacle, possible
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.every_step import ALL, chain_holds
from tests.unit.counter.world import (
    AUDITOR,
    CITY_CLERK,
    CLERK,
    COLLEAGUE,
    DECIDER,
    OTHER_CLERK,
    STREET_DECIDER,
    World,
)


def test_what_the_table_offers_the_use_cases_allow_and_nothing_else(world: World) -> None:
    everyone = (CLERK, STREET_DECIDER, DECIDER, OTHER_CLERK, AUDITOR, CITY_CLERK)
    for prepare in (_fresh, _returned, _accepted, _decidable, _closed):
        for name, step in ALL.items():
            for staff in everyone:
                reference = prepare(world)
                offered = name in possible(world.counter, staff, look_at(world.counter, world.head(reference)))
                taking, before = world.taking(staff, reference), world.head(reference).revision
                try:
                    step(world, taking)
                except (NotPossible, NotYours):
                    assert not offered, (prepare, name, staff.role)
                    assert world.head(reference).revision == before
                else:
                    assert offered, (prepare, name, staff.role)
                    assert events(world.head(reference))[-1]["type"] == STEPS[name].kind


def _fresh(world: World) -> str:
    return world.submit().reference


def _returned(world: World) -> str:
    reference = world.submit().reference
    world.ask(reference, "/phone")
    return reference


def _accepted(world: World) -> str:
    reference = world.submit().reference
    world.accept(reference)
    return reference


def _decidable(world: World) -> str:
    reference = world.submit().reference
    world.to_decide(reference)
    return reference


def _closed(world: World) -> str:
    reference = _decidable(world)
    approve(world.counter, world.taking(DECIDER, reference), text="同意")
    return reference


def test_every_obstacle_has_its_words_and_auditors_take_no_step(world: World) -> None:
    reference = world.submit().reference
    peeked = peek_application(world.counter, AUDITOR, reference)
    assert possible(world.counter, AUDITOR, peeked) == ()
    needs = {need for rule in STEPS.values() for need in rule.needs}
    assert needs | {"office", "role", "list"} == set(OBSTACLES)
    assert {obstacle(world.counter, CLERK, peeked, name) for name in STEPS} <= {None, *OBSTACLES}


def test_what_goes_back_and_forth_too_often_still_comes_to_its_end(world: World) -> None:
    reference = world.submit().reference
    told = 0
    while "return" in possible(world.counter, CLERK, look_at(world.counter, world.head(reference))):
        ALL["return"](world, world.taking(CLERK, reference))
        world.correct(reference, {"home_address": f"测试小区（演示用）{told}号"})
        told += 1
    assert told > 5
    with pytest.raises(NotPossible) as refused:
        ALL["return"](world, world.taking(CLERK, reference))
    assert refused.value.obstacle == "room"
    world.to_decide(reference)
    ALL["refuse"](world, world.taking(DECIDER, reference))
    notice = stand(world.head(reference)).notice
    for outcome in ("not_reached",) * 4 + ("told",):
        mark(world.counter, DECIDER, reference, notice=notice, outcome=outcome, event_id=mint_event_id(os.urandom))
    assert chain_holds(world, world.head(reference))


Walk = st.lists(
    st.tuples(st.sampled_from(["resident", *ALL]), st.integers(0, 5), st.booleans(), st.booleans()),
    min_size=1,
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(walk=Walk)
def test_whatever_is_tried_the_chain_holds_and_nothing_is_lost(
    keys: tuple[Keys, OfficeKeys], tmp_path_factory: pytest.TempPathFactory, walk: list[tuple[str, int, bool, bool]]
) -> None:
    """Any steps by anyone in any order, sent twice or in time: each is refused, or is one event more."""
    file = OfficeFile(tmp_path_factory.mktemp("office") / "office.sqlite3")
    world = World(*keys, file.readings, tmp_path_factory.mktemp("world"))
    everyone: list[Staff] = [CLERK, COLLEAGUE, STREET_DECIDER, DECIDER, OTHER_CLERK, AUDITOR]
    reference = world.submit().reference
    for wanted, by, twice, sensible in walk:
        world.clock.forward(minutes=7)
        before, name, who = world.head(reference), wanted, by
        offered = [
            (step, number)
            for number, staff in enumerate(everyone)
            for step in possible(world.counter, staff, look_at(world.counter, before))
            if step in ALL
        ]
        if sensible and wanted != "resident" and offered:
            name, who = offered[(list(ALL).index(wanted) * 6 + by) % len(offered)]
        try:
            if name == "resident":
                world.correct(reference, {"home_address": f"测试小区（演示用）{before.revision}号"})
            else:
                taking = world.taking(everyone[who], reference)
                ALL[name](world, taking)
                if twice:
                    ALL[name](world, taking)
        except (CounterError, NotReturned):
            assert world.head(reference) == before
        after = world.head(reference)
        assert after.events[: before.revision] == before.events
        assert after.revision - before.revision in (0, 1)
        assert chain_holds(world, after)
        assert unsealed(world.counter, look_at(world.counter, after)).instance
    file.close()
