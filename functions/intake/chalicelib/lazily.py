"""Views that are imported when somebody first asks for them: a program's cold start does not pay for pages."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from chalice.app import Request, Response

from chalicelib.composition import House


def view(module: str, name: str) -> Callable[..., Response]:
    """`chalicelib.<module>.<name>`, imported by the first request that needs it."""

    def answer(house: House, request: Request, **parameters: str) -> Response:
        response: Response = getattr(importlib.import_module(f"chalicelib.{module}"), name)(
            house, request, **parameters
        )
        return response

    return answer
