"""The one-time notice: everything at once, each with its reason, and a second one only with a justification."""

from __future__ import annotations

import pytest

from doorstep.counter.errors import Fault, Unfinished
from doorstep.counter.returning import Mark, asked_before, return_for_correction
from tests.unit.counter.every_step import chain_holds
from tests.unit.counter.world import CLERK, DECIDER, World


def test_the_notice_is_sealed_with_every_mark_and_the_resident_is_to_be_told(world: World) -> None:
    reference = world.submit().reference
    head = return_for_correction(
        world.counter,
        world.taking(CLERK, reference),
        fields=[Mark("/phone", " 少一位 "), Mark("/household_members/0/resident_id", "和户口簿不一样")],
        papers=[Mark("identity", "没有看到户口簿")],
    )
    assert (head.status, head.queue, head.notice) == (
        "returned", "street-650203001/waiting", f"2026-11-23T04:00:00Z#{reference}",
    )  # fmt: skip
    (notice,) = world.open(reference).written
    assert notice.event["staff"] == CLERK.id
    assert notice.content == {
        "fields": [
            {"pointer": "/phone", "reason": "少一位"},
            {"pointer": "/household_members/0/resident_id", "reason": "和户口簿不一样"},
        ],
        "papers": [{"material": "identity", "title": "家里每个人的身份证、户口簿", "reason": "没有看到户口簿"}],
        "justification": "",
    }


def test_all_that_is_missing_is_said_at_once_and_nothing_is_stored(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        return_for_correction(
            world.counter,
            world.taking(CLERK, reference),
            fields=[
                Mark("/phone", " "),
                Mark("/home_address", "写清楚"),
                Mark("/home_address", "写清楚"),
                Mark("/agent_name", "没有问过这一题"),
                Mark("/household_members/1/name", "没有这个人"),
                Mark("phone", "不是指针"),
                Mark("/home_address/0", "x" * 2001),
            ],
            papers=[Mark("passport", "没有这样"), Mark("mandate", "x" * 2001)],
        )
    assert set(refused.value.faults) == {
        Fault("field:/phone", "reason"),
        Fault("field:/home_address", "twice"),
        Fault("field:/agent_name", "unknown-field"),
        Fault("field:/household_members/1/name", "unknown-field"),
        Fault("field:phone", "unknown-field"),
        Fault("field:/home_address/0", "unknown-field"),
        Fault("paper:passport", "unknown-paper"),
        Fault("paper:mandate", "too-long"),
    }
    assert "/phone" not in str(refused.value)
    assert world.head(reference).revision == 1


def test_nothing_to_correct_is_no_notice(world: World) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        world.ask(reference)
    assert refused.value.faults == (Fault("", "nothing"),)


def test_a_second_notice_says_why_the_first_was_not_complete(world: World) -> None:
    reference = world.submit().reference
    assert not asked_before(world.open(reference))
    world.correct_after_return(reference, {"home_address": "测试小区（演示用）2号"})
    assert asked_before(world.open(reference))
    for justification, what in (("", "justification"), ("没看见", "justification-short")):
        with pytest.raises(Unfinished) as refused:
            world.ask(reference, "/phone", justification=justification)
        assert refused.value.faults == (Fault("justification", what),)
    world.ask(reference, "/phone", justification="居民更正地址以后，电话也不对了，第一次看不出来")
    assert world.open(reference).written[-1].content["justification"].startswith("居民更正地址")


def test_it_can_be_asked_for_after_acceptance_too_by_whoever_holds_it(world: World) -> None:
    reference = world.submit().reference
    world.to_decide(reference)
    head = world.ask(reference, "/phone", staff=DECIDER)
    assert (head.status, head.queue) == ("returned", "civil-affairs-650203/working-waiting")
    head = world.correct(reference, {"phone": "13900000000"})
    assert (head.status, head.queue) == ("accepted", "civil-affairs-650203/working-corrected")


@pytest.mark.parametrize("accepted", [False, True])
def test_what_was_forgotten_is_added_while_the_resident_has_not_answered(world: World, *, accepted: bool) -> None:
    reference = world.submit().reference
    if accepted:
        world.accept(reference)
    first = world.ask(reference, "/phone", "/home_address", papers=[Mark("identity", "没有看到户口簿")])
    with pytest.raises(Unfinished) as refused:
        world.ask(reference, "/income_work")
    assert refused.value.faults == (Fault("justification", "justification"),)
    why = "发出以后才看到收入也要核对"
    head = return_for_correction(
        world.counter,
        world.taking(CLERK, reference),
        fields=[Mark("/income_work", "写每月的"), Mark("/phone", "还少一位")],
        papers=[Mark("mandate", "没有签字")],
        justification=why,
    )
    assert (head.status, head.queue, head.position) == (first.status, first.queue, first.position)
    assert chain_holds(world, head)
    content = world.open(reference).written[-1].content
    assert [(one["pointer"], one["reason"]) for one in content["fields"]] == [
        ("/home_address", "请再核对一下"), ("/income_work", "写每月的"), ("/phone", "还少一位"),
    ]  # fmt: skip
    assert [one["material"] for one in content["papers"]] == ["identity", "mandate"]
    assert content["justification"] == why
    world.correct(reference, {"home_address": "测试小区（演示用）3号"})
    world.ask(reference, "/phone", justification="更正以后才看出电话不对")
    assert [one["pointer"] for one in world.open(reference).written[-1].content["fields"]] == ["/phone"]
