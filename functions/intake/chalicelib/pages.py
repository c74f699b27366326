"""Answers for people: the site's own shell around what a template makes."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from chalice.app import Request, Response

from chalicelib.composition import MAIN, TITLE, House
from weblib.answers import html_answer
from weblib.problems import Problem
from weblib.templates import Templates

SITE = "家门口"


def _with_numbers(said: str) -> str:
    from doorstep.forms.page_parts import with_numbers  # noqa: PLC0415 — few pages name a public line

    return with_numbers(said)


TEMPLATES = Templates(Path(__file__).parent / "templates", with_numbers=_with_numbers)
render = TEMPLATES.render
"""What chalicelib/templates/<template> makes of these parts; everything in them is escaped."""

WAY_ON = {
    "apply": ("/services/", "去看办事指南"),
    "track": ("/track/", "回到查办理进度"),
    "verify": ("/verify/", "回到验回执真假"),
}
"""Where an error page leads: by the first part of the address."""


def page(
    house: House, *, title: str, main: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """The shell with this title and this content of <main>. `main` is HTML made by a template, `title` is text."""
    full = html.escape(f"{title} – {SITE}")
    body = house.shell.replace(TITLE, full, 1).replace(MAIN, main, 1)
    return html_answer(body, status=status, headers=headers)


def problem_page(house: House, request: Request, problem: Problem) -> Response:
    """A problem in plain words: what happened, whether anything was stored, what to do."""
    if problem.kind == "from-elsewhere":  # the same address, asked for afresh: the site's own empty page
        address, link = quote(request.path.format_map(request.uri_params or {})) + "/", "打开空白的页面"
    else:
        address, link = WAY_ON.get(request.path.strip("/").partition("/")[0], ("/", "回首页"))
    main = problem.again or render("problem.html", problem=problem, address=address, link=link)
    return page(house, title=problem.title, main=main, status=problem.status, headers=problem.headers)
