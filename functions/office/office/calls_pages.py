"""The call list: whom to tell, the call with its script, and what came of it."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from doorstep.applications.keys import mint_event_id
from doorstep.applications.store import StoreError
from doorstep.counter.notices import OUTCOMES, Call, Due, ToldAlready, due, look_at_call, mark, open_call
from doorstep.forms.entries import Entry
from office.again import trouble_page
from office.pages import page, render
from office.queries import address, query
from office.sheets import TITLES
from office.visitor import Visit
from office.words import DONE, EVENTS
from weblib.answers import see_other

CHOOSE = "选一个结果"
HERE = "/calls"


def show_calls(visit: Visit, request: Request) -> Response:
    """GET /calls"""
    counter, staff, after = visit.house.counter, visit.staff, query(request, "after")
    found = due(counter, staff.office, after=after or None)
    main = render(
        "calls.html",
        office=counter.offices.title(staff.office),
        done=DONE.get(query(request, "done"), ""),
        unreadable=found.unreadable,
        rows=[_row(visit, one) for one in found.entries],
        next_address=address(HERE, after=found.next_after) if found.next_after else "",
        first_address=HERE if after else "",
    )
    return page(visit, title="要通知的居民", main=main, here=HERE)


def show_call(visit: Visit, _request: Request, reference: str) -> Response:
    """GET /calls/{reference}: what to tell and how; no number, so that no link can make anybody read one."""
    try:
        call = look_at_call(visit.house.counter, visit.staff, reference)
    except ToldAlready:
        return see_other(address(HERE, done="told-already"))
    return call_page(visit, call)


def show_number(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /calls/{reference}/number: the same with the number. Reading it is recorded, as opening answers is."""
    try:
        call = open_call(visit.house.counter, visit.staff, reference)
    except ToldAlready:
        return see_other(address(HERE, done="told-already"))
    return call_page(visit, call)


def note_call(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /calls/{reference}: told, or not reached."""
    form, house = visit.form, visit.house
    outcome = form.get("outcome")
    try:
        if outcome not in OUTCOMES:
            return call_page(visit, look_at_call(house.counter, visit.staff, reference), status=422, wrong=CHOOSE)
        mark(
            house.counter,
            visit.staff,
            reference,
            notice=form.get("notice"),
            outcome=outcome,
            event_id=form.get("_event"),
            visit=form.get("visit") == "yes",
        )
    except ToldAlready:
        return see_other(address(HERE, done="told-already"))
    except ValueError:
        wrong = "没找到人的次数已经记满了"
        return call_page(visit, look_at_call(house.counter, visit.staff, reference), status=422, wrong=wrong)
    except StoreError as error:
        return trouble_page(error, lambda status, words: _failed(visit, reference, status, words))
    return see_other(address(HERE, done="told" if outcome == "told" else "missed"))


def _failed(visit: Visit, reference: str, status: int, words: dict[str, str]) -> Response:
    return call_page(visit, look_at_call(visit.house.counter, visit.staff, reference), status=status, trouble=words)


def _what(one: Due) -> str:
    return f"{EVENTS['accepted'] + '，' if one.accepted_too else ''}{EVENTS[one.kind]}"


def _row(visit: Visit, one: Due) -> dict[str, Any]:
    title = str(visit.house.counter.service(one.service)["title"]) or one.service
    marks = [f"{one.misses}次没找到人"] if one.misses else []
    marks += ["没留电话"] if one.no_number else []
    marks += ["消息没发出去"] if one.unsent else []
    marks += ["请别的同事打"] if visit.staff.id in one.issuers else []
    return {
        "reference": one.reference,
        "service": title,
        "what": _what(one),
        "since": one.since,
        "how": "上门" if one.visit else "打电话",
        "marks": marks,
    }


def call_page(
    visit: Visit,
    call: Call,
    *,
    status: int = 200,
    wrong: str = "",
    trouble: Any = None,
    home: tuple[Entry, ...] = (),
) -> Response:
    """The page of one call, or visit; `home`: where to go, once it was asked for."""
    form, reference = visit.form, call.due.reference
    here = f"{HERE}/{reference}"
    outcomes = [(key, title) for key, title in OUTCOMES.items() if call.due.may_miss or key == "told"]
    main = render(
        "call.html",
        due=call.due,
        what=_what(call.due),
        service=call.service,
        numbers=call.numbers,
        script=call.script,
        csrf=visit.csrf(here),
        number=(f"{here}/number", visit.csrf(f"{here}/number")),
        home=home,
        home_csrf=visit.csrf(f"{here}/home"),
        sheet=TITLES.get(call.due.kind, ""),
        sheet_csrf=visit.csrf(f"/applications/{reference}/notice"),
        event=form.get("_event") or mint_event_id(visit.house.random),
        outcomes=outcomes,
        typed={
            "outcome": form.get("outcome"),
            "visit": form.get("visit") == "yes" if form.get("_event") else call.due.visit,
        },
        by_id={"outcome": wrong} if wrong else {},
        errors=[("outcome", wrong)] if wrong else [],
        trouble=trouble,
    )
    title = f"{'有地方要改 – ' if wrong else ''}通知居民 {reference}"
    return page(visit, title=title, main=main, here=HERE, status=status)
