"""The one place where the office asks another machine: the sign-in provider. Standard library; no more is needed."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

PATIENCE = 8.0
"""Seconds for the connection and for each wait on it: a person looks at a blank page meanwhile."""

LARGEST = 256 * 1024
"""Bytes of an answer; a provider's description has some 5 KB, its keys fewer."""


def fetch(address: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and content of a GET, or of a POST where there is a body. TLS is checked against the system's roots.

    Follows no redirect and uses no proxy. Raises OSError: no connection, no TLS, too slow, too large, no HTTP.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, parts.port, timeout=PATIENCE, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET" if body is None else "POST", target, body, {"User-Agent": "doorstep", **headers})
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
    except (http.client.HTTPException, ValueError) as problem:  # ValueError: a port or a letter no address can have
        raise OSError(type(problem).__name__) from problem
    finally:
        connection.close()
    if len(content) > LARGEST:
        raise OSError("the answer is too large")
    return answer.status, content
