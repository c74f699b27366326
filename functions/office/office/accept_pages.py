"""Accepting: which papers must be seen and signed, only the answers say: it begins with opening, which is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from doorstep.applications.keys import mint_event_id
from doorstep.applications.limits import is_dated
from doorstep.applications.store import StoreError
from doorstep.counter.accepting import accept, expected_signers, first_stage, is_alone, needed_signatures, papers_to_see
from doorstep.counter.errors import Moved, NotPossible, NotYours, Unfinished
from doorstep.counter.opening import Opened, open_application
from doorstep.counter.peeking import Peeked, look_at, verified_head
from doorstep.counter.steps import OBSTACLES, STEPS, obstacle
from doorstep.counter.taking import Taking
from office.accept_form import AcceptTyped, papers_of, read_acceptance, wrong_with
from office.again import moved_words, trouble_page
from office.facts import facts_of
from office.pages import page, render
from office.seen_form import IDENTITY, NAME, TOGETHER, rows_of
from office.steps_done import after_step, seen_of
from office.visitor import Visit
from office.words import stage_title

TITLE = STEPS["accept"].title


def ask_to_open(visit: Visit, peeked: Peeked) -> Response:
    """The page before: says that opening is recorded, and why it is needed."""
    facts = facts_of(visit, peeked)
    action = f"/applications/{facts.reference}/steps/accept"
    main = render(
        "open_first.html", **facts._asdict(), title=TITLE, action=action, csrf=visit.csrf(action), why="check"
    )
    return page(visit, title=f"{TITLE} {facts.reference}", main=main, here="/")


def _after(service: Mapping[str, Any]) -> str:
    """What accepting sets going: days only where some are dated, and only those that run from acceptance."""
    starts = {limit["from"] for limit in service["limits"] if is_dated(limit)}
    running = "办理期限从收到申请那天算起，已经在算。" if "received" in starts else ""
    return f"{running}受理以后{'开始算办理期限，还' if 'accepted' in starts else ''}要通知到本人。"


def accept_posted(visit: Visit, reference: str) -> Response:
    """Show the form, add a row to it, or take the step."""
    does, typed = visit.form.get("_do"), read_acceptance(visit.form)
    if does == "form":
        return _form(visit, reference, AcceptTyped())
    if does.startswith("add:"):
        return _form(visit, reference, typed.with_row(does.removeprefix("add:")))
    taking = Taking(visit.staff, reference, visit.form.get("_event"), seen_of(visit.form))
    try:
        head = accept(
            visit.house.counter,
            taking,
            identity_checked=typed.identity_checked,
            signatures=typed.signatures(),
            papers=typed.seen.papers(),
        )
    except Unfinished as unfinished:
        return _form(visit, reference, typed, status=422, faults=unfinished.faults)
    except Moved as moved:
        return _form(visit, reference, typed, status=409, moved=moved_words(visit, moved))
    except StoreError as error:
        return trouble_page(error, lambda status, words: _form(visit, reference, typed, status=status, trouble=words))
    return after_step(visit, head, "accept")


def _form(visit: Visit, reference: str, typed: AcceptTyped, *, status: int = 200, **said: Any) -> Response:
    counter, why = visit.house.counter, visit.form.get("why") or "check"
    try:
        opened: Opened | None = open_application(counter, visit.staff, reference, why)
    except NotYours:
        if "moved" not in said:
            raise
        opened = None  # it went to another office meanwhile: what was typed is shown, the answers are not
    peeked = opened.peeked if opened else look_at(counter, verified_head(counter, reference))
    against = obstacle(counter, visit.staff, peeked, "accept")
    if against and not said:
        raise NotPossible("accept", against)
    needed = needed_signatures(counter, opened) if opened else ()
    expected = expected_signers(counter, opened) if opened else {}
    papers = papers_of(needed, peeked.service, typed, counter.today(), expected)
    to_see = papers_to_see(counter, opened, typed.seen.spoken_of()) if opened else ()
    together = next((paper for paper in to_see if paper.id == IDENTITY and opened and is_alone(opened)), None)
    faults = [fault for fault in said.get("faults", ()) if not (together and fault.where == f"{NAME}:{IDENTITY}")]
    listed = wrong_with(faults, typed, papers, {paper.id: paper.title for paper in to_see})
    facts = facts_of(visit, peeked)
    action = f"/applications/{facts.reference}/steps/accept"
    going = first_stage(counter, opened) if opened and not against else {"stage": "", "office": peeked.standing.office}
    main = render(
        "step.html",
        **facts._asdict(),
        name="accept",
        title=TITLE,
        action=action,
        form={
            "csrf": visit.csrf(action),
            "event": visit.form.get("_event") or mint_event_id(visit.house.random),
            "seen": visit.form.get("_seen") if visit.form.get("_do").startswith("add:") else peeked.head.revision,
        },
        why=why,
        adds=True,
        fresh=not said and visit.form.get("_do") == "form",
        typed=typed,
        papers=papers,
        together=rows_of([together], typed.seen)[0] if together else None,
        together_name=TOGETHER,
        to_see=rows_of([paper for paper in to_see if paper != together], typed.seen),
        by_id={wrong.target: wrong.message for wrong in listed},
        errors=[(wrong.target, wrong.summary) for wrong in listed],
        next_stage=stage_title(peeked.service, going["stage"]),
        next_office=counter.offices.title(going["office"]),
        moved=said.get("moved"),
        trouble=said.get("trouble"),
        obstacle=OBSTACLES[against] if against else "",
        objection=[],
        button=TITLE,
        after=_after(peeked.service),
        grave=False,
    )
    title = f"{'有地方要改 – ' if listed else ''}{TITLE} {facts.reference}"
    return page(visit, title=title, main=main, here="/", status=status)
