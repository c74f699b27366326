"""Reading an address's query: strict, as nobody types it by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from chalice.app import Request


def query(request: Request, name: str) -> str:
    """The only value of this name; "" when there is none or several."""
    values = request.query_params.getlist(name) if request.query_params and name in request.query_params else []
    return str(values[0]) if len(values) == 1 else ""


def address(path: str, **parts: str) -> str:
    """The path with those parts that are not empty as its query."""
    asked = urlencode({name: value for name, value in parts.items() if value})
    return f"{path}?{asked}" if asked else path
