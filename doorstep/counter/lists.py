"""The office's lists, page by page: what is unread, came back, is due today or overdue, and who came close together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from doorstep.applications.clock import Clock, Deadline, clock, is_overdue
from doorstep.applications.desk import WRITTEN, read_time
from doorstep.applications.errors import Tampered
from doorstep.applications.head import Head, QueueEntry
from doorstep.applications.journal import events
from doorstep.applications.queues import arrivals
from doorstep.applications.standing import Standing, standing
from doorstep.applications.status import OPEN
from doorstep.counter.counter import Counter
from doorstep.counter.due import due_today, overdue
from doorstep.counter.shelving import ACCEPTED, BEFORE, Found, Walk, entries, with_heads
from doorstep.counter.staff import Staff

PAGE = 50
MOST_COUNTED = 100
"""A tab says at most this much: 100 stands for “99+”."""

MOST_TWINS = 5
MOST_AROUND = 20
"""Entries that are read to find them: closed ones stand among them."""

CLOSE = dt.timedelta(hours=24)


class ListRule(NamedTuple):
    """A list of the page: its title, the office's lists that stand in it, whether the newest come first, and for
    `due` only those whose limit ends today ("today") or has ended ("overdue").
    """

    title: str
    lists: tuple[str, ...]
    newest_first: bool = False
    due: str = ""


LISTS: dict[str, ListRule] = {
    "unread": ListRule("还没处理", ("unread",)),
    "corrected": ListRule("改好交回的", ("corrected", "working-corrected")),
    "due-today": ListRule("今天到期", (*BEFORE, *ACCEPTED), due="today"),
    "overdue": ListRule("超期的", (*BEFORE, *ACCEPTED), due="overdue"),
    "working": ListRule("正在办", ("working",)),
    "waiting": ListRule("等居民改", ("waiting", "working-waiting")),
    "closed": ListRule("已办结", ("closed",), newest_first=True),
}
"""By the name in an address, in the order of the tabs."""


class Row(NamedTuple):
    """One line of a list. `standing` and `clock` are None when its head cannot be read (it is listed all the same);
    `twins`: references of other open ones that came for this service from this community within 24 hours, at most
    MOST_TWINS; none for one that is closed.
    """

    entry: QueueEntry
    service: str
    community: str
    standing: Standing | None
    clock: Clock | None
    overdue: bool
    twins: tuple[str, ...]

    @property
    def respond_by(self) -> Deadline | None:
        return self.clock.respond_by if self.clock else None


class ListPage(NamedTuple):
    """Rows, the longest wait first (in `closed` the newest), and where the next page starts; None at the end."""

    rows: tuple[Row, ...]
    next_after: str | None


def list_page(
    counter: Counter,
    staff: Staff,
    name: str,
    *,
    service: str | None = None,
    place: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> ListPage:
    """A page of the staff member's office's list of this name in LISTS, from just behind `after`.

    `service` (an id) and `place` (a community's code or "unknown") leave the others out. What stands here is unopened
    and unverified: `peek_application` verifies. Raises KeyError for no such list, StoreUnavailable.
    """
    rule = LISTS[name]
    if any("/" in part for part in (service, place) if part):
        return ListPage((), None)  # no such service or community, and no shelf's name
    asked = Walk(service, place, after, limit=limit + 1)
    if rule.due:
        found = list(islice(_due(counter, staff.office, rule, asked), limit + 1))
    else:
        listed = entries(counter, staff.office, rule.lists, asked._replace(newest_first=rule.newest_first))
        found = list(with_heads(counter, islice(listed, limit + 1), limit + 1))
    shown = found[:limit]
    return ListPage(
        tuple(_row(counter, entry, head) for entry, head in shown),
        shown[-1][0].position if len(found) > limit else None,
    )


def counts(counter: Counter, staff: Staff) -> dict[str, int]:
    """How much stands in each of the LISTS, at most MOST_COUNTED. Raises StoreUnavailable."""
    asked, found = Walk(limit=MOST_COUNTED), {}
    for name, rule in LISTS.items():
        all_of_it: Iterator[object] = (
            _due(counter, staff.office, rule, asked) if rule.due else entries(counter, staff.office, rule.lists, asked)
        )
        found[name] = sum(1 for _ in islice(all_of_it, MOST_COUNTED))
    return found


def twins(counter: Counter, entry: QueueEntry) -> tuple[str, ...]:
    """Who else came for this service from this community within 24 hours: perhaps the same family, perhaps not.

    Only where both are open: about what is closed there is nothing left to ask.
    """
    if entry.status not in OPEN:
        return ()
    try:
        came = read_time(entry.received_at)
        around = counter.desk.store.shelf(
            arrivals(entry.service, entry.place),
            after=(came - CLOSE).strftime(WRITTEN),
            until=(came + CLOSE + dt.timedelta(seconds=1)).strftime(WRITTEN),
            limit=MOST_AROUND,
        )
    except (ValueError, OverflowError):
        return ()  # somebody spoiled this row of the list, which reconciling names; the others go on
    others = (other for other in around.entries if other.reference != entry.reference and other.status in OPEN)
    return tuple(other.reference for other in islice(others, MOST_TWINS))


def _due(counter: Counter, office: str, rule: ListRule, asked: Walk) -> Found:
    """Those of an office's applications whose limit ends today, or has ended: exactly, by their clocks."""
    today = counter.today()
    spans = due_today(counter, today) if rule.due == "today" else overdue(counter, today)
    listed = entries(counter, office, rule.lists, asked._replace(spans=spans))
    for entry, head in with_heads(counter, listed, asked.limit):
        by = _clock(counter, entry, head)
        due = by.respond_by if by else None
        if due is not None and (is_overdue(due, today) if rule.due == "overdue" else due.by == today):
            yield entry, head


def _row(counter: Counter, entry: QueueEntry, head: Head | None) -> Row:
    by = _clock(counter, entry, head)
    due, community = by.respond_by if by else None, counter.places.community(entry.place)
    return Row(
        entry=entry,
        service=str(counter.service(entry.service)["title"]) or entry.service,
        community=community.full_name if community else "",
        standing=_standing(head),
        clock=by,
        overdue=due is not None and is_overdue(due, counter.today()),
        twins=twins(counter, entry),
    )


def _clock(counter: Counter, entry: QueueEntry, head: Head | None) -> Clock | None:
    said = _events(head)
    return clock(counter.service(entry.service), said, counter.calendar) if said else None


def _standing(head: Head | None) -> Standing | None:
    said = _events(head)
    return standing(said) if said else None


def _events(head: Head | None) -> list[dict[str, Any]]:
    try:
        return events(head) if head else []
    except Tampered:
        return []  # whoever opens it is told
