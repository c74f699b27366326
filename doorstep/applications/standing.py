"""Where an application stands: one pure function of its signed events, for head, queue and every page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.status import EVENTS, OPEN

TOLD, NOT_REACHED = "told", "not_reached"
"""What can come of trying to tell a resident (`notified` events)."""

WAITS_FOR_RESIDENT = "returned"
CODE_ISSUED = "code_issued"
CONTACT_BEFORE = "contact_before"
"""In a correction: the wrap of the numbers from before it, kept since a new code is unasked; null for none."""


class Notice(NamedTuple):
    """What somebody is to be told of: the event's `id` ("" for nothing), `at` when it was written, and `misses`, how
    often staff reached nobody (a message that could not be sent is none).
    """

    id: str = ""
    at: str = ""
    misses: int = 0


NOTHING = Notice()


class Standing(NamedTuple):
    """`status`; `office`, which holds it; `stage` of the guide ("" before acceptance or where a guide has none);
    `list` of that office: unread, corrected, waiting, and once it is accepted working, working-corrected,
    working-waiting; closed.

    `since` orders a list (UTC): received at, accepted at, or closed at. `news` is the last step the resident still has
    to be told of. `new_code` is a replaced access code nobody has asked them about yet, and `issuers` are the staff
    ids of those who gave codes since somebody did: it waits behind the news, and nothing the code opened settles it.
    `kept_contact`: the numbers were corrected since, and those from before are the ones to ask at. `supplied`: what is
    asked only after approval came.
    """

    status: str
    office: str
    stage: str
    list: str
    since: str
    news: Notice = NOTHING
    new_code: Notice = NOTHING
    issuers: frozenset[str] = frozenset()
    kept_contact: bool = False
    supplied: bool = False

    @property
    def notice(self) -> str:
        """The event the resident is to be told of now, "" for none."""
        return self._next.id

    @property
    def notice_at(self) -> str:
        """When it was written."""
        return self._next.at

    @property
    def misses(self) -> int:
        """How often staff reached nobody."""
        return self._next.misses

    @property
    def _next(self) -> Notice:
        return self.news if self.news.id else self.new_code


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
        supplied=now.supplied or kind == "supplied",
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
    """A newer step is the news; whoever corrects, withdraws or supplies has seen it. Not so a replaced code: whoever
    did that may be the very person its resident should hear of.
    """
    if event["type"] == CODE_ISSUED:
        issued = Notice(str(event["id"]), str(event["at"]))
        return now._replace(new_code=issued, issuers=now.issuers | {str(event.get("staff"))})
    if told:
        return now._replace(news=Notice(str(event["id"]), str(event["at"])))
    if event["type"] == "notified" and now.notice and event.get("notice") == now.notice:
        missed = event.get("outcome") == NOT_REACHED
        left = Notice(now.notice, now.notice_at, now.misses + ("staff" in event)) if missed else NOTHING
        if now.news.id:
            return now._replace(news=left)
        if missed:
            return now._replace(new_code=left)
        return now._replace(new_code=NOTHING, issuers=frozenset(), kept_contact=False)
    kept = now.kept_contact or (bool(now.new_code.id) and CONTACT_BEFORE in event)
    return now._replace(news=NOTHING, kept_contact=kept) if by_resident else now
