"""Papers to see before accepting: what guide and notice ask for, ticked or explained, sealed with the acceptance."""

from __future__ import annotations

from typing import Any

import pytest

from doorstep.counter.accepting import papers_to_see
from doorstep.counter.errors import Fault, Unfinished
from doorstep.counter.papers import Paper, Seen
from doorstep.counter.returning import Mark
from tests.unit.counter.photos import MATERIALS, Photos
from tests.unit.counter.steps.conftest import Make
from tests.unit.counter.world import CLERK, World, signed

IDENTITY = "家里每个人的身份证、户口簿"


def to_see(world: World, reference: str) -> tuple[Paper, ...]:
    return papers_to_see(world.counter, world.open(reference))


def test_what_is_shown_is_to_be_seen_and_what_is_signed_or_shared_is_not(world: World) -> None:
    assert to_see(world, world.submit().reference) == (Paper("identity", IDENTITY),)


def test_a_guardian_shows_that_they_are_one_and_signs_no_mandate(world: World) -> None:
    agent = {"filing_for": "family", "agent_name": "测试代办", "agent_statement": True}
    guardian = world.submit(agent | {"acting_as": "guardian"}).reference
    proof = Paper("guardian", "看得出是监护人的户口簿或者证明")
    assert to_see(world, guardian) == (Paper("identity", IDENTITY), proof), (
        "their identity is checked, not ticked twice"
    )
    with pytest.raises(Unfinished) as refused:
        world.accept(guardian, papers=[Seen("identity", seen=True)])
    assert refused.value.faults == (Fault("seen:guardian", "not-seen"),)
    world.accept(guardian, papers=[Seen("identity", seen=True), Seen("guardian", seen=True)])
    entrusted = world.submit(agent | {"acting_as": "entrusted"}).reference
    assert to_see(world, entrusted) == (Paper("identity", IDENTITY),)


def test_a_notice_adds_its_papers_in_the_guides_order_until_one_is_accepted(world: World) -> None:
    reference = world.submit().reference
    papers = [Mark("mandate", "没有带来"), Mark("disability-or-illness", "证过期了"), Mark("income-check", "少签一份")]
    world.ask(reference, papers=papers)
    illness = Paper("disability-or-illness", "残疾人证、疾病诊断证明", "家里有残疾人或重病人", "证过期了")
    mandate = Paper("mandate", "委托书", "别人替您申请（监护人不用）", "没有带来")
    assert to_see(world, reference) == (Paper("identity", IDENTITY), illness, mandate)  # who signed it has it in hand
    world.correct(reference, {})
    assert len(to_see(world, reference)) == 3
    seen = [Seen(paper, seen=True) for paper in ("identity", "disability-or-illness", "mandate")]
    world.accept(reference, papers=seen)
    assert to_see(world, reference) == (Paper("identity", IDENTITY),)


def test_a_paper_the_guide_dropped_keeps_the_name_it_had_in_the_notice(world: World, make: Make) -> None:
    reference = world.submit().reference
    world.ask(reference, papers=[Mark("application", "没有签名")])
    service = world.counter.service(world.head(reference).service)
    kept = [paper for paper in service["materials"] if paper["id"] != "application"]
    services = {world.head(reference).service: {**service, "materials": kept}}
    world.counter = world.counter._replace(services=services)
    assert to_see(world, reference)[-1] == Paper("application", "申请表，含收入和财产的说明", "", "没有签名")


