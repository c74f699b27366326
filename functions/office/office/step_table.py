"""The pages of the steps, in one table: what each asks for, what its button says, which use case it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from doorstep.applications.clock_words import UNITS
from doorstep.applications.head import Head
from doorstep.applications.limits import people_write
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.codes import CodeIssued, issue_code, void_code
from doorstep.counter.counter import Counter
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.extensions import still_extendable
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.peeking import Peeked
from doorstep.counter.stages import assignable, lasts_until, next_stage, office_at, stage_began
from doorstep.counter.taking import Taking
from office.words import stage_title

Typed = Mapping[str, str]
Shown = Callable[[Counter, Peeked], dict[str, Any]]


class StepPage(NamedTuple):
    """`fields` the controls' names; `take` the use case, given what was typed; `shown` what else the page says;
    `after` what comes of it; `objects` whether the way to object stands on it.
    """

    button: str
    after: str
    fields: tuple[str, ...]
    take: Callable[[Counter, Taking, Typed], Head | CodeIssued]
    shown: Shown = lambda _counter, _peeked: {}
    objects: bool = False
    grave: bool = False


def _following(counter: Counter, peeked: Peeked) -> dict[str, Any]:
    stage = next_stage(peeked.service, peeked.standing)
    if stage is None:
        nothing = {"id": "", "title": "", "office": "", "hands_over": False}
        return {"following": nothing, "stage_done": "", "lasts": ""}
    office = office_at(counter, peeked.service, stage["office"], peeked.held_at("accepted"), peeked.head)
    following = {
        "id": stage["id"],
        "title": stage["title"],
        "office": counter.offices.title(office),
        "hands_over": office != peeked.standing.office,
    }
    done = stage_title(peeked.service, peeked.standing.stage)
    return {"following": following, "stage_done": done, "lasts": _lasts(counter, peeked, done)}


def _lasts(counter: Counter, peeked: Peeked, done: str) -> str:
    """Since when it has stood at this stage, or until when it must where the guide itself says for how long."""
    began = stage_began(peeked.standing, peeked.events)
    if began is None:
        return ""
    until = lasts_until(counter, peeked.service, peeked.standing, peeked.events)
    if until is not None:
        return f"“{done}”规定要满多少天的，满了再转：{people_write(until)}满"
    days = (counter.today() - began).days
    since = f"“{done}”从{began.year}年{began.month}月{began.day}日开始"
    return f"{since}，从第二天算起，到今天是第{days}天" if days else f"{since}，就是今天"


def _limits(counter: Counter, peeked: Peeked) -> dict[str, Any]:
    return {
        "limits": [
            {
                "id": limit["id"],
                "words": f"从{limit['days']}{UNITS[limit['unit']]}延长到{limit['at_most']}{UNITS[limit['unit']]}，"
                f"只能延长一次。依据：{limit['basis']}",
            }
            for limit in still_extendable(peeked.service, peeked.events, peeked.clock, counter.today())
        ]
    }


def _offices(counter: Counter, peeked: Peeked) -> dict[str, Any]:
    offices = [(one.id, one.title) for one in assignable(counter, peeked.service, peeked.standing)]
    registered = "registered_community" in peeked.head.routing
    return {"offices": offices, "example": "户口在别的街道。" if registered else "社区选错了，不归这里办。"}


PAGES: dict[str, StepPage] = {
    "advance": StepPage(
        "转到下一步", "记下是谁、什么时候转的。", ("stage",),
        lambda counter, taking, typed: advance(counter, taking, stage=typed["stage"]), _following,
    ),
    "extend": StepPage(
        "延长办理期限", "居民会看到新的日期和理由，还要通知到本人。", ("limit", "reason"),
        lambda counter, taking, typed: extend(counter, taking, limit=typed["limit"], reason=typed["reason"]), _limits,
    ),
    "assign": StepPage(
        "转给这个单位", "转过去以后，您这里就不再显示这份申请了。收到的日子不变。", ("office", "reason"),
        lambda counter, taking, typed: assign(counter, taking, office=typed["office"], reason=typed["reason"]),
        _offices,
    ),
    "transfer": StepPage(
        "转到别的部门", "这份申请在这里就办结了，不能再改。还要通知到本人。", ("authority", "reason"),
        lambda counter, taking, typed: transfer(
            counter, taking, authority=typed["authority"], reason=typed["reason"]
        ),
        objects=True, grave=True,
    ),
    "not-accept": StepPage(
        "不予受理", "这份申请就办结了，不能再改。还要通知到本人。", ("reasons",),
        lambda counter, taking, typed: not_accept(counter, taking, reasons=typed["reasons"]),
        objects=True, grave=True,
    ),
    "end": StepPage(
        "终止办理", "这份申请就办结了，不能再改。还要通知到本人。", ("reasons",),
        lambda counter, taking, typed: end(counter, taking, reasons=typed["reasons"]), objects=True, grave=True,
    ),
    "approve": StepPage(
        "作出决定：同意", "决定作出以后不能再改。还要通知到本人。", ("text",),
        lambda counter, taking, typed: approve(counter, taking, text=typed["text"]), objects=True,
    ),
    "refuse": StepPage(
        "作出决定：不同意", "决定作出以后不能再改。还要通知到本人。", ("reasons",),
        lambda counter, taking, typed: refuse(counter, taking, reasons=typed["reasons"]), objects=True, grave=True,
    ),
    "void-code": StepPage(
        "作废原来的查询码", "作废以后，原来的查询码马上不能用。接着可以补发新的。", ("reason",),
        lambda counter, taking, typed: void_code(counter, taking, reason=typed["reason"]), grave=True,
    ),
    "issue-code": StepPage(
        "补发新的查询码", "新的查询码只显示这一次，请当面打印给本人。", ("identity_checked",),
        lambda counter, taking, typed: issue_code(
            counter, taking, identity_checked=typed["identity_checked"] == "yes"
        ),
    ),
}  # fmt: skip
"""By the names of counter/steps.py. Not here: return (beside the answers), accept (accept_pages), tell (calls)."""
