"""Answers for people: the site's own shell around what a template makes."""

from __future__ import annotations

import functools
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from chalice.app import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chalicelib.composition import MAIN, TITLE, House
from chalicelib.problems import ProblemError, beijing_time

SITE = "家门口"

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
    return Response(body, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, status)


def render(template: str, **parts: Any) -> str:
    """What chalicelib/templates/<template> makes of these parts; everything in them is escaped."""
    return _environment().get_template(template).render(parts)


def problem_page(house: House, request: Request, problem: ProblemError) -> Response:
    """A problem in plain words: what happened, whether anything was stored, what to do."""
    if problem.kind == "from-elsewhere":  # the same address, asked for afresh: the site's own empty page
        address, link = quote(request.path.format_map(request.uri_params or {})) + "/", "打开空白的页面"
    else:
        address, link = WAY_ON.get(request.path.strip("/").partition("/")[0], ("/", "回首页"))
    main = problem.again or render("problem.html", problem=problem, address=address, link=link)
    return page(house, title=problem.title, main=main, status=problem.status, headers=problem.headers)


def load_templates() -> None:
    """Compile all templates now, so that none is read again later."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters["beijing"] = beijing_time
    return environment
