"""One application opened, which is recorded: all answers, what came before, and the one-time notice beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalice.app import Request, Response

from doorstep.counter.opening import Opened, Sealed, open_application
from doorstep.counter.readings import REASONS
from doorstep.counter.steps import STEPS, possible
from doorstep.forms.entries import sections_of, shown_changes
from office.after_approval import account_of
from office.asked import asked, papers_awaited
from office.facts import facts_of
from office.notice_form import NoticeTyped, notice_form
from office.pages import page, render
from office.papers_listed import papers_listed
from office.sheets import TITLES
from office.visitor import Visit
from office.words import EVENTS

ELSEWHERE = frozenset({"return", "tell", "void-code", "issue-code"})
"""Steps that one does not come to from the answers."""

TEXTS = {
    "authority": "转到",
    "text": "决定",
    "reason": "理由",
    "reasons": "理由",
    "justification": "为什么又请居民改",
}
"""What sealed texts are, by their names in a step's content."""


def open_page(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /applications/{reference}/opened"""
    why = visit.form.get("why")
    opened = open_application(visit.house.counter, visit.staff, reference, why)
    return opened_page(visit, opened, why)


def opened_page(
    visit: Visit, opened: Opened, why: str, *, typed: NoticeTyped | None = None, status: int = 200, **said: Any
) -> Response:
    """The page of an opened application. `typed`: a notice that was sent and is shown again; `said`: see again.py."""
    counter, peeked = visit.house.counter, opened.peeked
    facts = facts_of(visit, peeked)
    steps = possible(counter, visit.staff, peeked)
    papers = papers_listed(visit, opened, why)
    notice = notice_form(visit, opened, typed or NoticeTyped()) if "return" in steps else None
    main = render(
        "opened.html",
        **facts._asdict(),
        why=why,
        why_title=REASONS[why],
        sections=sections_of(opened.form, counter.places, opened.instance),
        corrections=list(_corrections(visit, opened, papers)),
        papers=papers,
        account=account_of(counter, opened),
        to_bring=papers_awaited(opened),
        written=[_written(opened, one) for one in reversed(opened.written)],
        sheet_csrf=visit.csrf(f"/applications/{facts.reference}/notice"),
        steps=[_step(visit, facts.reference, name) for name in steps if name not in ELSEWHERE],
        notice=notice,
        errors=typed.listed(notice) if typed and notice else [],
        moved=said.get("moved"),
        trouble=said.get("trouble"),
        obstacle=said.get("obstacle", ""),
        unsent=typed.texts() if typed and notice is None else [],
    )
    wrong = bool(typed and typed.faults)
    title = f"{'有地方要改 – ' if wrong else ''}{facts.service} {facts.reference}：填的内容"
    return page(visit, title=title, main=main, here="/", status=status)


def _step(visit: Visit, reference: str, name: str) -> dict[str, Any]:
    address = f"/applications/{reference}/steps/{name}"
    return {
        "title": STEPS[name].title,
        "address": address,
        "post": name == "accept",
        "csrf": visit.csrf(address),
    }


def _corrections(visit: Visit, opened: Opened, papers: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the resident changed each time, newest first, with the files that each brought and took away."""
    versions = [opened.original, *(one.content["answers"] for one in opened.corrections)]
    for number in reversed(range(len(opened.corrections))):
        before, after = versions[number], versions[number + 1]
        changes = shown_changes(opened.form, visit.house.counter.places, before, after)
        files = {name: papers[name][number] for name in ("added", "dropped")}
        yield {"at": opened.corrections[number].event["at"], "changes": changes, **files}


def _written(opened: Opened, sealed: Sealed) -> dict[str, Any]:
    kind, content = str(sealed.event["type"]), sealed.content
    texts = [(TEXTS[name], str(content[name])) for name in TEXTS if content.get(name)]
    texts += [(str(one["title"]), _signed(one)) for one in content.get("signatures", [])]
    texts += [(str(one["title"]), _seen(one)) for one in content.get("papers_seen", [])]
    texts += [(str(way["title"]), str(way["text"])) for way in content.get("objection", [])]
    return {
        "id": sealed.event["id"],
        "at": sealed.event["at"],
        "title": EVENTS.get(kind, kind),
        "asked": asked(opened, content),
        "texts": texts,
        "sheet": TITLES.get(kind, ""),
    }


def _seen(one: Mapping[str, Any]) -> str:
    return "看过了" if one.get("seen") else f"没有看，因为：{one['why']}"


def _signed(one: Mapping[str, str]) -> str:
    other = f"。名字和表上不一样的原因：{one['why']}" if "why" in one else ""
    return f"{one['who']}，{one['on']}签{other}"
