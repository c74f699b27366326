"""What staff should know of replaced access codes before they believe what came in with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.standing import CODE_ISSUED
from office.moments import short_time

USED = {"corrected": "改过内容", "withdrawn": "撤回了申请", "supplied": "填了收款账户"}
"""What a resident does with a code, as it is said of them."""


class NewCode(NamedTuple):
    """`words`: how often and when it was replaced; `used`: what was done with a new one, "" for nothing."""

    words: str
    used: str


def new_code(events: Sequence[Mapping[str, Any]]) -> NewCode | None:
    """None where the first code still opens it."""
    issued = [number for number, event in enumerate(events) if event["type"] == CODE_ISSUED]
    if not issued:
        return None
    kinds = {str(event["type"]) for event in events[issued[0] :]}
    done = "、".join(words for kind, words in USED.items() if kind in kinds)
    used = f"换了以后，有人用新的查询码{done}：先向本人问清楚。" if done else ""
    return NewCode(f"一共{len(issued)}次，最近一次{short_time(str(events[issued[-1]]['at']))}。", used)
