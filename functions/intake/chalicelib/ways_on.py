"""Where an error page leads whoever holds reference and code: back to their own progress, without typing them again."""

from __future__ import annotations

from typing import overload

from chalicelib.pages import render
from chalicelib.problems import KINDS
from chalicelib.visit import Visit
from weblib.problems import ProblemError, worded

KEPT = frozenset(
    {"not-returned", "asked-more", "not-open", "not-extended", "not-decided", "already-taken"}
    | {"not-asked-after", "supplied-often"}
)
"""What can no longer be done, while the application itself is well."""


@overload
def with_way_on(visit: Visit, problem: ProblemError) -> ProblemError: ...
@overload
def with_way_on(visit: Visit, problem: None) -> None: ...
def with_way_on(visit: Visit, problem: ProblemError | None) -> ProblemError | None:
    """The same problem, with a button that leads back to the progress where there is one to lead to."""
    if problem is not None and problem.kind in KEPT and not problem.again:
        problem.again = render("way_on.html", visit=visit, problem=worded(problem, KINDS))
    return problem
