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
