"""The first page, and the answer for whoever watches over the machine."""

from __future__ import annotations

from chalice.app import Request, Response

from office.pages import page, render
from office.visitor import Visit
from weblib.answers import json_answer


def front(visit: Visit, _request: Request) -> Response:
    """Where a staff member begins."""
    return page(visit, title="办事窗口", main=render("front.html", visit=visit))


def health(_visit: Visit, _request: Request) -> Response:
    """Whether this office answers."""
    return json_answer({"status": "ok"})
