"""One application as it is known without opening it: facts, clock, journal, and what may be done now."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from doorstep.applications.head import QueueEntry
from doorstep.applications.queues import UNKNOWN_PLACE, place_of
from doorstep.applications.status import OPEN
from doorstep.counter.lists import twins
from doorstep.counter.peeking import AUDITOR, Peeked, peek_application
from doorstep.counter.readings import REASONS, read_file_page
from doorstep.counter.stages import lasts_until
from doorstep.counter.steps import OBSTACLES, STEPS, obstacle, possible
from office.after_approval import account_state, came_at
from office.facts import facts_of, journal
from office.moments import short_time
from office.new_codes import new_code
from office.pages import page, render
from office.queries import query
from office.readings_shown import together
from office.sheets import TITLES, latest
from office.visitor import Visit
from office.words import DONE, filed_by, person, place_title

HERE = {"return": "请居民补正（先打开看，再勾要改的地方）"}
"""Steps that begin with opening: their link leads to the reason for it."""

LOST = {"void-code": "查询码丢了：先作废查询码，再补发", "issue-code": "查询码丢了：补发新的查询码"}
"""The two halves of one errand, of which only one can be taken at a time."""

CALLED = {**{name: rule.title for name, rule in STEPS.items()}, **HERE, "tell": "通知居民", **LOST}
"""What the steps' links say."""

HINTS = {
    "assign": "同一项业务，该由别的单位受理：申请转过去接着办，编号不变。",
    "transfer": "这件事不归这项业务管，该找别的部门：在这里办结。",
}
"""What tells two steps apart whose names are alike."""

PAYMENT = "payment"
"""A reason to open that no service has which pays nothing."""

LAST_READINGS = 20
"""Entries that are looked through for the last one that opened the answers: calls stand among them."""

SAID = frozenset({"not-filer", "appeal", "another-office", "limit-over", "stage", "lasted"})
"""Obstacles worth saying before anybody asks."""


def show_application(visit: Visit, request: Request, reference: str) -> Response:
    """GET /applications/{reference}"""
    counter = visit.house.counter
    peeked = peek_application(counter, visit.staff, reference)
    facts, auditor = facts_of(visit, peeked), visit.staff.role == AUDITOR
    here = not auditor and visit.staff.office == peeked.standing.office
    main = render(
        "application.html",
        **facts._asdict(),
        done=DONE.get(query(request, "done"), ""),
        back={"address": "/audit", "title": "查核"} if auditor else {"address": "/", "title": "办件清单"},
        stages=_stages(peeked),
        office=counter.offices.title(peeked.standing.office),
        place=place_title(counter, place_of(peeked.head)),
        received=peeked.head.received_at,
        filed_by=filed_by(peeked.events[0]),
        notice=_notice(peeked, link=obstacle(counter, visit.staff, peeked, "tell") is None),
        new_code=new_code(peeked.events),
        account=account_state(peeked),
        twins=_twins(visit, peeked),
        journal=journal(visit, peeked),
        may_read=here,
        moved_on=not auditor and not here,
        open_csrf=visit.csrf(f"/applications/{facts.reference}/opened"),
        sheet=_sheet(visit, peeked) if here else None,
        reasons=[(why, title) for why, title in REASONS.items() if why != PAYMENT or _pays(peeked)],
        likely=likely_reason(visit, peeked),
        steps=[] if auditor else _steps(visit, peeked),
        cannot=_cannot(visit, peeked) if here else [],
        readings=_readings(visit, facts.reference) if auditor else None,
        last_opened="" if auditor else _last_opened(visit, facts.reference),
    )
    return page(visit, title=f"{facts.service} {facts.reference}", main=main, here="/audit" if auditor else "/")


def _pays(peeked: Peeked) -> bool:
    """Whether money may follow an approval: an account is asked for then, or came while one was."""
    return bool(peeked.service.get("after_approval") or came_at(peeked.events))


