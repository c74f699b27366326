"""The page of each step: GET asks, POST takes it; whatever goes wrong, all that was typed is still there."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from doorstep.applications.keys import mint_event_id
from doorstep.applications.store import StoreError
from doorstep.counter.codes import CodeIssued
from doorstep.counter.errors import FAULTS, Moved, NotPossible, Unfinished
from doorstep.counter.peeking import Peeked, look_at, peek_application
from doorstep.counter.remedies import way_to_object
from doorstep.counter.steps import OBSTACLES, STEPS, obstacle
from doorstep.counter.taking import Taking
from office import accept_pages
from office.again import moved_words, trouble_page
from office.facts import facts_of
from office.pages import page, render
from office.step_table import PAGES
from office.steps_done import after_step, seen_of
from office.visitor import Visit
from weblib.problems import ProblemError

ACCEPT = "accept"


def show_step(visit: Visit, _request: Request, reference: str, step: str) -> Response:
    """GET /applications/{reference}/steps/{step}"""
    _known(step)
    peeked = peek_application(visit.house.counter, visit.staff, reference)
    against = obstacle(visit.house.counter, visit.staff, peeked, step)
    if against is not None:
        raise NotPossible(step, against)
    if step == ACCEPT:
        return accept_pages.ask_to_open(visit, peeked)
    return _page(visit, peeked, step, dict.fromkeys(PAGES[step].fields, ""))


def take_step(visit: Visit, _request: Request, reference: str, step: str) -> Response:
    """POST /applications/{reference}/steps/{step}"""
    _known(step)
    if step == ACCEPT:
        return accept_pages.accept_posted(visit, reference)
    house, typed = visit.house, {name: visit.form.get(name) for name in PAGES[step].fields}
    taking = Taking(visit.staff, reference, visit.form.get("_event"), seen_of(visit.form))
    try:
        taken = PAGES[step].take(house.counter, taking, typed)
    except Unfinished as unfinished:
        peeked = peek_application(house.counter, visit.staff, reference)
        return _page(visit, peeked, step, typed, status=422, faults=unfinished.faults)
    except Moved as moved:
        peeked = look_at(house.counter, moved.head)
        return _page(visit, peeked, step, typed, status=409, moved=moved_words(visit, moved))
    except StoreError as error:
        return trouble_page(
            error, lambda status, words: _failed(visit, reference, step, typed, status=status, trouble=words)
        )
    if isinstance(taken, CodeIssued):
        return _slip(visit, taken)
    return after_step(visit, taken, step)


def _known(step: str) -> None:
    if step not in PAGES and step != ACCEPT:
        raise ProblemError("unknown-page")


def _failed(visit: Visit, reference: str, step: str, typed: dict[str, str], **said: Any) -> Response:
    peeked = peek_application(visit.house.counter, visit.staff, reference)
    return _page(visit, peeked, step, typed, **said)


def _page(
    visit: Visit, peeked: Peeked, step: str, typed: dict[str, str], *, status: int = 200, **said: Any
) -> Response:
    counter, shown = visit.house.counter, PAGES[step]
    facts = facts_of(visit, peeked)
    action = f"/applications/{facts.reference}/steps/{step}"
    faults = {fault.where: FAULTS[fault.what] for fault in said.get("faults", ())}
    against = obstacle(counter, visit.staff, peeked, step)
    main = render(
        "step.html",
        **facts._asdict(),
        name=step,
        title=STEPS[step].title,
        action=action,
        form={"csrf": visit.csrf(action), "event": _event(visit, said), "seen": peeked.head.revision},
        why="",
        adds=False,
        typed=typed,
        by_id=faults,
        errors=list(faults.items()),
        moved=said.get("moved"),
        trouble=said.get("trouble"),
        obstacle=OBSTACLES[against] if against else "",
        objection=way_to_object(peeked.service) if shown.objects else [],
        button=shown.button,
        after=shown.after,
        grave=shown.grave,
        **shown.shown(counter, peeked),
    )
    title = f"{'有地方要改 – ' if faults else ''}{STEPS[step].title} {facts.reference}"
    return page(visit, title=title, main=main, here="/", status=status)


def _event(visit: Visit, said: dict[str, Any]) -> str:
    """The page's event id: kept when a form is shown again, so that trying again is the same step."""
    kept = visit.form.get("_event") if said else ""
    return kept or mint_event_id(visit.house.random)


def _slip(visit: Visit, issued: CodeIssued) -> Response:
    """The new code, on a slip of its own: the one answer to a step that is a page, as the code is kept nowhere."""
    service = visit.house.counter.service(issued.head.service)
    main = render(
        "slip.html",
        reference=issued.head.reference,
        code=issued.access_code,
        service=service["title"] or issued.head.service,
        site=visit.house.settings.site,
    )
    return page(visit, title=f"新的查询码 {issued.head.reference}", main=main, here="/")
