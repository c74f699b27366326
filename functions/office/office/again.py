"""A form that is shown again: what a colleague did meanwhile, or why nothing was stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from chalice.app import Response

from doorstep.applications.store import HeadFull, OutcomeUnknown, StoreError, TooLarge
from doorstep.counter.errors import Moved
from doorstep.counter.peeking import look_at
from office.facts import since
from office.pages import page, render
from office.problems import KINDS
from office.visitor import Visit
from office.words import state


def moved_words(visit: Visit, moved: Moved) -> dict[str, Any]:
    """What has come since the page was made, and how it stands now."""
    peeked = look_at(visit.house.counter, moved.head)
    return {"lines": since(visit, peeked, moved.seen), "now": state(peeked.standing)}


def trouble_words(error: Exception) -> dict[str, str]:
    """Why nothing was stored, or that nobody knows; what to do."""
    found = KINDS[_kind(error)]
    return {"title": found.title, "words": found.detail}


def trouble_page(error: StoreError, show: Callable[[int, dict[str, str]], Response]) -> Response:
    """The form again, by `show(status, words)`, after the store has failed.

    Where it fails once more on the way there, the first failure is the one to tell: what came of the step is not known
    any better.
    """
    try:
        return show(KINDS[_kind(error)].status, trouble_words(error))
    except StoreError as another:
        raise error from another


def moved_away(visit: Visit, moved: Moved, texts: Sequence[str]) -> Response:
    """Another office holds it now: what has come since, and what was typed, to copy."""
    words = moved_words(visit, moved)
    main = render("moved_away.html", moved=words, texts=texts, reference=moved.head.reference)
    return page(visit, title=f"情况变了 {moved.head.reference}", main=main, here="/", status=409)


def _kind(error: Exception) -> str:
    if isinstance(error, OutcomeUnknown):
        return "outcome-unknown"
    if isinstance(error, HeadFull):
        return "full"
    return "too-large" if isinstance(error, TooLarge) else "not-stored"
