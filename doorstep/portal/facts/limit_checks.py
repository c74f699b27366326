"""Limits of a guide that contradict one another: an office may promise less time than the law gives it, never more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

TELLING = "acceptance"
"""The id of the day by which the office says whether it accepts: computed from `acceptance`, not from a limit."""


AT_ONCE = "on_the_spot"
"""The unit of what is done while one waits: it has no days."""


def check_limits(limits: Any, *, online: bool = False) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(index, (problem, remedy, rule)) for a guide's `limits` as YAML has them; what the schema refuses is its own.

    `online`: the service is applied for here, so somebody waits for days.
    """
    yield from _at_once(limits if isinstance(limits, list) and online else ())
    listed = [limit if _whole(limit) else None for limit in limits] if isinstance(limits, list) else []
    seen: set[tuple[str, bool]] = set()
    for index, limit in enumerate(listed):
        if limit is None:
            continue
        if limit["id"] == TELLING:
            remedy = "换一个 id；这个名字是“多少天内答复是否正式受理”用的"
            yield index, (f"期限的 id 不能叫 {TELLING}", remedy, "limit-id")
        most = limit.get("at_most")
        if most is not None and "basis" not in limit:
            yield index, ("没有依据就不能延长", "写上 basis，或者去掉 at_most", "limit-basis")
        elif isinstance(most, int) and most < limit["days"]:
            yield index, (f"at_most（{most}）比 days（{limit['days']}）还短", "照法规原文改", "limit-crossed")
        kind = (str(limit["id"]), "basis" in limit)
        if kind in seen:
            remedy = "法定的写一条，确认过的写一条；别的期限另起一个 id"
            yield index, (f"有两条 {limit['id']}", remedy, "limit-twice")
        seen.add(kind)
        law = next((each for each in listed if each and "basis" in each and each["id"] == limit["id"]), None)
        if "basis" not in limit and law is not None and _longer(limit, law):
            problem = f"承诺的 {limit['days']} 比法定的 {law['days']} 长"
            yield index, (problem, "改短，或者去掉这条承诺", "limit-longer-than-law")
        elif "basis" not in limit and law is not None and limit.get("unit") != law.get("unit"):
            problem = "承诺的和法定的，一个按工作日算，一个按天算，居民不好比"
            yield index, (problem, "请办事单位照法定的算法说", "limit-unit-differs")


def _at_once(limits: Iterable[Any]) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for index, limit in enumerate(limits):
        if isinstance(limit, dict) and limit.get("unit") == AT_ONCE:
            yield index, ("网上申请的，不会当场办好", "写几天 days 和 unit；没有公布的去掉这一条", "limit-at-once")


def _whole(limit: Any) -> bool:
    return isinstance(limit, dict) and type(limit.get("days")) is int and "id" in limit


def _longer(promise: dict[str, Any], law: dict[str, Any]) -> bool:
    """Whether the promise ends later in ordinary weeks, where five working days take seven.

    What runs from receipt may end before what runs from acceptance, however long: that is not known here.
    """
    if (promise.get("from"), law.get("from")) == ("received", "accepted"):
        return False
    return _in_weeks(promise) > _in_weeks(law)


def _in_weeks(limit: dict[str, Any]) -> int:
    return int(limit["days"]) * (7 if limit.get("unit") == "working_day" else 5)
