"""What staff and residents do in the demonstration's stories, each through the very use case they go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from doorstep.applications.correct import correct
from doorstep.applications.follow import follow
from doorstep.applications.journal import stand
from doorstep.applications.supply import supply
from doorstep.applications.withdraw import withdraw
from doorstep.counter.accepting import Signature, accept, expected_signers, needed_signatures, papers_to_see
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.notified import mark
from doorstep.counter.opening import unsealed
from doorstep.counter.papers import Seen
from doorstep.counter.peeking import look_at
from doorstep.counter.returning import Mark, return_for_correction
from doorstep.counter.stages import next_stage
from doorstep.demo.city import STREET
from doorstep.demo.life import Life, Papers
from doorstep.demo.stories import ALLOWANCE, HOME_CARE, MEDICAL
from doorstep.forms.changes import changes
from doorstep.forms.taken_out import routing_of


class Notice(NamedTuple):
    """What staff ask for; what the resident then answers otherwise, and which papers are added, by field."""

    fields: tuple[Mark, ...]
    answers: Mapping[str, Any] = {}
    papers: Mapping[str, tuple[str, ...]] = {}


TEST_HOME = "测试小区1栋1单元101（演示用）"

NOTICES: Mapping[str, Notice] = {
    ALLOWANCE: Notice(
        (Mark("/income_work", "填的是全年的，请改成平均每月的。"), Mark("/home_address", "请写到门牌号。")),
        {"income_work": "550", "home_address": TEST_HOME},
    ),
    MEDICAL: Notice((Mark("/bill_papers", "还差发票，请补拍一张。"),), papers={"bill_papers": ("invoice",)}),
    HOME_CARE: Notice((Mark("/home_address", "请写到门牌号。"),), {"home_address": TEST_HOME}),
}


def _return(life: Life) -> None:
    asked = NOTICES[life.form.service]
    return_for_correction(life.city.counter, life.taking(), fields=asked.fields, papers=[])


def _correct(life: Life) -> None:
    asked = NOTICES[life.form.service]
    followed = follow(life.city.intake, life.reference, life.code)
    papers = Papers(life.city, life.reference, life.files_key)
    added = {name: [*life.instance[name], *papers.send(kinds)] for name, kinds in asked.papers.items()}
    after = {**life.instance, **asked.answers, **added}
    correct(
        life.city.intake,
        followed,
        instance=after,
        changes=changes(life.form, life.instance, after),
        routing=routing_of(life.form, after),
        phones=None,
        event_id=life.event_id(),
        files=papers.names,
    )
    papers.examined()


def _accept(life: Life) -> None:
    counter, on = life.city.counter, life.city.counter.today().isoformat()
    opened = unsealed(counter, look_at(counter, life.head))
    who = expected_signers(counter, opened)
    signed = [
        Signature(paper.id, name, on)
        for paper in needed_signatures(counter, opened)
        for name in who[paper.id][: max(paper.people, 1)]
    ]
    seen = [Seen(paper.id, seen=True) for paper in papers_to_see(counter, opened)]
    accept(counter, life.taking(), identity_checked=True, signatures=signed, papers=seen)


def _advance(life: Life) -> None:
    following = next_stage(life.service, stand(life.head))
    assert following is not None
    advance(life.city.counter, life.taking(), stage=following["id"])


def _told(life: Life, outcome: str = "told") -> None:
    now = stand(life.head)
    mark(life.city.counter, life.staff(), life.reference, notice=now.notice, outcome=outcome, event_id=life.event_id())


def _extend(life: Life) -> None:
    (limit,) = life.service["limits"]
    extend(life.city.counter, life.taking(), limit=limit["id"], reason="家里的财产要请外地协助核对，还没有回音。")


def _supply(life: Life) -> None:
    (form,) = life.city.counter.library.asked_after_approval()
    followed = follow(life.city.intake, life.reference, life.code)
    answers = dict(form.example or {})
    supply(
        life.city.intake, followed, form=form.id, form_version=form.version, answers=answers, event_id=life.event_id()
    )


def _withdraw(life: Life) -> None:
    followed = follow(life.city.intake, life.reference, life.code)
    withdraw(life.city.intake, followed, reason="不需要了", event_id=life.event_id())


def _void(life: Life) -> None:
    void_code(life.city.counter, life.taking(), reason="本人说写着查询码的纸条找不到了。")


ACTS: dict[str, Callable[[Life], Any]] = {
    "return": _return,
    "correct": _correct,
    "accept": _accept,
    "assign": lambda life: assign(
        life.city.counter, life.taking(), office=STREET, reason="打电话问过，归这个街道办。（演示）"
    ),
    "advance": _advance,
    "extend": _extend,
    "told": _told,
    "missed": lambda life: _told(life, "not_reached"),
    "approve": lambda life: approve(life.city.counter, life.taking("decider"), text="符合条件，同意。（演示）"),
    "refuse": lambda life: refuse(life.city.counter, life.taking("decider"), reasons="不符合当地规定的条件。（演示）"),
    "not-accept": lambda life: not_accept(
        life.city.counter, life.taking(), reasons="户口不在本街道，请向户口所在的街道申请。（演示）"
    ),
    "transfer": lambda life: transfer(
        life.city.counter, life.taking(), authority="户口所在地的街道（乡镇）", reason="户口已经迁出本市。（演示）"
    ),
    "end": lambda life: end(life.city.counter, life.taking(), reasons="多次联系，申请人表示不再补材料。（演示）"),
    "withdraw": _withdraw,
    "supply": _supply,
    "void-code": _void,
    "issue-code": lambda life: issue_code(life.city.counter, life.taking(), identity_checked=True),
}
