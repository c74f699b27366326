"""What can go wrong, as kinds: a function owns the table with their statuses and words; here is what they do alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A sort of problem: `title` is what happened, `detail` whether anything was stored and what to do."""

    status: int
    title: str
    detail: str


class ProblemError(Exception):
    """Raised anywhere in a function: ends the request with this kind of problem.

    `detail` replaces the kind's own. `again` is the HTML of the form to try again with, for pages whose reader typed
    something worth keeping.
    """

    def __init__(
        self,
        kind: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        detail: str | None = None,
        again: str = "",
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.errors = errors
        self.headers = headers or {}
        self.detail = detail
        self.again = again


class Problem(NamedTuple):
    """A problem in the words of the function that answers it; `words` is what to do about it."""

    kind: str
    status: int
    title: str
    words: str
    errors: Sequence[Mapping[str, str]]
    headers: Mapping[str, str]
    again: str

    def body(self) -> str:
        """The RFC 9457 body: type, title, status, detail, and for fields `errors`."""
        parts: dict[str, Any] = {
            "type": f"urn:doorstep:problem:{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.words,
        }
        if self.errors:
            parts["errors"] = [dict(error) for error in self.errors]
        return json.dumps(parts, ensure_ascii=False)


def worded(raised: ProblemError, kinds: Mapping[str, Kind]) -> Problem:
    """The problem in the words of this table; KeyError for a kind it does not hold."""
    kind = kinds[raised.kind]
    return Problem(
        raised.kind, kind.status, kind.title, raised.detail or kind.detail, raised.errors, raised.headers, raised.again
    )


class Failing(NamedTuple):
    """How a function answers what failed.

    `kinds`: its table, which holds all of COMMON, and of WITH_FILES where a route takes files. `guesses`: kinds that
    a guesser meets; they are counted by network, and too many are answered "too-many". `problem_of(error, storing=…)`:
    the ProblemError an exception of the rooms below stands for, or None: then it is a fault of ours. `page(house,
    request, problem)`: the Problem for people; the request may be one that has no route.
    """

    kinds: Mapping[str, Kind]
    guesses: frozenset[str]
    problem_of: Callable[..., ProblemError | None]
    page: Callable[..., Any]


COMMON = frozenset(
    ("unreadable", "cut-off", "from-elsewhere", "unknown-page", "wrong-method",
     "too-slow", "too-large", "wrong-type", "too-many", "broken")
)  # fmt: skip
"""Kinds that are raised here, in weblib, or by the server in front: every function's table has words for them."""

WITH_FILES = frozenset(("files-too-large", "busy"))
"""The same, where any route takes files."""
