"""The one decision for every route: who is this, and may they go there?"""

from __future__ import annotations

from chalice.app import Request

from office.composition import House
from office.visitor import Visit
from weblib.problems import ProblemError
from weblib.routes import PUBLIC, Route


def authorise(house: House, request: Request, route: Route) -> Visit:
    """Whoever may call this route, as its view gets them. Raises ProblemError: signed-out, not-yours."""
    visit = visit_of(house, request)
    if route.needs == PUBLIC:
        return visit
    if visit.who is None:
        raise ProblemError("signed-out")
    if visit.staff.role not in route.needs:
        raise ProblemError("not-yours")
    return visit


def visit_of(house: House, _request: Request) -> Visit:
    """Who asks. There are no sessions yet, so nobody is signed in."""
    return Visit(house)
