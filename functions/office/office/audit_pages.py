"""What an auditor reads: who read what and why, an application's events by its reference, and figures; no answers."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from doorstep.counter.figures import LAST, Figures, figures
from doorstep.counter.readings import REASONS
from office.finding import find
from office.pages import page, render
from office.queries import address, query
from office.readings_shown import Readings, together
from office.visitor import Visit
from office.words import person

HERE = "/audit"
LONGEST_NUMBER = 12
HIDDEN = "不显示"


def show_audit(visit: Visit, request: Request) -> Response:
    """GET /audit: a reference leads to its application; below, the newest readings."""
    wrong = find(request)
    if isinstance(wrong, Response):
        return wrong
    before = query(request, "before")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < LONGEST_NUMBER else None
    found = visit.house.records.readings.page(before=number)
    main = render(
        "audit.html",
        typed=query(request, "reference"),
        by_id={"reference": wrong} if wrong else {},
        errors=[("reference", wrong)] if wrong else [],
        office=visit.house.counter.offices.title(visit.staff.office),
        last=LAST,
        figures=[] if before else [_figures(one) for one in figures(visit.house.counter, visit.staff)],
        rows=[_row(visit, one) for one in together(found.entries)],
        next_address=address(HERE, before=str(found.before)) if found.before else "",
        first_address=HERE if before else "",
    )
    title = f"{'有地方要改 – ' if wrong else ''}查核"
    return page(visit, title=title, main=main, here=HERE, status=422 if wrong else 200)


def _figures(one: Figures) -> dict[str, str]:
    took = f"一半在{one.working_days:g}个工作日以内" if one.working_days is not None else HIDDEN
    counts = {name: _count(getattr(one, name)) for name in ("counted", "closed", "overdue")}
    return {"title": one.title or one.service, "took": took, **counts}


def _count(count: int | None) -> str:
    return HIDDEN if count is None else f"{count}件"


def _row(visit: Visit, group: Readings) -> dict[str, Any]:
    house, one = visit.house, group.one
    return {
        "number": group.numbers,
        "at": group.when,
        "who": person(house.counter, house.records.staff, one.staff),
        "reference": one.reference,
        "why": REASONS.get(one.why, one.why),
        "what": group.what,
        "singly": group.singly,
    }
