"""Every step once, with words that are enough for it: what tests of all steps alike go through."""

from __future__ import annotations

from collections.abc import Callable

from doorstep.applications.head import Head
from doorstep.applications.journal import events, verify_chain
from doorstep.applications.standing import standing
from doorstep.counter.closing import end, not_accept, transfer
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.deciding import approve, refuse
from doorstep.counter.moving import advance, assign, extend
from doorstep.counter.taking import Taking
from tests.unit.counter.world import OTHER_STREET, World, signed

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
    seen = events(world.head(taking.reference))[: taking.seen]  # as the page had it
    return following.get(standing(seen).stage, "")


def chain_holds(world: World, head: Head) -> bool:
    return verify_chain(head, world.intake.keys.public_keys) == []
