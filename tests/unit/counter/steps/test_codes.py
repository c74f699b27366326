"""A lost code: void first, then new; the old one opens nothing, and a retry shows the same."""

from __future__ import annotations

import secrets

import pytest

from doorstep.applications.errors import AlreadyTaken, EventIdTaken, NotFound
from doorstep.applications.follow import follow, read_answers
from doorstep.applications.head import HEAD_LIMIT
from doorstep.applications.journal import events, verify_chain
from doorstep.applications.keys import mint_event_id, mint_submission_key
from doorstep.counter.closing import not_accept
from doorstep.counter.codes import CodeIssued, issue_code, void_code
from doorstep.counter.deciding import approve
from doorstep.counter.errors import Fault, NotPossible, NotYours, Unfinished
from doorstep.counter.notified import mark
from doorstep.counter.peeking import peek_application
from doorstep.counter.steps import MOST_CODES, possible
from doorstep.counter.taking import Taking
from doorstep.counter.telling import due_of
from tests.unit.counter.world import CLERK, COLLEAGUE, DECIDER, OTHER_CLERK, STREET_DECIDER, World


def void(world: World, reference: str) -> Taking:
    taking = world.taking(CLERK, reference)
    void_code(world.counter, taking, reason="查询码丢了")
    return taking


def issue(world: World, taking: Taking) -> CodeIssued:
    return issue_code(world.counter, taking, identity_checked=True)


def test_the_new_code_opens_and_the_old_one_never_again(world: World) -> None:
    done = world.submit()
    old = done.access_code or ""
    assert follow(world.intake, done.reference, old)
    void(world, done.reference)
    with pytest.raises(NotFound):
        follow(world.intake, done.reference, old)
    issued = issue(world, world.taking(CLERK, done.reference))
    assert issued.access_code
    assert issued.access_code != old
    followed = follow(world.intake, done.reference, issued.access_code)
    assert read_answers(world.intake, followed)["answers"]["applicant_name"] == "测试人员"
    with pytest.raises(NotFound):
        follow(world.intake, done.reference, old)
    assert [event["type"] for event in events(issued.head)] == ["received", "code_voided", "code_issued"]
    assert verify_chain(issued.head, world.intake.keys.public_keys) == []


def test_whoever_sees_a_new_code_has_read_it_before_it_was_made(world: World) -> None:
    """With it they could open everything; so it stands in the log, and without the log there is no code."""
    reference = world.submit().reference
    void(world, reference)
    taking = world.taking(CLERK, reference)
    with pytest.raises(Unfinished):
        issue_code(world.counter, taking, identity_checked=False)
    assert world.readings.page().entries == ()
    issue(world, taking)
    entries = world.readings.page().entries
    assert [(one.staff, one.reference, one.why, one.what) for one in entries] == [
        (CLERK.id, reference, "lost-code", "code")
    ]
    issue(world, taking)
    assert len(world.readings.page().entries) == 2
    world.clock.forward(minutes=31)
    issue(world, taking)
    assert len(world.readings.page().entries) == 2


def test_a_code_is_replaced_a_few_times_and_no_more(world: World) -> None:
    reference = world.submit().reference
    for _ in range(MOST_CODES):
        void(world, reference)
        issued = issue(world, world.taking(CLERK, reference))
    with pytest.raises(NotPossible) as stopped:
        void(world, reference)
    assert stopped.value.obstacle == "codes"
    assert follow(world.intake, reference, issued.access_code or "")


def filled(world: World, reference: str, size: int) -> None:
    """The head with so many bytes, by something that no rule looks at."""
    head = world.head(reference)
    empty = head._replace(wraps=head.wraps | {"more": {"wrapped": ""}})
    full = {"wrapped": "x" * (size - len(empty.to_bytes()))}
    world.store.kept[reference] = head._replace(wraps=head.wraps | {"more": full}).to_bytes()


def tell(world: World, reference: str) -> None:
    """Miss them as often as may be, then reach them."""
    while (now := due_of(world.head(reference))) is not None:
        outcome = "not_reached" if now.may_miss else "told"
        event_id = mint_event_id(secrets.token_bytes)
        mark(world.counter, STREET_DECIDER, reference, notice=now.notice, outcome=outcome, event_id=event_id)


@pytest.mark.parametrize("spare", range(800, 6400, 400))
@pytest.mark.parametrize("told_before", [True, False])
def test_nobody_is_locked_out_by_filling_a_closed_application(world: World, spare: int, *, told_before: bool) -> None:
    """However near its limit the head is: no void without room for the new code and for telling of it all."""
    reference = world.submit().reference
    not_accept(world.counter, world.taking(CLERK, reference), reasons="不归我们管")
    if told_before:
        tell(world, reference)
    filled(world, reference, HEAD_LIMIT - spare)
    if "void-code" not in possible(world.counter, CLERK, peek_application(world.counter, CLERK, reference)):
        assert spare < 5000
        tell(world, reference)
        return
    assert spare > 3000
    void(world, reference)
    if told_before:
        tell(world, reference)
    assert issue(world, world.taking(CLERK, reference)).access_code
    tell(world, reference)