def likely_reason(visit: Visit, peeked: Peeked) -> str:
    """Why this staff member will most likely open it: what the list of reasons begins with."""
    if peeked.standing.list.endswith("corrected"):
        return "correction"
    if came_at(peeked.events):
        return PAYMENT
    return "decision" if visit.staff.role == "decider" else "check"


def _twins(visit: Visit, peeked: Peeked) -> tuple[str, ...]:
    head = peeked.head
    if place_of(head) == UNKNOWN_PLACE:
        return ()  # two whose community nobody knows are not from one community
    entry = QueueEntry(
        head.reference, head.position, head.revision, head.status, head.service, place_of(head), head.received_at
    )
    return twins(visit.house.counter, entry)


def _stages(peeked: Peeked) -> list[dict[str, Any]]:
    now = peeked.standing
    if now.status not in OPEN:
        return []  # it is at no stage any more
    stages = peeked.service.get("stages", [])
    listed = [one for one in stages if not one.get("retired") or one["id"] == now.stage]
    return [{"title": one["title"], "current": one["id"] == now.stage} for one in listed]


def _notice(peeked: Peeked, *, link: bool) -> dict[str, str]:
    now = peeked.standing
    if not now.notice:
        return {"title": "没有要通知的", "address": "", "link": ""}
    missed = f"，已经{now.misses}次没找到人" if now.misses else ""
    address = f"/calls/{peeked.head.reference}" if link else ""
    return {"title": f"还要通知居民{missed}", "address": address, "link": "去通知"}


def _sheet(visit: Visit, peeked: Peeked) -> dict[str, str] | None:
    """The newest paper that can be given to the resident; None where there is none yet."""
    event = latest(peeked.events)
    if event is None:
        return None
    return {"title": TITLES[str(event["type"])], "csrf": visit.csrf(f"/applications/{peeked.head.reference}/notice")}


def _steps(visit: Visit, peeked: Peeked) -> list[dict[str, str]]:
    reference = peeked.head.reference
    found = []
    for name in possible(visit.house.counter, visit.staff, peeked):
        address = "#why" if name in HERE else f"/applications/{reference}/steps/{name}"
        if name == "tell":
            if not peeked.standing.notice:
                continue
            address = f"/calls/{reference}"
        found.append({"address": address, "title": CALLED[name], "hint": HINTS.get(name, "")})
    return found


def _cannot(visit: Visit, peeked: Peeked) -> list[str]:
    against = {name: obstacle(visit.house.counter, visit.staff, peeked, name) for name in STEPS}
    return [f"{STEPS[name].title}：{_said_of(visit, peeked, what)}" for name, what in against.items() if what in SAID]


def _said_of(visit: Visit, peeked: Peeked, what: str) -> str:
    """The obstacle, and where a stage must last, until when and by what rule."""
    until = lasts_until(visit.house.counter, peeked.service, peeked.standing, peeked.events)
    if what != "lasted" or until is None:
        return OBSTACLES[what]
    basis = next(one["at_least"]["basis"] for one in peeked.service["stages"] if one["id"] == peeked.standing.stage)
    return f"{OBSTACLES[what]}，{until.year}年{until.month}月{until.day}日满，第二天起能办。依据：{basis}"


def _readings(visit: Visit, reference: str) -> list[str]:
    house = visit.house
    entries = house.records.readings.page(reference=reference).entries
    return [
        f"{group.when}，{person(house.counter, house.records.staff, group.one.staff)}，"
        f"为“{REASONS.get(group.one.why, group.one.why)}”看了{group.what}"
        for group in together(entries)
    ]


def _last_opened(visit: Visit, reference: str) -> str:
    """Who opened it last, and when; "" for nobody. One query, for one page: the lists do not ask."""
    house = visit.house
    entries = house.records.readings.page(reference=reference, limit=LAST_READINGS).entries
    one = next((entry for entry in entries if entry.what == "answers" or read_file_page(entry.what)), None)
    return f"{short_time(one.at)}，{person(house.counter, house.records.staff, one.staff)}" if one else ""
