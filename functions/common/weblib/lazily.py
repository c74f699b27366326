"""What is imported when somebody first asks for it: a program's cold start does not pay for pages."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from chalice.app import Response


def view(module: str, name: str) -> Callable[..., Response]:
    """The function `<module>.<name>`, such as ("chalicelib.openapi", "show_openapi"), imported by its first call."""

    def answer(*given: object, **parameters: object) -> Response:
        response: Response = getattr(importlib.import_module(module), name)(*given, **parameters)
        return response

    return answer
