"""What staff read about applications: states, events, steps done, people. Residents' words stand in status.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.applications.clock_words import UNITS
from doorstep.applications.receipt import AT_COUNTER, WHO_FILED
from doorstep.applications.standing import NOT_REACHED, Standing
from doorstep.counter.counter import Counter
from doorstep.counter.staff import ROLES, StaffRegistry

LISTS = {
    "unread": "还没处理",
    "corrected": "改好交回的",
    "waiting": "等居民改",
    "working": "正在办",
    "working-corrected": "正在办，改好交回了",
    "working-waiting": "正在办，等居民改",
}
"""Where an open application stands."""

CLOSED = {
    "approved": "同意了",
    "refused": "没有同意",
    "not_accepted": "没有受理",
    "transferred": "转到别的部门了",
    "ended": "终止办理了",
    "withdrawn": "居民撤回了",
}
"""How a closed one ended."""

SUPPLIED_CAME = "收款账户收到了"

EVENTS = {
    "received": "收到申请",
    "returned": "请居民补正",
    "corrected": "居民改好交回",
    "accepted": "正式受理",
    "advanced": "转到下一步",
    "extended": "延长办理期限",
    "assigned": "转给该受理的单位",
    "approved": "作出决定：同意",
    "refused": "作出决定：不同意",
    "not_accepted": "不予受理",
    "transferred": "转到别的部门",
    "ended": "终止办理",
    "withdrawn": "居民撤回申请",
    "supplied": SUPPLIED_CAME,
    "notified": "通知居民",
    "code_voided": "作废查询码",
    "code_issued": "补发查询码",
}

DONE = {
    "return": "已经请居民补正。请打印告知书，再通知居民。",
    "accept": "已经正式受理。",
    "advance": "已经转到下一步。",
    "extend": "已经延长办理期限。",
    "assign": "已经转给该受理的单位。",
    "approve": "决定已经作出：同意。",
    "refuse": "决定已经作出：不同意。",
    "not-accept": "已经写明不予受理。",
    "transfer": "已经写明转到别的部门。",
    "end": "已经终止办理。",
    "void-code": "原来的查询码已经作废。接着可以补发新的。",
    "told": "已经记下：通知到了。",
    "missed": "已经记下：没找到人。",
    "told-already": "这一条同事已经通知到了，或者又有了新的进展，没有再记。",
}
"""One line of what was done, by the step's name; an address names it, never the words."""

TABS = {
    "unread": "还没处理",
    "corrected": "改好交回的",
    "due-today": "今天到期",
    "overdue": "超期的",
    "working": "正在办",
    "waiting": "等居民改",
    "closed": "已办结",
}
"""The lists of the first page (counter/lists.py), by their names in an address."""

EMPTY = {
    "unread": ("没有还没处理的申请", "新交来的申请会先到这里，等得最久的排在最前面。"),
    "corrected": ("没有改好交回的", "居民照告知书改好交回来以后，会到这里，请先看这些。"),
    "due-today": ("今天没有到期的", "期限最后一天是今天的会到这里。还没有公布办理天数的业务，不会到期。"),
    "overdue": ("没有超期的", "过了期限还没有答复的会到这里。"),
    "working": ("没有正在办的", "正式受理以后、作出决定以前的申请在这里。"),
    "waiting": ("没有在等居民改的", "发了一次性告知书、还没有交回来的申请在这里。"),
    "closed": ("还没有办结的", "作出决定、不予受理、转走、终止办理和居民撤回的申请在这里，最近的在最前面。"),
    "filtered": ("没有符合的申请", "换一个业务或者社区，或者去掉筛选再看。"),
}
"""What an empty list says: title, and what would stand in it."""

NOT_SIGNED_IN = f"{WHO_FILED['counter']}的，没有登录"
NOT_REGISTERED = "替填的人不在名册里，或者那时已经停用。请先和居民核对是不是他要办的，再往下办。"

CHANNELS = {"visit": "上门"}

OUTCOMES = {"told": "通知到了", NOT_REACHED: "没找到人"}


def state(now: Standing) -> str:
    """Where it stands, in a few words."""
    return CLOSED.get(now.status, "已办结") if now.list == "closed" else LISTS.get(now.list, now.list)


def place_title(counter: Counter, code: str) -> str:
    """The community's name with its street; what nobody knows is said so."""
    community = counter.places.community(code)
    return f"{community.street_name} {community.name}" if community else "还不知道是哪个社区"


def stage_title(service: Mapping[str, Any], stage: str) -> str:
    """What the guide calls a stage; "" for none."""
    return next((str(one["title"]) for one in service.get("stages", []) if one["id"] == stage), "")


def person(counter: Counter, staff: StaffRegistry, staff_id: str) -> str:
    """A colleague: office, role and name, from the register, as events hold the id alone."""
    found = staff.by_id(staff_id)
    if found is None:
        return f"工作人员 {staff_id}"
    return f"{counter.offices.title(found.office)} {ROLES[found.role]} {found.name}"


def filed_by(received: Mapping[str, Any]) -> str:
    """Who filled it in, as the first event has it; "" for what a newer release may say."""
    if "filer" in received:
        return AT_COUNTER
    said = str(received.get("filed_by"))
    return NOT_SIGNED_IN if said == "counter" else WHO_FILED.get(said, "")


def author(counter: Counter, staff: StaffRegistry, event: Mapping[str, Any]) -> str:
    """Who took a step."""
    if "staff" in event:
        return person(counter, staff, str(event["staff"]))
    if "filer" in event:
        return person(counter, staff, str(event["filer"]))
    if event["type"] == "received":
        return filed_by(event) or "居民"
    return "系统" if "channel" in event else "居民"


def more(counter: Counter, service: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """What else an event says openly: never anything sealed."""
    kind, parts = event["type"], []
    if "filer" in event:
        parts.append(AT_COUNTER)
    if event.get("stage"):
        parts.append(f"到“{stage_title(service, str(event['stage']))}”")
    if event.get("office") and kind != "received":
        parts.append(f"由{counter.offices.title(str(event['office']))}接着办")
    if kind == "extended":
        limit = next((one for one in service.get("limits", []) if one["id"] == event["limit"]), None)
        parts.append(f"一共{event['days']}{UNITS[limit['unit']] if limit else '天'}")
    if kind == "notified":
        parts += [OUTCOMES.get(str(event.get("outcome")), ""), CHANNELS.get(str(event.get("channel")), "")]
    return "，".join(filter(None, parts))
