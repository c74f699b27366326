"""Answers of the two sorts a function gives: JSON for programs, HTML for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chalice.app import Response


def json_answer(value: Any, *, status: int = 200) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), {"Content-Type": "application/json"}, status)


def html_answer(body: str, *, status: int = 200, headers: Mapping[str, Any] | None = None) -> Response:
    """A whole page. A header may have a list of values, such as Set-Cookie."""
    return Response(body, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, status)


def see_other(address: str, *cookies: str) -> Response:
    """303: the browser asks for `address` by GET, whatever it did before. `cookies` are values of Set-Cookie."""
    headers: dict[str, Any] = {"Location": address, "Content-Type": "text/plain; charset=utf-8"}
    return Response("", headers | ({"Set-Cookie": list(cookies)} if cookies else {}), 303)
