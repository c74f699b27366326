"""What the clock says, in words: one sentence, the same for resident, staff and programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doorstep.applications.clock import TELLING, Clock, Deadline, is_overdue, people_write
from doorstep.applications.limits import is_dated

NO_DATE = "这项业务还没有公布办理天数"
ESTIMATED = "放假安排还没有全部公布，日子可能差几天"
UNITS = {"working_day": "个工作日", "calendar_day": "天"}
_SINCE = {
    "received": "从收到申请起",
    "accepted": "从正式受理起",
    "silence": "到期没有答复，从收到申请起算正式受理，",
}


def clock_words(service: Mapping[str, Any], clock: Clock, today: dt.date) -> str:
    """By when it will be answered, and where that comes from; empty once the application is closed.

    `today` (in Beijing) decides only whether it says that the day has passed.
    """
    if clock.closed:
        return ""
    if (next_one := clock.respond_by) is not None:
        return deadline_words(next_one) + ("，已经过了这一天" if is_overdue(next_one, today) else "")
    waiting = [limit for limit in service["limits"] if is_dated(limit)]
    if clock.accepted or not waiting:
        return NO_DATE
    soonest = min(waiting, key=lambda limit: int(limit["days"]))
    return f"还没有正式受理；正式受理后{soonest['days']}{UNITS[soonest['unit']]}内有结果（{_behind(soonest)}）"


def deadline_words(deadline: Deadline) -> str:
    """“最晚2027年1月5日（从正式受理起30个工作日，依据…）”, and what else one must know of that day."""
    unit = UNITS[deadline.unit]
    parts = [
        f"{_SINCE[deadline.start]}{deadline.days}{unit}",
        *([f"原来是{deadline.first_days}{unit}，已经延长"] if deadline.extended else []),
        f"依据{deadline.basis}" if deadline.statutory else deadline.basis,
        *([ESTIMATED] if deadline.estimated else []),
    ]
    inside = "，".join(parts)
    if deadline.pause_basis:
        return f"等着补齐，等的这些天不算，补齐以后接着算（{inside}；停下来的依据是{deadline.pause_basis}）"
    what = "答复是否正式受理" if deadline.id == TELLING else ""
    return f"最晚{people_write(deadline.by)}{what}（{inside}）"


def _behind(limit: Mapping[str, Any]) -> str:
    if limit.get("basis"):
        return f"依据{limit['basis']}"
    return f"{limit['confirmed_by']}{people_write(limit['confirmed_on'])}确认"
