"""Where to go when somebody has to: the address, shown when it is asked for, which is recorded."""

from __future__ import annotations

from chalice.app import Request, Response

from doorstep.counter.notices import ToldAlready
from doorstep.counter.visiting import open_home
from office.calls_pages import HERE, call_page
from office.queries import address
from office.visitor import Visit
from weblib.answers import see_other


def show_home(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /calls/{reference}/home: the call's page with the address and names."""
    try:
        home = open_home(visit.house.counter, visit.staff, reference)
    except ToldAlready:
        return see_other(address(HERE, done="told-already"))
    return call_page(visit, home.call, home=home.entries)
