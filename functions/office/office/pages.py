"""Answers for staff: the office's shell around what a template makes. No page has a script."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chalice.app import Request, Response
from markupsafe import Markup

from doorstep.counter.staff import ROLES
from office.admission import visit_of
from office.assets import address
from office.composition import House
from office.visitor import Visit
from weblib.answers import html_answer
from weblib.problems import Problem
from weblib.templates import Templates

SITE = "家门口 · 办事窗口"

SIGN_OUT = "/sign-out"
"""Where the header's button posts to."""

TEMPLATES = Templates(Path(__file__).parent / "templates")
render = TEMPLATES.render
"""What office/templates/<template> makes of these parts; everything in them is escaped."""


def page(
    visit: Visit, *, title: str, main: str, status: int = 200, headers: Mapping[str, Any] | None = None
) -> Response:
    """The shell with this title and this content of <main>. `main` is HTML made by a template, `title` is text."""
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
    )
    return html_answer(body, status=status, headers=headers)


def problem_page(house: House, request: Request, problem: Problem) -> Response:
    """A problem in plain words: what happened, whether anything was stored, what to do."""
    # Where something of ours is broken, asking who is signed in might fail the same way.
    visit = visit_of(house, request) if problem.status < 500 else Visit(house)
    main = problem.again or render("problem.html", problem=problem)
    return page(visit, title=problem.title, main=main, status=problem.status, headers=problem.headers)
