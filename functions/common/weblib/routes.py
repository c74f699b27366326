"""A line of a function's table of addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chalice.app import Response

View = Callable[..., Response]

PUBLIC = frozenset(("public",))
"""Who may call a route: anybody."""


class Route(NamedTuple):
    """A method and path with its view, called as view(here, request, **path_parameters).

    `here` is what the function's `authorise` gave: its house, where nothing else is said.
    `needs`: who may call it, PUBLIC or what the function's `authorise` understands; nobody can forget to decide.
    `storing`: it may write, so a store that fails must be answered with "nothing was stored".
    `multipart`: bytes a body of multipart/form-data may have; 0: the route takes none. Any other body is small
    (`requests.BODY_LIMIT`).
    """

    method: str
    path: str
    view: View
    needs: frozenset[str]
    storing: bool = False
    multipart: int = 0
