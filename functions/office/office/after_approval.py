"""What is asked only after approval, an account for the money, as staff read it: that it came, and once opened what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.errors import Tampered
from doorstep.applications.reading import APPROVED, SUPPLIED, Supplied
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.peeking import Peeked
from doorstep.forms.conditions import asked_fields
from doorstep.forms.entries import Entry, entries_of
from office.moments import short_time

CALL = "打款前请电话跟本人核对"

FILLED_FOR_THEM = {
    "counter": f"这份申请是工作人员替居民填的，填的人见过查询码：{CALL}。",
    "agent": f"这份申请是别人替居民填的，那个人也有查询码：{CALL}。",
}
"""By who filed it: whoever has the code can send another account."""


class Version(NamedTuple):
    """What was filled in at one time: `at` when (UTC)."""

    at: str
    entries: tuple[Entry, ...]


class Came(NamedTuple):
    """What its resident filled in: `versions`, the newest first, which alone counts; `doubts`: why to call first."""

    title: str
    versions: tuple[Version, ...]
    doubts: tuple[str, ...]


def account_state(peeked: Peeked) -> str:
    """Whether it came, and when, without opening it; "" where nothing is asked."""
    times = came_at(peeked.events)
    if times:
        again = f"，换过，一共填过{len(times)}次，{CALL}" if len(times) > 1 else ""
        return f"收到了，{short_time(times[-1])}{again}"
    waits = peeked.head.status == APPROVED and peeked.service.get("after_approval")
    return "还没有填，居民在网页上或者到窗口填" if waits else ""


def came_at(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """When it came each time (UTC), the newest last."""
    return [str(event["at"]) for event in events if event["type"] == SUPPLIED]


def account_of(counter: Counter, opened: Opened) -> Came | None:
    """All that came, in full; None before it. Raises Tampered."""
    if not opened.supplied:
        return None
    versions = [_version(counter, opened, one) for one in reversed(opened.supplied)]
    changed = f"收款账户换过，一共填过{len(versions)}次：{CALL}。" if len(versions) > 1 else ""
    filed = FILLED_FOR_THEM.get(str(opened.events[0].get("filed_by")), "")
    return Came(versions[0][0], tuple(one for _, one in versions), tuple(filter(None, (changed, filed))))


def _version(counter: Counter, opened: Opened, one: Supplied) -> tuple[str, Version]:
    """The form's title, and what was filled in."""
    form = counter.library.find(one.form, one.form_version)
    if form is None:
        raise Tampered(opened.head.reference, "what was filled in after approval was never published here")
    return form.title, Version(one.at, entries_of(asked_fields(form.fields, one.answers), one.answers, counter.places))
