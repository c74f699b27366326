"""Where an application stands: one pure function of its signed events, for head, queue and every page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.status import EVENTS, OPEN

TOLD, NOT_REACHED = "told", "not_reached"
"""What can come of trying to tell a resident (`notified` events)."""

WAITS_FOR_RESIDENT = "returned"


class Standing(NamedTuple):
    """`status`; `office`, which holds it; `stage` of the guide ("" before acceptance or where a guide has none);
    `list` of that office: unread, corrected, waiting, and once it is accepted working, working-corrected,
    working-waiting; closed.

    `since` orders a list (UTC): received at, accepted at, or closed at. `notice` is the event the resident still has
    to be told of ("" for none), `notice_at` when it was written, `misses` how often staff reached nobody (a message
    that could not be sent is none).
    """

    status: str
    office: str
    stage: str
    list: str
    since: str
    notice: str = ""
    notice_at: str = ""
    misses: int = 0


def standing(events: Sequence[Mapping[str, Any]]) -> Standing:
    """What these payloads, oldest first and at least one, lead to."""
    now = received(events[0])
    for event in events[1:]:
        now = after(now, event)
    return now


def received(event: Mapping[str, Any]) -> Standing:
    """Where the first event puts an application."""
    return Standing("received", str(event.get("office", "")), "", "unread", str(event.get("at", "")))


def after(now: Standing, event: Mapping[str, Any]) -> Standing:
    """Where this event leads from there. A type it does not know changes nothing."""
    kind, at = str(event.get("type")), str(event.get("at", ""))
    known = EVENTS.get(kind)
    if known is None:
        return now
    accepted = kind == "accepted" or now.list.startswith("working")
    status = known.status or now.status
    if kind == "corrected" and accepted:
        status = "accepted"  # a correction after acceptance undoes nothing
    looked_at = known.signed_by == "office" and kind not in _ASIDE
    came_back = kind == "corrected" or (now.list.endswith("corrected") and not looked_at)
    moved = kind == "accepted" or (status not in OPEN and now.status in OPEN)
    there = now._replace(
        status=status,
        office=str(event.get("office", now.office)),
        stage=str(event.get("stage", now.stage)),
        list=_list(status, accepted=accepted, came_back=came_back),
        since=at if moved else now.since,
    )
    return _after_notice(there, event, told=known.told, by_resident=known.signed_by == "intake")


_ASIDE = frozenset({"notified", "code_voided", "code_issued", "assigned"})
"""Office's events after which what came back corrected has still not been looked at."""


def _list(status: str, *, accepted: bool, came_back: bool) -> str:
    if status not in OPEN:
        return "closed"
    if status == WAITS_FOR_RESIDENT:
        return "working-waiting" if accepted else "waiting"
    if came_back:
        return "working-corrected" if accepted else "corrected"
    return "working" if accepted else "unread"


def _after_notice(now: Standing, event: Mapping[str, Any], *, told: bool, by_resident: bool) -> Standing:
    """A newer step is the news; whoever corrects or withdraws has seen it."""
    if told:
        return now._replace(notice=str(event["id"]), notice_at=str(event["at"]), misses=0)
    if event["type"] == "notified" and event.get("notice") == now.notice:
        if event.get("outcome") == NOT_REACHED:
            return now._replace(misses=now.misses + ("staff" in event))
        return now._replace(notice="", notice_at="", misses=0)
    return now._replace(notice="", notice_at="", misses=0) if by_resident else now
