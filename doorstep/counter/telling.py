"""What is known of telling a resident: what they are still to be told of, how often nobody was reached, what comes
next. Pure, from an application's signed events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.contact import NOTIFIER, NOTIFIER_BEFORE
from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.applications.reading import APPROVED
from doorstep.applications.standing import CODE_ISSUED, NOT_REACHED, TOLD, standing
from doorstep.applications.status import EVENTS
from doorstep.counter.errors import CounterError
from doorstep.counter.room import has_miss_room

VISIT = "visit"
"""Stands as `channel` where staff told somebody at home."""

MISSES_BEFORE_VISIT = 2
"""Calls that reached nobody before somebody goes there."""

MOST_MISSES = 4
"""Misses that are kept for one notice, visits included: each is an event, and a head holds only so many."""

OUTCOMES = {TOLD: "通知到了", NOT_REACHED: "没找到人"}
"""What can come of it, as a page says it."""


class Due(NamedTuple):
    """A resident who is still to be told of one step.

    `notice` is that step's event id and `kind` its type, `what` the line residents read of it, `since` when it was
    taken (UTC). `misses` counts the times staff reached nobody. `visit`: somebody has to go there, after two misses
    or, with `no_number`, at once. `may_miss`: another miss can still be noted. `unsent`: a message could not be sent.
    `issuers`: the staff ids of those who gave the new code it is about; they may not be the ones who ask.
    `before`: the numbers were corrected since that code, so it is asked at those from before. `accepted_too`: it was
    accepted before this step, and nobody has told them of that either.
    """

    reference: str
    office: str
    service: str
    kind: str
    what: str
    since: str
    notice: str
    misses: int
    visit: bool
    no_number: bool
    may_miss: bool
    unsent: bool
    issuers: frozenset[str] = frozenset()
    before: bool = False
    accepted_too: bool = False

    @property
    def asks(self) -> bool:
        """Whether it is a question, so that no message can settle it: was it you who got a new code?"""
        return self.kind == CODE_ISSUED


class ToldAlready(CounterError):
    """There is nothing (more) to tell of this notice: a colleague did, or a newer step is the news. Nothing was
    stored. `head` is the fresh one, `due` what is to be told now, or None.
    """

    def __init__(self, head: Head, now: Due | None) -> None:
        super().__init__(f"{head.reference}: nothing to tell of this notice")
        self.head = head
        self.due = now


def due_of(head: Head) -> Due | None:
    """What this verified head's resident is to be told; None when there is nothing. `service` is the service's id.

    Raises Tampered where an event cannot be read.
    """
    said = events(head)
    now = standing(said)
    if not now.notice:
        return None
    unsent = any(
        (event["type"], event.get("notice"), event.get("outcome")) == ("notified", now.notice, NOT_REACHED)
        for event in said
        if "staff" not in event
    )
    kind = next(str(event["type"]) for event in said if event["id"] == now.notice)
    before = kind == CODE_ISSUED and now.kept_contact
    no_number = (NOTIFIER_BEFORE if before else NOTIFIER) not in head.wraps
    return Due(
        reference=head.reference,
        office=now.office,
        service=head.service,
        kind=kind,
        what=EVENTS[kind].line,
        since=now.notice_at,
        notice=now.notice,
        misses=now.misses,
        visit=no_number or now.misses >= MISSES_BEFORE_VISIT,
        no_number=no_number,
        may_miss=now.misses < MOST_MISSES and has_miss_room(head, now),
        unsent=unsent,
        issuers=now.issuers if kind == CODE_ISSUED else frozenset(),
        before=before,
        accepted_too=kind == "returned" and _accepted_untold(said, now.notice),
    )


def _accepted_untold(said: Sequence[Mapping[str, Any]], notice: str) -> bool:
    """Whether acceptance stands before this notice, and neither was somebody told since nor did they act."""
    for event in reversed(said[: next(number for number, one in enumerate(said) if one["id"] == notice)]):
        kind = EVENTS.get(str(event["type"]))
        told = event["type"] == "notified" and event.get("outcome") != NOT_REACHED
        if told or (kind and kind.signed_by == "intake"):
            return False
        if event["type"] == "accepted":
            return True
    return False


def asks_account(service: Mapping[str, Any], now: Due) -> bool:
    """Whether what its resident is told of is that it is approved, and this service then asks for an account."""
    return now.kind == APPROVED and bool(service.get("after_approval"))


def message(reference: str, *, account: bool = False) -> str:
    """What is sent by a channel: fixed words, and the end of the reference, by which its holder knows it.

    It does not name the service: others read along on a shared phone. `account`: it may be that one is asked for.
    """
    tail = "-".join(reference.split("-")[-2:])
    return (
        f"您交的申请（编号最后几位是 {tail}）有新消息。请用编号和查询码到“家门口”网站看看，"
        f"不会上网的，来办事窗口或者打12345问。{_ACCOUNT if account else ''}"
        "我们不会打电话、发短信向您要查询码、银行卡号、密码和验证码。"
    )


_ACCOUNT = "要填收款账户的，只在网站上填，或者来办事窗口填。"
