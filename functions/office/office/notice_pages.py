"""Sending the one-time notice from the opened page; printing it, and what else is given to a resident on paper."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from doorstep.applications.clock_words import correcting_words
from doorstep.applications.store import StoreError
from doorstep.counter.errors import Moved, NotYours, Unfinished
from doorstep.counter.opening import open_application
from doorstep.counter.returning import return_for_correction
from doorstep.counter.taking import Taking
from office.again import moved_away, moved_words, trouble_page
from office.asked import fields_asked, papers_asked
from office.notice_form import NoticeTyped, read_notice
from office.opened_page import opened_page
from office.pages import page, render
from office.sheets import TITLES, find_sheet, sheet_of, written_by
from office.steps_done import after_step, seen_of
from office.visitor import Visit
from weblib.problems import ProblemError


def send_notice(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /applications/{reference}/return"""
    house, typed = visit.house, read_notice(visit.form)
    taking = Taking(visit.staff, reference, typed.event, seen_of(visit.form))
    try:
        head = return_for_correction(
            house.counter,
            taking,
            fields=typed.marks("field"),
            papers=typed.marks("paper"),
            justification=typed.justification,
        )
    except Unfinished as unfinished:
        return _again(visit, reference, typed._replace(faults=unfinished.faults), status=422)
    except Moved as moved:
        try:
            return _again(visit, reference, typed, status=409, moved=moved_words(visit, moved))
        except NotYours:
            return moved_away(visit, moved, typed.texts())
    except StoreError as error:
        return trouble_page(error, lambda status, words: _again(visit, reference, typed, status=status, trouble=words))
    return after_step(visit, head, "return")


def _again(visit: Visit, reference: str, typed: NoticeTyped, *, status: int, **said: object) -> Response:
    """The opened page once more, with everything kept: opened anew, so recorded anew."""
    why = visit.form.get("why")
    opened = open_application(visit.house.counter, visit.staff, reference, why)
    return opened_page(visit, opened, why, typed=typed, status=status, **said)


def print_notice(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /applications/{reference}/notice: what was last written to the resident, or the step named, on paper."""
    house = visit.house
    opened = open_application(house.counter, visit.staff, reference, visit.form.get("why"))
    found = find_sheet(opened, visit.form.get("notice"))
    if found is None:
        raise ProblemError("unknown-page")
    service = opened.peeked.service
    shown: dict[str, Any] = {
        "reference": opened.head.reference,
        "service": service["title"] or opened.head.service,
        "office": house.counter.offices.title(opened.standing.office),
        "site": house.settings.site,
    }
    kind = str(found.event["type"])
    title = f"{TITLES[kind]} {opened.head.reference}"
    if kind != "returned":
        main = render("sheet.html", **shown, sheet=sheet_of(house.counter, opened, found))
        return page(visit, title=title, main=main, here="/")
    main = render(
        "notice_sheet.html",
        **shown,
        at=found.event["at"],
        fields=fields_asked(opened, found.content, photos=False),
        photos=fields_asked(opened, found.content, photos=True),
        papers=papers_asked(opened, found.content),
        justification=str(found.content.get("justification", "")),
        writer=house.counter.offices.title(written_by(opened, found.event)),
        correcting=correcting_words(service, opened.peeked.clock),
        basis=str(service["acceptance"].get("basis", "")),
    )
    return page(visit, title=title, main=main, here="/")
