"""What an application's resident may read of its journal: when, what sort of step, and one public line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.applications.status import EVENTS


class ShownEvent(NamedTuple):
    at: str
    type: str
    line: str


def shown_events(head: Head, service: Mapping[str, Any]) -> list[ShownEvent]:
    """Oldest first. A step of a sort we have no words for, as a newer release may have written, is left out.

    `service` is the entry of services.json, whose stages name what an application was handed on to.
    """
    stages = {stage["id"]: str(stage["title"]) for stage in service.get("stages", [])}
    return [
        ShownEvent(event["at"], event["type"], _line(event, stages))
        for event in events(head)
        if event["type"] in EVENTS
    ]


def _line(event: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    line = EVENTS[event["type"]].line
    stage = stages.get(str(event.get("stage"))) if event["type"] == "advanced" else None
    return f"{line}：{stage}" if stage else line
