"""The Chalice application: one request at a time for each thread, and no answer that went through no door of ours."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from chalice.app import Chalice, Request, Response

from doorstep.security_headers import SECURITY_HEADERS
from weblib.limiter import Limiter
from weblib.logs import RequestLog
from weblib.parts import MULTIPART
from weblib.problems import WITH_FILES, Failing, ProblemError, worded
from weblib.requests import address, wants_json
from weblib.routes import Route

ANY_TYPE = ["*/*"]
"""Chalice takes a body without a type for JSON; our readers decide instead, and answer 415 as a problem."""

AGAIN = {"busy": {"Retry-After": "30"}}
"""What goes with a problem that the server in front found: when to come again."""

STRICTER = "strict-origin"
"""The Referrer-Policy of a page whose own address is a secret: none of it goes on, and posts still say their origin."""


class Settings(Protocol):
    """`proxies`: how many of our own stand in front of us. `origin`: our public origin, or empty."""

    @property
    def proxies(self) -> int: ...

    @property
    def origin(self) -> str: ...


class House(Protocol):
    """What every function's house has; its views know the rest of it."""

    @property
    def settings(self) -> Settings: ...

    @property
    def limiter(self) -> Limiter: ...

    @property
    def log(self) -> RequestLog: ...

    def close(self) -> None: ...


H = TypeVar("H", bound=House)


def open_to_all(house: Any, _request: Request, _route: Route) -> Any:
    """The `authorise` of a function whose views decide for themselves: they are called with the house."""
    return house


