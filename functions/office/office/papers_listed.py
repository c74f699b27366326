"""The files of an opened application, as its page lists them: by question, and by the correction that dropped one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import READY
from doorstep.counter.attached import Sent, all_sent, sent_in
from doorstep.counter.opening import Opened
from office.paper_page import Look, papers_address
from office.paper_words import GONE, NEW, UNKNOWN, not_ready
from office.readings_shown import short_code
from office.visitor import Visit


def papers_listed(visit: Visit, opened: Opened, why: str) -> dict[str, Any]:
    """`now`: the question's JSON Pointer → its files; `added` and `dropped`: the same of each correction, oldest first;
    and the form that opens one. Where the files cannot be asked about now, that is said of each: answers can be read.
    """
    unknown = False
    try:
        sent = all_sent(visit.house.counter, opened)
    except StoreUnavailable:
        sent, unknown = sent_in(opened, {}), True
    new = {one.name for group in sent.added for one in group}
    address = papers_address(opened.head.reference)
    return {
        "now": _by_pointer(sent.now, lambda one: NEW if one.name in new else "", unknown=unknown),
        "added": [_by_pointer(group, lambda _: NEW, unknown=unknown) for group in sent.added],
        "dropped": [_by_pointer(group, lambda _: GONE, unknown=unknown) for group in sent.dropped],
        "any": any(one.status == READY for group in sent.groups() for one in group),
        "action": address,
        "csrf": visit.csrf(address),
        "why": why,
    }


def _by_pointer(
    files: Iterable[Sent], mark: Callable[[Sent], str], *, unknown: bool
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in files:
        found.setdefault(f"/{one.field}", []).append(_row(one, mark(one), unknown=unknown))
    return found


def _row(one: Sent, mark: str, *, unknown: bool) -> dict[str, Any]:
    ready = one.status == READY
    return {
        "number": one.number,
        "title": one.title,
        "pages": one.pages,
        "mark": mark,
        "code": short_code(one.name),
        "look": Look(one.name) if ready else None,
        "words": UNKNOWN if unknown else "" if ready else not_ready(one.status, one.why),
    }
