"""Lets the demonstration's stories happen, each through the very use cases residents and staff go through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from doorstep.applications.authorisations import authorisations
from doorstep.applications.calendar import A_DAY
from doorstep.applications.correct import correct
from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.journal import stand
from doorstep.applications.keys import mint_event_id, mint_submission_key
from doorstep.applications.limits import cutoff
from doorstep.applications.queues import routed_to
from doorstep.applications.submit import submit
from doorstep.applications.supply import supply
from doorstep.applications.withdraw import withdraw
from doorstep.counter.accepting import Signature, accept, papers_to_see
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.counter import BEIJING
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.notified import mark
from doorstep.counter.opening import unsealed
from doorstep.counter.papers import Seen
from doorstep.counter.peeking import look_at
from doorstep.counter.returning import Mark, return_for_correction
from doorstep.counter.staff import Staff
from doorstep.counter.stages import next_stage
from doorstep.counter.taking import Taking
from doorstep.demo.city import STREET, City
from doorstep.demo.stories import UNKNOWN, Act, Story
from doorstep.forms.changes import changes
from doorstep.forms.form import Form
from doorstep.forms.taken_out import phones_of, routing_of

FORM = "minimum-living-allowance"
NUMBER = "16400000000"
"""Nobody has it: mobile numbers that begin with 164 are not assigned. The form accepts it, so that a demonstration's
resident can correct their answers."""

TEN = dt.time(10, tzinfo=BEIJING)
FIVE_MINUTES = dt.timedelta(minutes=5)


@dataclass
class Life:
    """One application on its way: who it is with, and what its resident holds."""

    city: City
    form: Form
    reference: str
    code: str
    instance: dict[str, Any] = field(repr=False)

    @property
    def head(self) -> Head:
        head = self.city.store.head(self.reference)
        assert head is not None
        return head

    @property
    def service(self) -> Any:
        return self.city.counter.service(self.head.service)

    def staff(self, role: str = "clerk") -> Staff:
        """Whoever has this role where it stands now."""
        office = stand(self.head).office
        return next(one for one in self.city.staff.values() if (one.office, one.role) == (office, role))

    def taking(self, role: str = "clerk") -> Taking:
        return Taking(self.staff(role), self.reference, self.event_id(), self.head.revision)

    def event_id(self) -> str:
        return mint_event_id(self.city.intake.random)


def live(city: City, story: Story) -> str:
    """The reference of this story's application, as it stands after all its acts. Raises what the use cases raise."""
    now = city.time.now
    acts, days = story.acts, story.days
    if story.due is not None:
        acts, days = _dated(city, story)
    try:
        city.time.now = moment(now, days, 0)
        life = _submitted(city, story)
        for number, act in enumerate(acts, 1):
            city.time.now = moment(now, act.days, number)
            ACTS[act.name](life)
    finally:
        city.time.now = now
    return life.reference


def moment(now: dt.datetime, days: int, number: int) -> dt.datetime:
    """In the morning of that day in the city, when counters are open; today shortly before now."""
    if days == 0:
        return now - FIVE_MINUTES * (12 - number)
    return (
        dt.datetime.combine(now.astimezone(BEIJING).date() - dt.timedelta(days=days), TEN) + FIVE_MINUTES * number
    ).astimezone(dt.UTC)


def _dated(city: City, story: Story) -> tuple[tuple[Act, ...], int]:
    """Acts and days of a story whose answer is due a known number of days from today."""
    (limit,) = city.counter.service(FORM)["limits"]
    today = city.counter.today()
    start = cutoff(limit, city.counter.calendar, today + A_DAY * (story.due or 0))
    assert start is not None
    began = (today - start).days
    return tuple(act if act.days else act._replace(days=began) for act in story.acts), began + 4


def _submitted(city: City, story: Story) -> Life:
    form = city.counter.library.current(FORM)
    assert form is not None
    instance = dict(form.example or {}) | {"registered_community": story.place}
    if story.place == UNKNOWN:
        instance["registered_estate"] = "测试小区（演示用）"
    if story.reachable:
        instance["phone"] = NUMBER
    routing = routing_of(form, instance)
    done = submit(
        city.intake,
        form_id=form.id,
        form_version=form.version,
        service=form.service,
        instance=instance,
        routing=routing,
        office=city.counter.offices.in_role(city.counter.service(form.service), "accept", routed_to(routing)).id,
        phones=phones_of(form, instance),
        key=mint_submission_key(city.intake.random),
        filed_by="applicant",
    )
    assert done.access_code is not None
    return Life(city, form, done.reference, done.access_code, instance)


def _return(life: Life) -> None:
    fields = [Mark("/income_work", "填的是全年的，请改成平均每月的。"), Mark("/home_address", "请写到门牌号。")]
    return_for_correction(life.city.counter, life.taking(), fields=fields, papers=[])


def _correct(life: Life) -> None:
    followed = follow(life.city.intake, life.reference, life.code)
    after = life.instance | {"income_work": "550", "home_address": "测试小区1栋1单元101（演示用）"}
    correct(
        life.city.intake,
        followed,
        instance=after,
        changes=changes(life.form, life.instance, after),
        routing=routing_of(life.form, after),
        phones=None,
        event_id=life.event_id(),
    )


def _accept(life: Life) -> None:
    counter, on = life.city.counter, life.city.counter.today().isoformat()
    who = [str(life.instance["applicant_name"]), *(str(one["name"]) for one in life.instance["household_members"])]
    needed = authorisations(life.service, life.instance, counter.today())
    signed = [Signature(paper.id, name, on) for paper in needed for name in who[: max(paper.people, 1)]]
    opened = unsealed(counter, look_at(counter, life.head))
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


def _withdraw(life: Life) -> None:
    followed = follow(life.city.intake, life.reference, life.code)
    withdraw(life.city.intake, followed, reason="不需要了", event_id=life.event_id())


def _supply(life: Life) -> None:
    form = life.city.counter.library.after_approval(life.service["after_approval"])
    assert form is not None
    followed = follow(life.city.intake, life.reference, life.code)
    supply(
        life.city.intake,
        followed,
        form=form.id,
        form_version=form.version,
        answers=form.example or {},
        event_id=life.event_id(),
    )


def _void(life: Life) -> None:
    void_code(life.city.counter, life.taking(), reason="本人说写着查询码的纸条找不到了。")


ACTS: dict[str, Callable[[Life], Any]] = {
    "return": _return,
    "correct": _correct,
    "accept": _accept,
    "assign": lambda life: assign(
        life.city.counter, life.taking(), office=STREET, reason="打电话问过，户口在这个街道。（演示）"
    ),
    "advance": _advance,
    "extend": _extend,
    "told": _told,
    "missed": lambda life: _told(life, "not_reached"),
    "approve": lambda life: approve(life.city.counter, life.taking("decider"), text="符合条件，同意。（演示）"),
    "refuse": lambda life: refuse(
        life.city.counter, life.taking("decider"), reasons="全家平均每人的收入高于当地低保标准。（演示）"
    ),
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
