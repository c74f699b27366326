"""The office's queues: which one an application stands in, and where."""

from __future__ import annotations

from collections.abc import Mapping

from doorstep.applications.status import OPEN

UNASSIGNED = "unassigned"


def queue_of(status: str, routing: Mapping[str, str]) -> str:
    """`open/650203001001` or `closed/…`: by the answers that route (their values, in order of field names)."""
    places = "+".join(routing[name] for name in sorted(routing)) or UNASSIGNED
    return f"{'open' if status in OPEN else 'closed'}/{places}"


def position(at: str, reference: str) -> str:
    """A place in a queue that sorts by time and is unique."""
    return f"{at}#{reference}"
