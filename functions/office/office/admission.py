"""The one decision for every route: who is this, may they go there, and did a page of ours send it?"""

from __future__ import annotations

from chalice.app import Request

from doorstep.counter.sessions import csrf_fits, find_session
from office.composition import House
from office.cookies import SESSION, cookie
from office.paths import path_of, purpose_of
from office.posted import read_form
from office.visitor import Visit
from weblib.problems import ProblemError
from weblib.routes import PUBLIC, Route

CSRF_FIELD = "_csrf"
NOT_TO_READ = "这一页只给办这件事的同事看。"
"""Instead of what is said of a step: whoever only asked for a page stored nothing and meant to store nothing."""


def authorise(house: House, request: Request, route: Route) -> Visit:
    """Whoever may call this route, as its view gets them, with the form that was posted.

    Raises ProblemError: signed-out, not-yours (another role's), page-too-old (no CSRF token of this session for this
    address), from-elsewhere, or what is wrong with the form.
    """
    visit = visit_of(house, request)
    if route.needs != PUBLIC:
        if visit.who is None:
            raise ProblemError("signed-out")
        if visit.staff.role not in route.needs:
            raise ProblemError("not-yours", detail=None if route.method == "POST" else NOT_TO_READ)
    if route.method != "POST":
        return visit
    _refuse_the_unnamed(request)
    visit = visit._replace(form=read_form(request))
    if route.needs != PUBLIC and visit.who is not None:
        purpose = purpose_of(path_of(request))
        if not csrf_fits(visit.who.token, purpose, visit.form.get(CSRF_FIELD)):
            raise ProblemError("page-too-old")
    return visit


def visit_of(house: House, request: Request) -> Visit:
    """Who asks: whose session the cookie is. Raises StoreError."""
    token = cookie(request, SESSION)
    if not token:
        return Visit(house)
    return Visit(house, find_session(house.records.sessions, house.records.staff, token, now=house.clock()))


def _refuse_the_unnamed(request: Request) -> None:
    """A browser says where a post comes from, by one header or the other; weblib has refused those from elsewhere.

    Here no program posts, so what says nothing is refused too.
    """
    if not request.headers.get("origin") and not request.headers.get("sec-fetch-site"):
        raise ProblemError("from-elsewhere")
