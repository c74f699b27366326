"""What an application's resident may read of its journal: when, what sort of step, and one public line."""

from __future__ import annotations

from typing import NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.applications.status import EVENTS


class ShownEvent(NamedTuple):
    at: str
    type: str
    line: str


def shown_events(head: Head) -> list[ShownEvent]:
    """Oldest first. A step of a sort we have no words for, as a newer release may have written, is left out."""
    return [
        ShownEvent(event["at"], event["type"], EVENTS[event["type"]].line)
        for event in events(head)
        if event["type"] in EVENTS
    ]
