"""Sending the one-time notice from the opened page, and printing it."""

from __future__ import annotations

from chalice.app import Request, Response

from doorstep.applications.store import StoreError
from doorstep.counter.errors import Moved, NotYours, Unfinished
from doorstep.counter.opening import open_application
from doorstep.counter.returning import return_for_correction
from doorstep.counter.taking import Taking
from office.again import moved_away, moved_words, trouble_page
from office.notice_form import NoticeTyped, read_notice
from office.opened_page import fields_asked, opened_page, papers_asked
from office.pages import page, render
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
    """POST /applications/{reference}/notice: the newest notice, or the one named, as a sheet of paper."""
    house = visit.house
    opened = open_application(house.counter, visit.staff, reference, visit.form.get("why"))
    wanted = visit.form.get("notice")
    notices = [one for one in opened.written if one.event["type"] == "returned"]
    found = next((one for one in reversed(notices) if wanted in ("", one.event["id"])), None)
    if found is None:
        raise ProblemError("unknown-page")
    service = opened.peeked.service
    main = render(
        "notice_sheet.html",
        reference=opened.head.reference,
        service=service["title"] or opened.head.service,
        at=found.event["at"],
        fields=fields_asked(opened, found.content),
        papers=papers_asked(found.content),
        justification=str(found.content.get("justification", "")),
        office=house.counter.offices.title(opened.standing.office),
        basis=str(service["acceptance"].get("basis", "")),
        site=house.settings.site,
    )
    return page(visit, title=f"一次性告知书 {opened.head.reference}", main=main, here="/")
