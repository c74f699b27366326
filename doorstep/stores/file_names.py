"""What a resting file is called on every store: shelf, reference and name, and at its end what became of it.

So a listing alone tells how files stand. Whatever else lies there is nobody's file, and no path is made of any other
text than these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from doorstep.attachments.files import READY, REFUSED, WAITING, FileState, Waiting
from doorstep.attachments.naming import is_name
from doorstep.attachments.verdicts import RESENT, VERDICTS

SHELVES = {WAITING: "quarantine", REFUSED: "refused", READY: "ready"}
"""Status → where such files lie. A reader goes through them in this order: none that moves on meanwhile is missed."""

ASIDE = "swept"
"""Where the sweep puts what nobody confirmed, under the names it had, before it is destroyed."""

_REFERENCE = re.compile("(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]")
_PAGES = re.compile("[1-9][0-9]{0,3}")
_LEAF = re.compile(r"([A-Za-z0-9_-]{22})(?:\.([a-z0-9-]{1,32}))?")


class Found(NamedTuple):
    """A file as one listing shows it."""

    name: str
    state: FileState


def checked(reference: str, name: str) -> None:
    """Raises ValueError, without repeating it, for what can be no part of a path."""
    checked_reference(reference)
    if not is_name(name):
        raise ValueError("not the name of a file")


def checked_reference(reference: str) -> None:
    """Raises ValueError, without repeating it, for what is no reference as it is written."""
    if not _REFERENCE.fullmatch(reference):
        raise ValueError("not a reference")


def is_reference(text: str) -> bool:
    """Whether it is written as references are."""
    return _REFERENCE.fullmatch(text) is not None


def ready_leaf(name: str, pages: int) -> str:
    """The last part of the name of one that is ready; ValueError for a number of pages that cannot be."""
    if not _PAGES.fullmatch(str(pages)):
        raise ValueError("a file has 1 to 9999 pages")
    return f"{name}.{pages}"


def refused_leaf(name: str, why: str) -> str:
    """The last part of the name of one that is refused; ValueError for what is no verdict."""
    if why not in VERDICTS:
        raise ValueError("not a verdict")
    return f"{name}.{why}"


def read_leaf(status: str, leaf: str, arrived_at: datetime) -> Found | None:
    """What the last part of a name on this status's shelf says; None when it is nobody's file."""
    parts = _LEAF.fullmatch(leaf)
    if parts is None or not is_name(parts[1]):
        return None
    name, end = parts[1], parts[2]
    if status == WAITING:
        return Found(name, FileState(WAITING, arrived_at)) if end is None else None
    if status == READY:
        return Found(name, FileState(READY, arrived_at, pages=int(end))) if end and _PAGES.fullmatch(end) else None
    return Found(name, FileState(REFUSED, arrived_at, why=end)) if end in VERDICTS else None


def leaf_of(found: Found) -> str:
    """The last part of its name."""
    end = found.state.why or (str(found.state.pages) if found.state.pages else "")
    return f"{found.name}.{end}" if end else found.name


def came_since(file: Waiting, waiting: Iterable[Found]) -> bool:
    """Whether this file came in once more since it was listed."""
    return any(one.name == file.name and one.state.arrived_at > file.arrived_at for one in waiting)


def states_of(found: Iterable[Found]) -> dict[str, FileState]:
    """How each file stands, where a listing may show one twice: while it moves on, or because it came again.

    What is ready stays so, what is refused too unless it can be sent again; it came in when it last did.
    """
    states: dict[str, FileState] = {}
    for name, state in found:
        known = states.get(name)
        if known is None:
            states[name] = state
            continue
        first, second = sorted((known, state), key=_rank)
        states[name] = first._replace(arrived_at=max(first.arrived_at, second.arrived_at))
    return states


def _rank(state: FileState) -> tuple[int, float]:
    """The lower one counts; of two alike the newer."""
    if state.status == READY:
        rank = 0
    elif state.status == REFUSED and state.why != RESENT:
        rank = 1
    else:
        rank = 2 if state.status == WAITING else 3
    return rank, -state.arrived_at.timestamp()
