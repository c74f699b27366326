"""What granian calls: waits for bodies without a thread, within a deadline, then lets a thread answer.

Whoever opens many connections and sends nothing holds no thread: pages and other people's requests go on.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Mapping
from queue import SimpleQueue
from threading import Thread
from typing import Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from doorstep.addresses import client_address, network_of
from doorstep.serving.bodies import Body, Receive, read_body
from doorstep.serving.gateway import BODY_PROBLEM, BODY_READ_LIMIT
from doorstep.serving.large_bodies import LargeBodies

Scope = Mapping[str, Any]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
"""Status, headers, content."""


class Front:
    """An ASGI application in front of a WSGI one. `threads` requests are answered at once, any number may be read.

    `body_limit(method, path, content_type)` says how many bytes of a body are read; 0: none is, it is left on the
    wire. `proxies`: how many of our own stand in front of us. ASGI, because it tells a body in pieces that broke off
    from one that ended; granian's own interface does not.
    """

    def __init__(
        self, application: WSGIApplication, body_limit: Callable[[str, str, str], int], threads: int, proxies: int = 0
    ) -> None:
        self._application = application
        self._body_limit = body_limit
        self._proxies = proxies
        self._large = LargeBodies()
        # A third of what ThreadPoolExecutor costs: its futures are made twice and locked.
        self._waiting: SimpleQueue[tuple[WSGIEnvironment, asyncio.Future[Answer]]] = SimpleQueue()
        for number in range(threads):
            Thread(target=self._work, name=f"answer-{number}", daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        limit = self._body_limit(scope["method"], scope["path"], headers.get("content-type", ""))
        length = headers.get("content-length", "")
        if limit > BODY_READ_LIMIT:
            with self._large.place(self._network(scope, headers)) as place:
                body = await place.read(length, headers["content-type"], receive, limit)
                async with self._large.answering:
                    await self._reply(scope, headers, body, send)
        else:
            body = await read_body(length, receive) if limit else Body()
            await self._reply(scope, headers, body, send)

    def _network(self, scope: Scope, headers: Mapping[str, str]) -> str:
        return network_of(client_address(scope["client"][0], headers.get("x-forwarded-for", ""), self._proxies))

    async def _reply(self, scope: Scope, headers: Mapping[str, str], body: Body, send: Send) -> None:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.put((_environ(scope, headers, body), answer))
        status, answered, content = await answer
        await send({"type": "http.response.start", "status": status, "headers": answered})
        await send({"type": "http.response.body", "body": content})

    def _work(self) -> None:
        while True:
            environ, answer = self._waiting.get()
            loop = answer.get_loop()
            try:
                loop.call_soon_threadsafe(_settle, answer, self._answer(environ))
            except Exception as error:  # noqa: BLE001 — the request fails, the thread goes on
                loop.call_soon_threadsafe(_fail, answer, error)

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        told: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[..., object]:
            told[:] = int(status[:3]), [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
            return told.append

        content = b"".join(self._application(environ, start_response))
        return told[0], told[1], content


def _settle(answer: asyncio.Future[Answer], found: Answer) -> None:
    if not answer.done():  # cancelled: the server has stopped waiting
        answer.set_result(found)


def _fail(answer: asyncio.Future[Answer], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)


def _headers(scope: Scope) -> dict[str, str]:
    """Names in small letters. What was sent twice is joined, so that nobody reads only the one he likes.

    WSGI writes `-` as `_`: a name that comes with one would pass for another's (X_Forwarded_For), so it is left out.
    """
    headers: dict[str, str] = {}
    for sent, content in scope["headers"]:
        name, value = sent.decode("latin-1"), content.decode("latin-1")
        if "_" not in name:
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    return headers


def _environ(scope: Scope, headers: Mapping[str, str], body: Body) -> WSGIEnvironment:
    """PEP 3333. The length is that of what was read, however it was sent."""
    environ: WSGIEnvironment = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ |= {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": scope["client"][0],
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "CONTENT_TYPE": environ.pop("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body.content)),
        BODY_PROBLEM: body.problem,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body.content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return environ
