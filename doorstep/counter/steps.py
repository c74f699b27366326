"""Every step staff can take: one table, asked by the pages (what to offer) and by the use cases (what to allow)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from doorstep.applications.clock import Clock
from doorstep.applications.head import Head
from doorstep.applications.standing import CODE_ISSUED, Standing
from doorstep.counter.counter import Counter
from doorstep.counter.extensions import extendable, still_extendable
from doorstep.counter.remedies import can_object
from doorstep.counter.room import has_code_room, has_room
from doorstep.counter.staff import Staff
from doorstep.counter.stages import assignable, at_its_end, has_lasted, may_accept, stage_known

UNDECIDED = frozenset({"unread", "corrected", "waiting"})
LOOKED_AT = frozenset({"unread", "corrected", "working", "working-corrected"})
WORKING = frozenset({"working", "working-corrected"})
WAITING = frozenset({"waiting", "working-waiting"})
OPEN_LISTS = UNDECIDED | WORKING | {"working-waiting"}
ANY_LIST = OPEN_LISTS | {"closed"}

MOST_CODES = 5
"""Times the code of one application is replaced. Each opens it for whoever holds the slip."""

_CLERK, _DECIDER = frozenset({"clerk"}), frozenset({"decider"})
_BOTH = _CLERK | _DECIDER


class StepRule(NamedTuple):
    """A step: the `kind` of event it writes, its name on a button, who may take it, from which lists of the office,
    and what else must hold (keys of OBSTACLES). `anywhere`: by every office it has stood with, wherever it is now.
    """

    kind: str
    title: str
    roles: frozenset[str]
    lists: frozenset[str]
    needs: tuple[str, ...] = ()
    anywhere: bool = False


STEPS: dict[str, StepRule] = {
    "return": StepRule("returned", "请居民补正", _BOTH, LOOKED_AT | WAITING, ("room",)),
    "accept": StepRule("accepted", "正式受理", _CLERK, UNDECIDED, ("accepting",)),
    "advance": StepRule("advanced", "转到下一步", _BOTH, WORKING, ("stage", "next-stage", "lasted")),
    "extend": StepRule("extended", "延长办理期限", _BOTH, WORKING, ("limit", "limit-over", "room")),
    "assign": StepRule("assigned", "转给该受理的单位", _BOTH, UNDECIDED, ("another-office", "room")),
    "approve": StepRule("approved", "同意", _DECIDER, WORKING, ("stage", "last-stage", "lasted", "not-filer")),
    "refuse": StepRule(
        "refused", "不同意", _DECIDER, WORKING, ("stage", "last-stage", "lasted", "not-filer", "appeal")
    ),
    "not-accept": StepRule("not_accepted", "不予受理", _BOTH, UNDECIDED, ("accepting", "appeal")),
    "transfer": StepRule("transferred", "转到别的部门", _BOTH, OPEN_LISTS),
    "end": StepRule("ended", "终止办理", _BOTH, OPEN_LISTS, ("appeal",)),
    "tell": StepRule("notified", "记录通知结果", _BOTH, ANY_LIST, ("another-caller",)),
    "void-code": StepRule("code_voided", "作废查询码", _CLERK, ANY_LIST, ("code", "codes", "code-room"), anywhere=True),
    "issue-code": StepRule("code_issued", "补发查询码", _CLERK, ANY_LIST, ("no-code",), anywhere=True),
}

OBSTACLES = {
    "office": "这份申请现在不在您的单位",
    "role": "您的岗位不办这一步",
    "list": "现在的状态不能办这一步",
    "accepting": "这一步由受理这项业务的单位办",
    "stage": "这份申请停在的那一步，办事指南里没有了：请系统管理员先把它补回去",
    "next-stage": "没有下一步了，接下来是作决定",
    "last-stage": "还没到作决定的时候",
    "lasted": "这份申请停在的那一步，还没有满规定的天数",
    "limit": "没有还能延长的期限",
    "limit-over": "办理期限已经过了，不能再延长",
    "another-office": "没有别的单位能受理",
    "not-filer": "这份申请是您替居民填的，请别的同事作决定",
    "appeal": "这项业务没有写明不服决定怎么办，不能作这样的决定",
    "code": "原来的查询码已经作废",
    "no-code": "先作废原来的查询码，再补发",
    "codes": f"查询码已经换过{MOST_CODES}次，不能再换了：请本人到窗口来看、来办",
    "code-room": "这份申请的记录快满了，不能再换查询码：请本人到窗口来看、来办",
    "another-caller": "新的查询码是您给的，请别的同事打电话问本人",
    "room": "这份申请来回的次数太多，记不下了：请作出决定，或者终止办理后请居民重新申请",
}
"""Why a step is not possible, as a page says it."""


class Known(Protocol):
    """What is known of an application without opening it (`opening.Peeked`)."""

    @property
    def head(self) -> Head: ...
    @property
    def standing(self) -> Standing: ...
    @property
    def events(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def offices(self) -> frozenset[str]: ...
    @property
    def clock(self) -> Clock: ...


def possible(counter: Counter, staff: Staff, peeked: Known) -> tuple[str, ...]:
    """The names of the steps this staff member may take now, in the table's order."""
    return tuple(name for name in STEPS if obstacle(counter, staff, peeked, name) is None)


