"""The sheets of paper a resident gets: what the office wrote in one step, with no answer and no ID number on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.clock_words import UNITS, clock_words
from doorstep.applications.reading import APPROVED
from doorstep.applications.standing import WAITS_FOR_RESIDENT, standing
from doorstep.applications.status import EVENTS, STATUSES
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened, Sealed

TITLES = {
    "returned": "一次性告知书",
    "extended": "延长期限的告知",
    "approved": "决定",
    "refused": "决定",
    "not_accepted": "不予受理的告知",
    "transferred": "转到别的部门的告知",
    "ended": "终止办理的告知",
}
"""What staff call each sheet, by the event's type: of these steps there is one."""

HEADINGS = {"authority": "转到哪个部门", "text": "决定", "reasons": "理由", "reason": "理由"}
"""The members of a step's content in the order they are read in, as the resident's own sheet has them."""


ACCOUNT = (
    "收款账户",
    "钱打到哪里，凭编号和查询码在网上“查进度”里填，或者到办事窗口填。没有人会打电话问您要密码、短信验证码。",
)
"""What the sheet of an approval says where an account is asked for, as the resident's own sheet does."""


class Sheet(NamedTuple):
    """`heading` and `lead` are the words the resident reads online too; `paragraphs` and `objection` are (heading,
    text); `office` wrote it, `at` (UTC).
    """

    heading: str
    lead: str
    at: str
    office: str
    paragraphs: tuple[tuple[str, str], ...]
    objection: tuple[tuple[str, str], ...]


def latest(events: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any] | None:
    """The newest step of which there is a sheet to give now: a one-time notice only until it is answered."""
    waits = standing(events).status == WAITS_FOR_RESIDENT
    return next(
        (event for event in reversed(events) if event["type"] in TITLES and (waits or event["type"] != "returned")),
        None,
    )


def find_sheet(opened: Opened, event_id: str) -> Sealed | None:
    """The step of this id, or the one to give now for "", of which there is a sheet."""
    newest = latest(opened.events)
    wanted = event_id or (str(newest["id"]) if newest else "")
    found = (one for one in opened.written if one.event["type"] in TITLES)
    return next((one for one in found if one.event["id"] == wanted), None)


def written_by(opened: Opened, event: Mapping[str, Any]) -> str:
    """The office that took this step: the one that held the application just before."""
    before = opened.events[: opened.events.index(event)]
    return standing(before).office if before else opened.standing.office


def sheet_of(counter: Counter, opened: Opened, one: Sealed) -> Sheet:
    """The sheet of a step that is no one-time notice."""
    kind, content = str(one.event["type"]), one.content
    said = [(heading, str(content[name])) for name, heading in HEADINGS.items() if content.get(name)]
    status = EVENTS[kind].status
    heading, lead = (STATUSES[status].title, STATUSES[status].meaning) if status else ("办理时间延长了", "")
    if kind == "extended":
        said = [*_longer(counter, opened, content), *said]
    if kind == APPROVED and opened.peeked.service.get("after_approval"):
        said.append(ACCOUNT)
    return Sheet(
        heading=heading,
        lead=lead,
        at=str(one.event["at"]),
        office=counter.offices.title(written_by(opened, one.event)),
        paragraphs=tuple(said),
        objection=tuple((str(way["title"]), str(way["text"])) for way in content.get("objection", ())),
    )


def _longer(counter: Counter, opened: Opened, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """To how many days, on what grounds, and until when as far as that is known now."""
    peeked = opened.peeked
    limit: Mapping[str, Any] = next(
        (one for one in peeked.service.get("limits", []) if one["id"] == content["limit"]), {}
    )
    unit = UNITS.get(str(limit.get("unit")), "天")
    until = clock_words(peeked.service, peeked.clock, counter.today())
    parts = [("一共多少天", f"{content['days']}{unit}"), ("期限", until), ("依据", str(content.get("basis", "")))]
    return [(title, text) for title, text in parts if text]
