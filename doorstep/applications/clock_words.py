"""What the clock says, in words: one sentence, the same for resident, staff and programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.clock import TELLING, Clock, Deadline, is_overdue
from doorstep.applications.limits import is_dated, people_write, stands_behind, weeks_long

NO_DATE = "这项业务还没有公布办理天数"
ESTIMATED = "放假安排还没有全部公布，日子可能差几天"
GOES_ON = "您改、补的这些天，也算在办理的天数里。"
PAUSED = "您改、补的这些天，不算在办理的天数里。"
NOT_BEGUN = "现在还没有正式受理，办理的天数还没有开始算；改好、补齐了，工作人员才好收下来办。"
UNITS = {"working_day": "个工作日", "calendar_day": "天"}
_SINCE = {
    "received": "从收到申请起",
    "accepted": "从正式受理起",
    "silence": "到期没有答复，从收到申请起算正式受理，",
}


class Said(NamedTuple):
    """A date in words, in two parts for pages that set them apart: `when`, and where it comes from (`behind`, "" where
    nothing is known). `passed` is empty, or says that the day is over.
    """

    when: str
    behind: str = ""
    passed: str = ""

    def __str__(self) -> str:
        return self.when + (f"（{self.behind}）" if self.behind else "") + self.passed


def clock_words(service: Mapping[str, Any], clock: Clock, today: dt.date) -> str:
    """`clock_said` as one sentence."""
    return str(clock_said(service, clock, today))


def clock_said(service: Mapping[str, Any], clock: Clock, today: dt.date) -> Said:
    """By when it will be answered, and where that comes from; empty once the application is closed.

    `today` (in Beijing) decides only whether it says that the day has passed.
    """
    if clock.closed:
        return Said("")
    if (next_one := clock.respond_by) is not None:
        return deadline_said(next_one)._replace(passed="，已经过了这一天" if is_overdue(next_one, today) else "")
    waiting = [limit for limit in service["limits"] if is_dated(limit)]
    if clock.accepted or not waiting:
        return Said(NO_DATE)
    soonest = min(waiting, key=weeks_long)
    return Said(f"还没有正式受理；正式受理后{soonest['days']}{UNITS[soonest['unit']]}内有结果", _behind(soonest))


def correcting_words(service: Mapping[str, Any], clock: Clock) -> str:
    """Whether the days go on while the resident corrects; empty where no days are known, or it is closed."""
    if clock.closed:
        return ""
    if (running := clock.respond_by) is not None:
        return PAUSED if running.pause_basis else GOES_ON
    return "" if clock.accepted or not any(is_dated(limit) for limit in service["limits"]) else NOT_BEGUN


def deadline_said(deadline: Deadline) -> Said:
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
        return Said("等着补齐，等的这些天不算，补齐以后接着算", f"{inside}；停下来的依据是{deadline.pause_basis}")
    what = "答复是否正式受理" if deadline.id == TELLING else ""
    return Said(f"最晚{people_write(deadline.by)}{what}", inside)


def _behind(limit: Mapping[str, Any]) -> str:
    return f"依据{limit['basis']}" if limit.get("basis") else stands_behind(limit)
