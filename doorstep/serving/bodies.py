"""What came of a request's body. Without files in it, it is small, and has a few seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from doorstep.serving.gateway import BODY_READ_LIMIT

Receive = Callable[[], Awaitable[Mapping[str, Any]]]

DEADLINE = 10.0
"""Seconds a body without files may take, from its request's last header to its last byte."""


class Body(NamedTuple):
    """What came, and why it is not the whole: "too-large", "too-slow", "cut-off" and, of those with files,
    "files-too-large" and "busy"; empty: it is.
    """

    content: bytes = b""
    problem: str = ""


async def read_body(length: str, receive: Receive, deadline: float = DEADLINE) -> Body:
    """The whole body in time, or what is wrong with it. Never holds more than BODY_READ_LIMIT and one piece of it.

    `length` is the Content-Length as it was sent, or empty.
    """
    if length.isdecimal() and int(length) >= BODY_READ_LIMIT:
        return Body(problem="too-large")
    content = bytearray()
    try:
        async with asyncio.timeout(deadline):
            while True:
                told = await receive()
                if told["type"] != "http.request":
                    return Body(problem="cut-off")
                content += told["body"]
                if len(content) >= BODY_READ_LIMIT:
                    return Body(problem="too-large")
                if not told["more_body"]:
                    return Body(bytes(content))
    except TimeoutError:
        return Body(problem="too-slow")
