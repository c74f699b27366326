"""Answers for staff: the office's shell around what a template makes. No page has a script."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalice.app import Request, Response
from markupsafe import Markup

from doorstep.applications.errors import Mistyped
from doorstep.applications.reference import read_reference
from doorstep.applications.store import StoreError
from doorstep.counter.staff import ROLES
from office.admission import visit_of
from office.assets import address
from office.composition import House
from office.moments import short_day, short_time
from office.needs import AUDITORS, CLERKS, HANDLERS
from office.paths import asked_for, sign_in_path
from office.visitor import Visit
from weblib.answers import html_answer, see_other
from weblib.problems import Problem
from weblib.templates import Templates

SITE = "家门口 · 办事窗口"

SIGN_OUT = "/sign-out"
"""Where the header's button posts to."""

SECTIONS = (
    (HANDLERS, "/", "办件清单"),
    (HANDLERS, "/calls", "通知居民"),
    (CLERKS, "/counter", "替居民填"),
    (AUDITORS, "/audit", "查核"),
)
"""The parts of the office: who goes there, address, name."""

TO_SIGN_IN = frozenset(("signed-out", "link-refused", "attempt-refused", "provider-failed"))
"""Problems from which the way on is to sign in; from all others it is the first page."""

OUT_OF_REACH = frozenset(("not-yours", "not-found", "reference-mistyped", "another-office", "tampered", "unavailable"))
"""Problems after which the application's own page would show no more than they do."""

TEMPLATES = Templates(Path(__file__).parent / "templates", short_time=short_time, short_day=short_day)
render = TEMPLATES.render
"""What office/templates/<template> makes of these parts; everything in them is escaped."""


def page(
    visit: Visit,
    *,
    title: str,
    main: str,
    here: str = "",
    status: int = 200,
    headers: Mapping[str, Any] | None = None,
) -> Response:
    """The shell with this title and this content of <main>. `main` is HTML made by a template, `title` is text.

    `here`: the address of the part of the office it belongs to, as SECTIONS has it.
    """
    body = render(
        "shell.html",
        site=SITE,
        title=title,
        main=Markup(main),  # noqa: S704 — from a template
        visit=visit,
        role=ROLES[visit.staff.role] if visit.who else "",
        demo=visit.house.settings.demo,
        styles=address("office.css"),
        icon=address("icon.svg"),
        sign_out=SIGN_OUT,
        sections=[part[1:] for part in SECTIONS if visit.who and visit.staff.role in part[0]],
        here=here,
    )
    return html_answer(body, status=status, headers=headers)


def problem_page(house: House, request: Request, problem: Problem) -> Response:
    """A problem in plain words: what happened, whether anything was stored, what to do.

    Who asks for a page and is signed out goes to sign in, and comes back; what they posted is not lost on the way.
    """
    if problem.kind == "signed-out" and request.method != "POST":
        return see_other(sign_in_path(asked_for(request)))
    visit = _visit_of(house, request) if problem.status < 500 else Visit(house)
    address, link = _way_on(request, problem.kind)
    main = problem.again or render("problem.html", problem=problem, address=address, link=link)
    return page(visit, title=problem.title, main=main, status=problem.status, headers=problem.headers)


def _way_on(request: Request, kind: str) -> tuple[str, str]:
    """Where the problem's page leads: to the application it is about, where that may be looked at."""
    if kind in TO_SIGN_IN:
        return "/sign-in", "去登录"
    named = (request.uri_params or {}).get("reference", "")
    if kind in OUT_OF_REACH or not named:
        return "/", "回首页"
    try:
        return f"/applications/{read_reference(str(named))}", "回到这份申请"
    except Mistyped:
        return "/", "回首页"


def _visit_of(house: House, request: Request) -> Visit:
    """Who asks, for the page's head; nobody, where something of ours is broken."""
    try:
        return visit_of(house, request)
    except StoreError:
        return Visit(house)