class App(Chalice, Generic[H]):
    """Chalice with a `current_request` of its own for each thread, and every failure answered in one place.

    A plain Chalice object shared by threads answers one person's request with another's data.
    `start` composes what requests need; without it, the first request does.

    `multipart` are the bytes a body with files may have, by the path of each route that takes any.
    `authorise(house, request, route)` runs before a route's view: it raises ProblemError for who may not go there (by
    `route.needs`), else gives what the view is called with first. `headers` are on every answer.
    """

    def __init__(
        self,
        name: str,
        compose: Callable[[], H],
        routes: Sequence[Route],
        *,
        failing: Failing,
        authorise: Callable[[H, Request, Route], Any] = open_to_all,
        headers: Mapping[str, str] = SECURITY_HEADERS,
    ) -> None:
        self._here = threading.local()
        self._compose = compose
        self._composing = threading.Lock()
        self._house: H | None = None
        self._failing = failing
        self._authorise = authorise
        self._headers = headers
        self.multipart = {route.path: route.multipart for route in routes if route.multipart}
        super().__init__(name, configure_logs=False)
        if self.multipart:  # else API Gateway takes a photo for text, and spoils it
            self.api.binary_types = [*self.api.binary_types, MULTIPART]
        for route in routes:
            methods = ["GET", "HEAD"] if route.method == "GET" else [route.method]
            self.route(route.path, methods=methods, content_types=ANY_TYPE)(self._guarded(route))

    @property
    def current_request(self) -> Request | None:
        return getattr(self._here, "request", None)

    @current_request.setter
    def current_request(self, request: Request | None) -> None:
        self._here.request = request

    @property
    def lambda_context(self) -> Any:
        return getattr(self._here, "context", None)

    @lambda_context.setter
    def lambda_context(self, context: Any) -> None:
        self._here.context = context

    def start(self) -> H:
        """Everything requests need, composed once. Raises ServeError: what is missing and what to do."""
        if self._house is None:
            with self._composing:
                self._house = self._house or self._compose()
        return self._house

    def stop(self) -> None:
        """Let go of files and connections; the next request composes anew."""
        with self._composing:
            if self._house is not None:
                self._house.close()
                self._house = None

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        started = time.perf_counter()
        inside = event["requestContext"]
        pattern, method = inside.get("resourcePath"), inside["httpMethod"]
        if pattern not in self.routes:
            response = self._refuse(event, context, ProblemError("unknown-page"))
        elif method not in self.routes[pattern]:
            allowed = ", ".join(sorted(self.routes[pattern]))
            response = self._refuse(event, context, ProblemError("wrong-method", headers={"Allow": allowed}))
        elif event.get("bodyProblem") and not self._knows_what_to_do(event, pattern):
            found: str = event["bodyProblem"]
            response = self._refuse(event, context, ProblemError(found, headers=AGAIN.get(found)))
        else:
            response = super().__call__(event, context)
        self.start().log.answered(
            method=method if pattern in self.routes and method in self.routes[pattern] else "other",
            route=pattern or "none",
            status=response["statusCode"],
            milliseconds=(time.perf_counter() - started) * 1000,
            request_id=inside.get("requestId", ""),
        )
        self.current_request = None  # nothing of it stays with the thread
        return response

    def _knows_what_to_do(self, event: Any, pattern: str) -> bool:
        """Where only the files are missing, a page can still give back all else."""
        page = pattern in self.multipart and not pattern.startswith("/api/")
        return page and event["bodyProblem"] in WITH_FILES and bool(event["body"])

    def _guarded(self, route: Route) -> Callable[..., Response]:
        # JSON needs no such guard: a page elsewhere may not send its type without asking first, and we never say yes.
        page_post = route.method == "POST" and (bool(route.multipart) or not route.path.startswith("/api/"))

        def answer(**parameters: str) -> Response:
            request = self.current_request
            assert request is not None
            house = self.start()
            try:
                if page_post:
                    _refuse_strangers(house, request)
                response = route.view(self._authorise(house, request, route), request, **parameters)
            except Exception as error:  # noqa: BLE001 — the one place where exceptions become answers
                response = self._failed(house, request, error, storing=route.storing)
            return self._secured(response)

        answer.__name__ = "_".join([route.method.lower(), *re.findall(r"\w+", route.path)])
        return answer

    def _refuse(self, event: Any, context: Any, problem: ProblemError) -> dict[str, Any]:
        """An answer for what Chalice would never hand to a view."""
        inside = event["requestContext"] | {"resourcePath": event.get("path", "/")}
        request = Request(event | {"requestContext": inside}, context)
        answer: dict[str, Any] = self._secured(self._problem(self.start(), request, problem)).to_dict()
        return answer

    def _failed(self, house: H, request: Request, error: Exception, *, storing: bool) -> Response:
        raised = self._failing.problem_of(error, storing=storing)
        if raised is not None and raised.kind == "tampered":
            house.log.tampered(error, request_id=request.context.get("requestId", ""))
        elif raised is None or self._failing.kinds[raised.kind].status >= 500:
            house.log.failed(error, request_id=request.context.get("requestId", ""))
        return self._problem(house, request, raised or ProblemError("broken"))

    def _problem(self, house: H, request: Request, raised: ProblemError) -> Response:
        if raised.kind in self._failing.guesses:
            wait = house.limiter.failed(address(request, house.settings.proxies))
            if wait:
                raised = ProblemError("too-many", headers={"Retry-After": str(wait)})
        problem = worded(raised, self._failing.kinds)
        if request.path.startswith("/api/") or wants_json(request):
            return Response(
                problem.body(), {"Content-Type": "application/problem+json", **problem.headers}, problem.status
            )
        answer: Response = self._failing.page(house, request, problem)
        return answer

    def _secured(self, response: Response) -> Response:
        """Every answer carries the headers, and is kept by nobody unless its view said so.

        A view may tell fewer where a request came from, never more.
        """
        stricter = {"Referrer-Policy": STRICTER} if response.headers.get("Referrer-Policy") == STRICTER else {}
        response.headers = {"Cache-Control": "no-store", **response.headers, **self._headers, **stricter}
        return response


def _refuse_strangers(house: House, request: Request) -> None:
    from weblib.elsewhere import from_elsewhere  # noqa: PLC0415 — programs have no page

    if from_elsewhere(request, house.settings.origin):
        raise ProblemError("from-elsewhere")
