"""GET /: the office's lists, one tab each, by service and community, page by page."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from chalice.app import Request, Response

from doorstep.applications.clock_words import ESTIMATED, clock_words
from doorstep.applications.offices import CODE_DIGITS
from doorstep.applications.queues import UNKNOWN_PLACE
from doorstep.counter.lists import LISTS, MOST_COUNTED, ListPage, Row, counts, list_page
from doorstep.counter.peeking import AUDITOR
from doorstep.counter.stages import can_come
from office.finding import find
from office.moments import short_day, short_time
from office.pages import page, render
from office.queries import address, query
from office.visitor import Visit
from office.words import DONE, EMPTY, SUPPLIED_CAME, TABS, place_title, state
from weblib.answers import see_other

FIRST = "unread"
ALARMING = frozenset({"overdue", "due-today"})

_INSIDE = re.compile("（.*）")


def show_queue(visit: Visit, request: Request) -> Response:
    """The list that is asked for; an auditor has none, and goes to theirs."""
    if visit.staff.role == AUDITOR:
        return see_other("/audit")
    wrong = find(request)
    if isinstance(wrong, Response):
        return wrong
    counter, staff = visit.house.counter, visit.staff
    asked = {name: query(request, name) for name in ("list", "service", "place", "after")}
    name = asked["list"] if asked["list"] in LISTS else FIRST
    found = list_page(
        counter,
        staff,
        name,
        service=asked["service"] or None,
        place=asked["place"] or None,
        after=asked["after"] or None,
    )
    main = render(
        "queue.html",
        heading=TABS[name],
        typed=query(request, "reference"),
        by_id={"reference": wrong} if wrong else {},
        errors=[("reference", wrong)] if wrong else [],
        office=counter.offices.title(staff.office),
        done=DONE.get(query(request, "done"), ""),
        tabs=_tabs(visit, name),
        current=name,
        services=_services(visit, {asked["service"], *(row.entry.service for row in found.rows)}),
        streets=_streets(visit),
        service=asked["service"],
        place=asked["place"],
        filtered=bool(asked["service"] or asked["place"]),
        unfiltered=address("/", list=name),
        rows=[_row(visit, row) for row in found.rows],
        empty=EMPTY["filtered" if asked["service"] or asked["place"] else name],
        next_address=_next(name, asked, found),
        first_address=address("/", list=name, service=asked["service"], place=asked["place"]) if asked["after"] else "",
    )
    title = f"{'有地方要改 – ' if wrong else ''}{TABS[name]} – 办件清单"
    return page(visit, title=title, main=main, here="/", status=422 if wrong else 200)


def _tabs(visit: Visit, current: str) -> list[dict[str, Any]]:
    how_many = counts(visit.house.counter, visit.staff)
    return [
        {
            "title": TABS[name],
            "address": address("/", list=name),
            "current": name == current,
            "count": str(how_many[name]) if how_many[name] < MOST_COUNTED else f"{MOST_COUNTED - 1}+",
            "bad": name in ALARMING,
        }
        for name in LISTS
    ]


def _next(name: str, asked: dict[str, str], found: ListPage) -> str:
    if found.next_after is None:
        return ""
    return address("/", list=name, service=asked["service"], place=asked["place"], after=found.next_after)


def _services(visit: Visit, here: Collection[str]) -> list[tuple[str, str]]:
    """(id, title) of the services whose applications can come to this office, and of those that are `here`."""
    counter = visit.house.counter
    return [
        (key, str(value["title"]))
        for key, value in counter.services.items()
        if key in here or can_come(counter, value, visit.staff.office)
    ]


def _streets(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """The communities of this office's division by street, as (code, name); "" for an unknown one."""
    counter, streets = visit.house.counter, dict[str, list[tuple[str, str]]]()
    code = visit.staff.office.rpartition("-")[2]
    inside = code.removesuffix("00") if len(code) == CODE_DIGITS["district"] else code
    whole_city = len(inside) == CODE_DIGITS["city"]
    for one in counter.places.communities:
        if one.code.startswith(inside):
            # Streets of two districts may have one name.
            street = one.district_name + one.street_name if whole_city else one.street_name
            streets.setdefault(street, []).append((one.code, one.name))
    return streets | {"": [(UNKNOWN_PLACE, place_title(counter, ""))]}


def _row(visit: Visit, row: Row) -> dict[str, Any]:
    entry, now = row.entry, row.standing
    return {
        "reference": entry.reference,
        "service": row.service,
        "place": place_title(visit.house.counter, entry.place),
        "received": short_time(entry.received_at).split(" "),
        "status": state(now) if now else "记录读不出来",
        "fresh": bool(now and now.list.endswith("corrected")),
        "marks": _marks(row),
        "twins": row.twins if entry.place != UNKNOWN_PLACE else (),
        "due": _due(visit, row),
        "late": row.overdue,
    }


def _marks(row: Row) -> list[dict[str, str]]:
    now, found = row.standing, []
    if now and now.notice:
        found.append({"title": "还没通知到", "tone": ""})
    if row.overdue:
        found.append({"title": "超期", "tone": "bad"})
    if now and now.supplied:
        found.append({"title": SUPPLIED_CAME, "tone": ""})
    return found


def _due(visit: Visit, row: Row) -> str:
    """The words residents read, without what stands in brackets; for what is closed, when."""
    if row.clock is None:
        return ""
    counter = visit.house.counter
    words = clock_words(counter.service(row.entry.service), row.clock, counter.today())
    if not words:
        return f"{short_day(row.entry.position.partition('#')[0])}办结"
    due = row.respond_by
    return _INSIDE.sub("", words) + (f"（{ESTIMATED}）" if due is not None and due.estimated else "")
