"""How every step is taken: once, on what its author saw, and of two at once exactly one."""

from __future__ import annotations

import secrets
import threading

import pytest

from doorstep.applications.errors import (
    AlreadyTaken,
    EventIdTaken,
    MalformedKey,
    NotFound,
    Tampered,
)
from doorstep.applications.journal import events, stand
from doorstep.applications.keys import mint_event_id
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.applications.withdraw import withdraw
from doorstep.counter.errors import Moved
from doorstep.counter.notified import mark
from doorstep.counter.taking import Taking
from tests.unit.counter.every_step import ALL, chain_holds
from tests.unit.counter.world import (
    CLERK,
    COLLEAGUE,
    World,
    signed,
)


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


def test_a_head_that_is_altered_in_the_very_moment_is_named_and_not_built_on(world: World) -> None:
    reference = world.submit().reference

    def alter(point: str) -> None:
        if point == "before-head":
            head = world.head(reference)
            world.store.kept[reference] = head._replace(revision=2, form="another").to_bytes()

    world.store._hook = alter
    with pytest.raises(Tampered, match="form is not the head's"):
        world.accept_as(world.taking(CLERK, reference), signatures=signed())
