"""Which address leads where: the one table that the function, its OpenAPI description and the tests read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chalice.app import Response

from chalicelib import api
from chalicelib.lazily import view

View = Callable[..., Response]


class Route(NamedTuple):
    """A method and path with its view, called as view(house, request, **path_parameters).

    `storing`: it may write, so a store that fails must be answered with "nothing was stored".
    `secret`: it opens an application, with reference and code; every other route is open to all.
    """

    method: str
    path: str
    view: View
    storing: bool = False
    secret: bool = False


ROUTES = (
    Route("GET", "/api/health", api.health),
    Route("GET", "/api/forms", api.list_forms),
    Route("GET", "/api/forms/{form}", api.show_form),
    Route("POST", "/api/forms/{form}/check", api.check_answers),
    Route("POST", "/api/forms/{form}/applications", api.submit_answers, storing=True),
    Route("GET", "/api/applications/{reference}", api.show_application, secret=True),
    Route("POST", "/api/applications/{reference}/withdrawal", api.withdraw_application, storing=True, secret=True),
    Route("GET", "/api/keys", api.show_keys),
    Route("GET", "/api/openapi.json", view("openapi", "show_openapi")),
    Route("POST", "/apply/{form}", view("apply_pages", "apply"), storing=True),
    Route("POST", "/track", view("track_pages", "track"), secret=True),
    Route("GET", "/verify", view("verify_pages", "verify_address")),
    Route("POST", "/verify", view("verify_pages", "verify_posted")),
)
