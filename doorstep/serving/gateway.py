"""WSGI in front, API Gateway's proxy events behind: the same function answers on one machine and on AWS."""

from __future__ import annotations

import base64
import re
import types
import uuid
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

Event = dict[str, Any]

BODY_READ_LIMIT = 64 * 1024 + 1
"""One byte more than a request may have is all that is ever read: the function behind sees it is too much. Where it
takes files, its own limit and one byte is.
"""

BODY_PROBLEM = "doorstep.body_problem"
"""Where a server says why the body is not the whole one, such as "cut-off"; the function then answers so."""

_HTTP_METHOD = re.compile(r"[A-Z]{1,20}")


class Gateway:
    """A WSGI application that hands each request to `function(event, context)`; safe to share between threads.

    `routes` are the function's patterns, such as /api/forms/{form}. A path that fits none reaches the function
    with `resourcePath` None. A trailing slash does not matter, as on API Gateway. `multipart` are the bytes that a
    body with files may have, for the routes that take any.
    """

    def __init__(
        self,
        function: Callable[[Event, Any], Mapping[str, Any]],
        routes: Iterable[str],
        multipart: Mapping[str, int] = types.MappingProxyType({}),
    ) -> None:
        self._function = function
        self._routes = [(_pattern(route), route) for route in sorted(routes)]
        self._multipart = multipart

    def body_limit(self, method: str, path: str, content_type: str) -> int:
        """Bytes of this request's body to read; 0: it would not be looked at, and nobody needs to wait for it."""
        if method != "POST":
            return 0
        pattern, _ = self._match(path)
        return 0 if pattern is None else self._limit(pattern, content_type)

    def _limit(self, pattern: str | None, content_type: str) -> int:
        most = self._multipart.get(pattern, 0) if pattern else 0
        with_files = most and content_type.partition(";")[0].strip().lower() == "multipart/form-data"
        return most + 1 if with_files else BODY_READ_LIMIT

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._function(self.event(environ), None)
        body = answer["body"]
        content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        headers = [(name, str(value)) for name, value in answer["headers"].items()]
        headers += [(name, str(value)) for name, values in answer["multiValueHeaders"].items() for value in values]
        status = HTTPStatus(answer["statusCode"])
        if status != HTTPStatus.NO_CONTENT:  # which has none, not one of no length
            headers.append(("Content-Length", str(len(content))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    def event(self, environ: WSGIEnvironment) -> Event:
        """The proxy event API Gateway would have made of this request. The body is always base64."""
        path = environ.get("PATH_INFO") or "/"
        pattern, parameters = self._match(path)
        method = environ["REQUEST_METHOD"]
        body, body_problem = _read(environ, self._limit(pattern, environ.get("CONTENT_TYPE", "")))
        query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        return {
            "resource": pattern,
            "path": path,
            "httpMethod": method if _HTTP_METHOD.fullmatch(method) else "UNKNOWN",
            "headers": _headers(environ),
            "multiValueQueryStringParameters": query or None,
            "pathParameters": parameters,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": pattern,
                "httpMethod": method if _HTTP_METHOD.fullmatch(method) else "UNKNOWN",
                "requestId": uuid.uuid4().hex,
                "identity": {"sourceIp": environ.get("REMOTE_ADDR", "")},
            },
            "body": base64.b64encode(body).decode("ascii") if body else None,
            "isBase64Encoded": bool(body),
            "bodyProblem": body_problem,
        }

    def _match(self, path: str) -> tuple[str | None, dict[str, str] | None]:
        bare = path[:-1] if len(path) > 1 and path.endswith("/") else path
        for expression, route in self._routes:
            found = expression.fullmatch(bare)
            if found:
                return route, found.groupdict() or None
        return None, None


def _pattern(route: str) -> re.Pattern[str]:
    """What stands in braces is a name for one part of a path; everything else is meant as it is written."""
    parts = re.split(r"{(\w+)}", route)
    return re.compile("".join(f"(?P<{it}>[^/]+)" if n % 2 else re.escape(it) for n, it in enumerate(parts)))


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            headers[name.replace("_", "-").lower()] = environ[name]
    return headers


def _read(environ: WSGIEnvironment, limit: int) -> tuple[bytes, str]:
    """The body, or its first `limit` bytes, and what a server or its length says is wrong with it.

    Read to the end of the stream when no length was sent.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    chunked = not length and bool(environ.get("wsgi.input_terminated"))
    wanted = min(int(length), limit) if length.isdecimal() else limit if chunked else 0
    parts: list[bytes] = []
    while wanted > 0:
        part = environ["wsgi.input"].read(wanted)
        if not part:
            break
        parts.append(part)
        wanted -= len(part)
    problem = environ.get(BODY_PROBLEM) or ("cut-off" if wanted and not chunked else "")
    return b"".join(parts), problem