def obstacle(counter: Counter, staff: Staff, peeked: Known, name: str) -> str | None:
    """What stands against this step, a key of OBSTACLES; None when it may be taken."""
    rule, now = STEPS[name], peeked.standing
    if staff.office != now.office and not (rule.anywhere and staff.office in peeked.offices):
        return "office"
    if staff.role not in rule.roles:
        return "role"
    if now.list not in rule.lists:
        return "list"
    return next((need for need in rule.needs if not NEEDS[need](counter, staff, peeked)), None)


def _codes_issued(peeked: Known) -> int:
    return sum(event["type"] == CODE_ISSUED for event in peeked.events)


def _may_ask(staff: Staff, now: Standing) -> bool:
    """Whoever gave a new code may not be the one who finds out whether its resident came for it."""
    return bool(now.news.id) or staff.id not in now.issuers


def _service(counter: Counter, peeked: Known) -> Mapping[str, Any]:
    return counter.service(peeked.head.service)


NEEDS: dict[str, Callable[[Counter, Staff, Known], bool]] = {
    "accepting": lambda c, _, it: may_accept(c, _service(c, it), it.standing.office),
    "stage": lambda c, _, it: stage_known(_service(c, it), it.standing),
    "next-stage": lambda c, _, it: not at_its_end(_service(c, it), it.standing),
    "last-stage": lambda c, _, it: at_its_end(_service(c, it), it.standing),
    "lasted": lambda c, _, it: has_lasted(c, _service(c, it), it.standing, it.events),
    "limit": lambda c, _, it: bool(extendable(_service(c, it), it.events)),
    "limit-over": lambda c, _, it: bool(still_extendable(_service(c, it), it.events, it.clock, c.today())),
    "another-office": lambda c, _, it: bool(assignable(c, _service(c, it), it.standing)),
    "not-filer": lambda _, staff, it: all(event.get("filer") != staff.id for event in it.events),
    "appeal": lambda c, _, it: can_object(_service(c, it)),
    "code": lambda _, __, it: "resident" in it.head.wraps,
    "no-code": lambda _, __, it: "resident" not in it.head.wraps,
    "codes": lambda _, __, it: _codes_issued(it) < MOST_CODES,
    "code-room": lambda _, __, it: has_code_room(it.head, it.standing),
    "another-caller": lambda _, staff, it: _may_ask(staff, it.standing),
    "room": lambda _, __, it: has_room(it.head, it.standing),
}
"""What else a step may need, by the names that stand in STEPS and OBSTACLES."""