def test_an_open_one_that_went_back_and_forth_keeps_room_for_its_new_code_and_its_decision(world: World) -> None:
    reference = world.submit().reference
    number = 0
    while "void-code" in possible(world.counter, CLERK, peek_application(world.counter, CLERK, reference)):
        before = world.head(reference)
        world.ask(reference, "/phone", justification="第一次没有看出电话打不通")
        world.correct(reference, {"home_address": f"测试小区（演示用）{number}号"})
        number += 1
    world.store.kept[reference] = before.to_bytes()
    void(world, reference)
    world.ask(reference, "/phone", justification="第一次没有看出电话打不通")
    tell(world, reference)
    world.to_decide(reference)
    approve(world.counter, world.taking(DECIDER, reference), text="同意")
    clerk = DECIDER._replace(id="s-district-clerk", role="clerk")
    assert issue(world, world.taking(clerk, reference)).access_code
    while (now := due_of(world.head(reference))) is not None:
        event_id = mint_event_id(secrets.token_bytes)
        mark(world.counter, DECIDER, reference, notice=now.notice, outcome="told", event_id=event_id)


def test_a_retry_shows_the_same_code_for_half_an_hour(world: World) -> None:
    reference = world.submit().reference
    void(world, reference)
    taking = world.taking(CLERK, reference)
    first = issue(world, taking)
    world.clock.forward(minutes=29)
    again = issue(world, taking)
    assert (again.access_code, again.head.revision) == (first.access_code, 3)
    world.clock.forward(minutes=2)
    assert issue(world, taking).access_code is None
    assert "-" not in repr(again).removeprefix(f"CodeIssued({reference})")


def test_a_code_that_was_replaced_again_is_not_shown_again(world: World) -> None:
    reference = world.submit().reference
    void(world, reference)
    taking = world.taking(CLERK, reference)
    first = issue(world, taking)
    void(world, reference)
    second = issue(world, world.taking(CLERK, reference))
    assert first.access_code != second.access_code
    assert issue(world, taking).access_code is None
    with pytest.raises(NotFound):
        follow(world.intake, reference, first.access_code or "")
    assert follow(world.intake, reference, second.access_code or "")


def test_no_second_code_beside_the_first_and_none_without_a_checked_identity(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(NotPossible) as stopped:
        issue(world, world.taking(CLERK, reference))
    assert stopped.value.obstacle == "no-code"
    with pytest.raises(Unfinished) as refused:
        void_code(world.counter, world.taking(CLERK, reference), reason=" ")
    assert refused.value.faults == (Fault("reason", "reason"),)
    void(world, reference)
    with pytest.raises(NotPossible) as stopped:
        void(world, reference)
    assert stopped.value.obstacle == "code"
    with pytest.raises(Unfinished) as refused:
        issue_code(world.counter, world.taking(CLERK, reference), identity_checked=False)
    assert refused.value.faults == (Fault("identity_checked", "identity"),)


def test_the_code_belongs_to_its_step(world: World) -> None:
    reference = world.submit().reference
    voided = void(world, reference)
    taking = world.taking(CLERK, reference)
    issue(world, taking)
    with pytest.raises(EventIdTaken):
        issue(world, voided)
    with pytest.raises(EventIdTaken):
        issue(world, taking._replace(staff=COLLEAGUE))
    with pytest.raises(AlreadyTaken):
        issue_code(world.counter, taking, identity_checked=False)


def test_a_replay_of_the_submission_shows_no_code_any_more(world: World) -> None:
    key = mint_submission_key(world.intake.random)
    reference = world.submit(key=key).reference
    assert world.submit(key=key).access_code
    void(world, reference)
    assert world.submit(key=key).access_code is None
    issue(world, world.taking(CLERK, reference))
    assert world.submit(key=key).access_code is None


def test_a_code_is_replaced_after_the_decision_too_and_by_clerks_alone(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(NotPossible):
        void_code(world.counter, world.taking(STREET_DECIDER, reference), reason="丢了")
    world.to_decide(reference)
    approve(world.counter, world.taking(DECIDER, reference), text="同意")
    clerk = DECIDER._replace(id="s-district-clerk", role="clerk")
    void_code(world.counter, world.taking(clerk, reference), reason="丢了")
    issued = issue(world, world.taking(clerk, reference))
    assert follow(world.intake, reference, issued.access_code or "").head.status == "approved"


def test_the_counter_where_it_was_applied_for_replaces_a_code_wherever_it_is_now(world: World) -> None:
    """A resident goes where they went before; the office that decides may be in another part of the city."""
    reference = world.submit().reference
    world.to_decide(reference)
    peeked = peek_application(world.counter, CLERK, reference)
    assert possible(world.counter, CLERK, peeked) == ("void-code",)
    void(world, reference)
    issued = issue(world, world.taking(CLERK, reference))
    assert follow(world.intake, reference, issued.access_code or "").head.status == "accepted"
    with pytest.raises(NotYours):
        void_code(world.counter, world.taking(OTHER_CLERK, reference), reason="查询码丢了")