@pytest.mark.parametrize(
    ("papers", "faults"),
    [
        ([], {Fault("seen:identity", "not-seen")}),
        ([Seen("identity", seen=False, why=" ")], {Fault("seen:identity", "not-seen")}),
        ([Seen("identity", seen=False, why="长" * 201)], {Fault("seen:identity", "long-why")}),
        ([Seen("identity", seen=True), Seen("passport", seen=True)], {Fault("seen:passport", "unknown-paper")}),
    ],
)
def test_a_paper_that_was_not_seen_is_named(world: World, papers: list[Seen], faults: set[Fault]) -> None:
    reference = world.submit().reference
    with pytest.raises(Unfinished) as refused:
        world.accept(reference, papers=papers)
    assert set(refused.value.faults) == faults
    assert world.head(reference).revision == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Seen("identity", seen=True, why="看过的不用写"), {"seen": True}),
        (Seen("identity", seen=False, why=" 已通过数据共享查到 "), {"why": "已通过数据共享查到"}),
    ],
)
def test_what_was_said_of_each_paper_is_sealed_and_shown_later(world: World, said: Seen, kept: dict[str, Any]) -> None:
    reference = world.submit().reference
    taking = world.taking(CLERK, reference)
    head = world.accept_as(taking, signatures=signed(), papers=[said])
    (written,) = world.open(reference).written
    assert written.content["papers_seen"] == [{"material": "identity", "title": IDENTITY, **kept}]
    assert world.accept_as(taking, signatures=signed(), papers=[said]) == head  # a retry is the same step


def papers_of(photos: Photos) -> list[tuple[str, bool, bool]]:
    return [(paper.id, bool(paper.unseen), paper.optional) for paper in to_see(photos.world, photos.reference)]


def test_whoever_chose_to_bring_papers_has_them_seen_and_photos_need_no_tick(make: Make) -> None:
    brings, sends = Photos(make(materials=MATERIALS)), Photos(make(materials=MATERIALS))
    brings.submit()
    assert papers_of(brings) == [("identity", False, False), ("bills", False, False), ("diagnosis", False, True)]
    seen = [Seen("identity", seen=True), Seen("bills", seen=True)]
    with pytest.raises(Unfinished) as refused:
        brings.world.accept(brings.reference, papers=seen[:1])
    assert refused.value.faults == (Fault("seen:bills", "not-seen"),)
    brings.world.accept(brings.reference, papers=seen)  # nobody must have a diagnosis
    sends.submit(bills=[sends.kept(b"one", 1), sends.kept(b"two", 1)])
    assert papers_of(sends) == [("identity", False, False)]


def test_photos_that_nobody_can_look_at_are_no_papers_seen(make: Make) -> None:
    photos = Photos(make(materials=MATERIALS))
    photos.submit(bills=[photos.refused(b"one", "unsafe")], diagnosis=[photos.waits(b"two")])
    assert papers_of(photos) == [("identity", False, False), ("bills", True, False), ("diagnosis", True, False)]


def test_one_photo_that_can_be_looked_at_does_not_stand_for_the_others(make: Make) -> None:
    photos = Photos(make(materials=MATERIALS))
    photos.submit(bills=[photos.kept(b"one", 1), photos.refused(b"two", "unsafe"), photos.waits(b"three")])
    assert papers_of(photos) == [("identity", False, False), ("bills", True, False)]
    assert to_see(photos.world, photos.reference)[1].unseen == ((2, "refused"), (3, "waiting"))
    with pytest.raises(Unfinished) as refused:
        photos.world.accept(photos.reference, papers=[Seen("identity", seen=True)])
    assert refused.value.faults == (Fault("seen:bills", "not-seen"),)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        (Seen("bills", seen=True), True),
        (Seen("bills", seen=False, why="原件在窗口看了"), True),
        (Seen("bills", seen=False, why=" "), False),
    ],
)
def test_photos_that_became_ready_meanwhile_refuse_nothing_that_was_said(make: Make, said: Seen, fits: bool) -> None:
    photos = Photos(make(materials=MATERIALS))
    photos.submit(bills=[photos.kept(b"one", 1)])
    assert papers_of(photos) == [("identity", False, False)]
    papers = [Seen("identity", seen=True), said]
    if fits:
        photos.world.accept(photos.reference, papers=papers)
        (written,) = photos.world.open(photos.reference).written
        assert [one["title"] for one in written.content["papers_seen"]] == ["身份证", "医疗费用结算单和发票"]
        return
    with pytest.raises(Unfinished) as refused:
        photos.world.accept(photos.reference, papers=papers)
    assert refused.value.faults == (Fault("seen:bills", "not-seen"),)


def test_an_answer_that_leads_past_the_photos_brings_none(make: Make) -> None:
    photos = Photos(make(materials=MATERIALS))
    photos.world.submit({"papers_way": "none"}, key=photos.key)
    assert papers_of(photos) == [("identity", False, False)]
