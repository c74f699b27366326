"""How every step is taken: once, on what its author saw, and of two at once exactly one."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.applications.errors import (
    AlreadyTaken,
    EventIdTaken,
    MalformedKey,
    NotFound,
    NotReturned,
    Tampered,
)
from doorstep.applications.head import Head
from doorstep.applications.journal import events, stand, verify_chain
from doorstep.applications.key_formats import Keys
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.applications.withdraw import withdraw
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.errors import CounterError, Moved, NotPossible, NotYours
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.notified import mark
from doorstep.counter.opening import unsealed
from doorstep.counter.peeking import look_at, peek_application
from doorstep.counter.staff import Staff
from doorstep.counter.steps import OBSTACLES, STEPS, obstacle, possible
from doorstep.counter.taking import Taking
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.world import (
    AUDITOR,
    CITY_CLERK,
    CLERK,
    COLLEAGUE,
    DECIDER,
    OTHER_CLERK,
    OTHER_STREET,
    STREET_DECIDER,
    World,
    signed,
)

Step = Callable[[World, Taking], object]

ALL: dict[str, Step] = {
    "return": lambda w, t: w.ask_as(t, "/phone", justification="第一次没有看出电话打不通"),
    "accept": lambda w, t: w.accept_as(t, signatures=signed()),
    "advance": lambda w, t: advance(w.counter, t, stage=_next(w, t)),
    "extend": lambda w, t: extend(w.counter, t, limit="decision", reason="要到外地核实"),
    "assign": lambda w, t: assign(w.counter, t, office=OTHER_STREET, reason="户口在那边"),
    "approve": lambda w, t: approve(w.counter, t, text="同意"),
    "refuse": lambda w, t: refuse(w.counter, t, reasons="收入高于标准"),
    "not-accept": lambda w, t: not_accept(w.counter, t, reasons="不归我们管"),
    "transfer": lambda w, t: transfer(w.counter, t, authority="市医保局", reason="归他们办"),
    "end": lambda w, t: end(w.counter, t, reasons="申请人搬走了"),
    "void-code": lambda w, t: void_code(w.counter, t, reason="查询码丢了"),
    "issue-code": lambda w, t: issue_code(w.counter, t, identity_checked=True),
}


def _next(world: World, taking: Taking) -> str:
    following = {"": "inquiry", "inquiry": "public_notice", "public_notice": "confirmation"}
    return following.get(stand(world.head(taking.reference)).stage, "")


def chain_holds(world: World, head: Head) -> bool:
    return verify_chain(head, world.intake.keys.public_keys) == []


def test_two_at_once_one_wins_and_the_other_sees_what_changed(world: World) -> None:
    reference = world.submit().reference
    mine, theirs = world.taking(CLERK, reference), world.taking(COLLEAGUE, reference)
    world.accept_as(mine, signatures=signed())
    with pytest.raises(Moved) as moved:
        world.ask_as(theirs, "/phone")
    assert (moved.value.seen, [event["type"] for event in events(moved.value.head)[moved.value.seen :]]) == (
        1, ["accepted"],
    )  # fmt: skip
    assert world.head(reference).revision == 2


def test_a_colleague_in_the_very_moment_wins_too(world: World) -> None:
    """The store says so: between reading and writing somebody else was there."""
    reference = world.submit().reference
    mine, theirs = world.taking(CLERK, reference), world.taking(COLLEAGUE, reference)

    def overtake(point: str) -> None:
        if point == "before-commit" and not overtaken:
            overtaken.append(point)
            world.ask_as(theirs, "/phone")

    overtaken: list[str] = []
    world.store._hook = overtake
    with pytest.raises(Moved):
        world.accept_as(mine, signatures=signed())
    assert [event["staff"] for event in events(world.head(reference))[1:]] == [COLLEAGUE.id]


def test_eight_at_once_leave_one_step(world: World) -> None:
    reference = world.submit().reference
    takings = [world.taking(CLERK._replace(id=f"s-{number}"), reference) for number in range(8)]
    barrier, outcomes = threading.Barrier(8), list[object]()

    def step(taking: Taking) -> None:
        barrier.wait()
        try:
            outcomes.append(world.ask_as(taking, "/phone"))
        except Moved as moved:
            outcomes.append(moved)

    threads = [threading.Thread(target=step, args=(taking,)) for taking in takings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Head"] + ["Moved"] * 7
    assert world.head(reference).revision == 2


def test_reading_and_telling_make_no_colleagues_step_lose(world: World) -> None:
    reference = world.submit().reference
    world.ask(reference, "/phone")
    taking = world.taking(CLERK, reference)
    world.open(reference, COLLEAGUE)
    notice = stand(world.head(reference)).notice
    event_id = mint_event_id(secrets.token_bytes)
    mark(world.counter, COLLEAGUE, reference, notice=notice, outcome="told", event_id=event_id)
    head = world.accept_as(taking, signatures=signed())
    assert [event["type"] for event in events(head)] == ["received", "returned", "notified", "accepted"]


def test_whoever_the_resident_forestalls_sees_that_it_is_withdrawn(world: World) -> None:
    reference = world.submit().reference
    taking = world.taking(CLERK, reference)
    opened = world.open(reference)
    withdraw(world.intake, opened.followed, reason="", event_id=mint_event_id(secrets.token_bytes))
    with pytest.raises(Moved) as moved:
        world.accept_as(taking, signatures=signed())
    assert moved.value.head.status == "withdrawn"
    assert world.open(reference).written[-1].content == {"reason": ""}


def test_a_page_that_claims_to_be_newer_than_what_stands_is_not_believed(world: World) -> None:
    reference = world.submit().reference
    for seen in (2, 99, 0, -1):
        with pytest.raises(Moved):
            world.accept_as(world.taking(CLERK, reference, seen=seen), signatures=signed())


@pytest.mark.parametrize("name", ["return", "accept", "assign", "not-accept", "transfer", "end", "void-code"])
@pytest.mark.parametrize("trouble", ["none", "lost", "refused", "conflict"])
def test_a_retry_is_the_same_step(world: World, name: str, trouble: str) -> None:
    reference = world.submit().reference
    taking = world.taking(CLERK, reference)
    failing = {
        "lost": ("after-head", OutcomeUnknown("no answer")),
        "refused": ("before-head", StoreUnavailable("the disk is gone")),
        "conflict": ("before-head", RevisionConflict("somebody else")),
    }
    if trouble != "none":
        world.store.fail_next(*failing[trouble])
    try:
        ALL[name](world, taking)
    except StoreUnavailable:
        assert world.head(reference).revision == 1
    first = ALL[name](world, taking)
    assert ALL[name](world, taking) == first
    head = world.head(reference)
    assert (head.revision, events(head)[1]["id"]) == (2, taking.event_id)
    assert chain_holds(world, head)


def test_the_same_id_with_other_content_by_another_or_for_another_step_is_refused(world: World) -> None:
    reference = world.submit().reference
    taking = world.taking(CLERK, reference)
    world.ask_as(taking, "/phone")
    with pytest.raises(AlreadyTaken):
        world.ask_as(taking, "/home_address")
    with pytest.raises(EventIdTaken):
        world.accept_as(taking, signatures=signed())
    with pytest.raises(EventIdTaken):
        world.ask_as(taking._replace(staff=COLLEAGUE), "/phone")
    with pytest.raises(MalformedKey):
        world.ask_as(taking._replace(event_id="short"), "/phone")
    with pytest.raises(NotFound):
        world.ask_as(taking._replace(reference="0000-0000-0000-0"), "/phone")
    assert world.head(reference).revision == 2


def test_nothing_is_built_on_what_was_altered(world: World) -> None:
    reference = world.submit(phones={"phone": "13911111111"}).reference
    with pytest.raises(Tampered):
        world.accept_as(world.taking(CLERK, reference), signatures=signed())
    other = world.submit().reference
    taking = world.taking(CLERK, other)
    world.store.kept[other] = world.head(other)._replace(status="accepted").to_bytes()
    with pytest.raises(Tampered):
        world.accept_as(taking, signatures=signed())
    gone = world.submit().reference
    taking = world.taking(CLERK, gone)

    def take_away(point: str) -> None:
        if point == "before-head":
            world.store.kept.pop(gone, None)

    world.store._hook = take_away
    with pytest.raises(Tampered, match="taken away"):
        world.accept_as(taking, signatures=signed())


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
    world = World(*keys, file.readings)
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
