"""What is asked only after approval, an account for the money, as staff read it: that it came, and once opened what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.errors import Tampered
from doorstep.applications.reading import APPROVED, SUPPLIED
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.peeking import Peeked
from doorstep.forms.conditions import asked_fields
from doorstep.forms.entries import Entry, entries_of
from office.moments import short_time


class Came(NamedTuple):
    """What its resident filled in: `at` when (UTC), `earlier` when the ones that do not count
    any more came.
    """

    title: str
    at: str
    entries: tuple[Entry, ...]
    earlier: tuple[str, ...]


def account_state(peeked: Peeked) -> str:
    """Whether it came, and when, without opening it; "" where nothing is asked."""
    times = came_at(peeked.events)
    if times:
        again = f"，一共填过{len(times)}次" if len(times) > 1 else ""
        return f"收到了，{short_time(times[-1])}{again}"
    waits = peeked.head.status == APPROVED and peeked.service.get("after_approval")
    return "还没有填，居民在网页上或者到窗口填" if waits else ""


def came_at(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """When it came each time (UTC), the newest last."""
    return [str(event["at"]) for event in events if event["type"] == SUPPLIED]


def account_of(counter: Counter, opened: Opened) -> Came | None:
    """What came last, in full; None before it. Raises Tampered."""
    if not opened.supplied:
        return None
    *earlier, last = opened.supplied
    form = counter.library.find(last.form, last.form_version)
    if form is None:
        raise Tampered(opened.head.reference, "what was filled in after approval was never published here")
    entries = entries_of(asked_fields(form.fields, last.answers), last.answers, counter.places)
    return Came(form.title, last.at, entries, tuple(one.at for one in earlier))
