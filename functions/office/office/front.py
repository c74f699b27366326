"""The answer for whoever watches over the machine."""

from __future__ import annotations

from chalice.app import Request, Response

from office.visitor import Visit
from weblib.answers import json_answer


def health(_visit: Visit, _request: Request) -> Response:
    """Whether this office answers."""
    return json_answer({"status": "ok"})
