"""A form that is shown again: what a colleague did meanwhile, or why nothing was stored."""

from __future__ import annotations

from typing import Any

from doorstep.applications.store import OutcomeUnknown, TooLarge
from doorstep.counter.errors import Moved
from doorstep.counter.peeking import look_at
from office.facts import since
from office.problems import KINDS
from office.visitor import Visit
from office.words import state


def moved_words(visit: Visit, moved: Moved) -> dict[str, Any]:
    """What has come since the page was made, and how it stands now."""
    peeked = look_at(visit.house.counter, moved.head)
    return {"lines": since(visit, peeked, moved.seen), "now": state(peeked.standing)}


def trouble_words(error: Exception) -> dict[str, str]:
    """Why nothing was stored, or that nobody knows; what to do."""
    kind = "outcome-unknown" if isinstance(error, OutcomeUnknown) else "not-stored"
    if isinstance(error, TooLarge):
        kind = "too-large"
    return {"title": KINDS[kind].title, "words": KINDS[kind].detail}
