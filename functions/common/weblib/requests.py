"""Reading a request: strict about what a body may be, silent about what it holds."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from chalice.app import Request

from doorstep.addresses import client_address
from weblib.problems import ProblemError

BODY_LIMIT = 64 * 1024
"""Bytes a body may have; the allowance with twelve members needs about 6 KB."""

DEPTH_LIMIT = 8
"""Levels of lists and objects a JSON body may have; a form needs four."""


def json_body(request: Request) -> dict[str, Any]:
    """The JSON object of the body. Numbers with a point stay text: the form then says what it wanted instead.

    Raises ProblemError: 415 other type, 413 too large, 400 bad UTF-8, bad JSON, a key twice, too deep, no object.
    """
    return json_text(_body(request, "application/json"))


def json_text(text: str) -> dict[str, Any]:
    """The JSON object a page carried in a hidden field, as strict as a body."""
    try:
        parsed = json.loads(text, object_pairs_hook=_unique, parse_float=str, parse_int=_short_int,
                            parse_constant=_refuse)  # fmt: skip
    except (ValueError, RecursionError) as reason:
        raise ProblemError("unreadable") from reason
    if not isinstance(parsed, dict) or not _sound(parsed, DEPTH_LIMIT):
        raise ProblemError("unreadable")
    return parsed


def form_text(request: Request) -> str:
    """The urlencoded body as text, still encoded. Raises ProblemError: 415, 413, 400."""
    return _body(request, "application/x-www-form-urlencoded")


def wants_json(request: Request) -> bool:
    """Whether the sender asked for JSON and not for a page."""
    accept = request.headers.get("accept", "").lower()
    return "text/html" not in accept and ("application/json" in accept or "application/problem+json" in accept)


def address(request: Request, proxies: int) -> str:
    """Where the request came from. X-Forwarded-For counts only as far as our own proxies wrote it, from the right."""
    source = str(request.context.get("identity", {}).get("sourceIp", ""))
    return client_address(source, request.headers.get("x-forwarded-for", ""), proxies)


def media_type_of(request: Request) -> str:
    """What the body says it is, without parameters, in small letters."""
    return str(request.headers.get("content-type", "")).lower().partition(";")[0].strip()


def raw_content(request: Request) -> bytes:
    """The body as it was sent. Raises ProblemError 415 for one that is packed."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError("wrong-type")
    try:
        content = request.raw_body
    except ValueError as reason:  # not base64: only a broken gateway sends that
        raise ProblemError("unreadable") from reason
    return content.encode() if isinstance(content, str) else content


def _body(request: Request, media_type: str) -> str:
    parameters = request.headers.get("content-type", "").lower().split(";")[1:]
    if media_type_of(request) != media_type or not all(map(_harmless, parameters)):
        raise ProblemError("wrong-type")
    content = raw_content(request)
    if len(content) > BODY_LIMIT:
        raise ProblemError("too-large")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as reason:
        raise ProblemError("unreadable") from reason


def _harmless(parameter: str) -> bool:
    """A parameter of a content type, in small letters: any, but of all character sets only UTF-8."""
    name, _, value = parameter.partition("=")
    return name.strip() != "charset" or value.strip().strip('"') == "utf-8"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values under one key: nobody knows which one was meant, and validators differ."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _short_int(digits: str) -> int | str:
    """Longer than any number a form asks for: it stays text, as JSON stores disagree about such numbers."""
    return int(digits) if len(digits) <= 15 else digits


def _sound(value: Any, depth: int) -> bool:
    """Not too deep, and every text can be written as UTF-8 (JSON can spell half a surrogate pair)."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return depth > 0 and all(_sound(key, 1) and _sound(part, depth - 1) for key, part in value.items())
    if isinstance(value, list):
        return depth > 0 and all(_sound(part, depth - 1) for part in value)
    return True
