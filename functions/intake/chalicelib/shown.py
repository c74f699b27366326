"""What an application's resident may read of its journal: when, what sort of step, and one public line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.applications.reading import CORRECTED, RETURNED
from doorstep.applications.standing import NOT_REACHED
from doorstep.applications.status import EVENTS

STILL_TO_BRING = "，材料还要带到窗口"


class ShownEvent(NamedTuple):
    at: str
    type: str
    line: str


def shown_events(head: Head, service: Mapping[str, Any], *, papers: bool = False) -> list[ShownEvent]:
    """Oldest first. A step of a sort we have no words for, as a newer release may have written, is left out.

    `service` is the entry of services.json, whose stages name what an application was handed on to. `papers`: the
    newest notice still waits for papers, which a correction after it did not bring.
    """
    stages = {stage["id"]: str(stage["title"]) for stage in service.get("stages", [])}
    past = events(head)
    shown = [ShownEvent(event["at"], event["type"], _line(event, stages)) for event in past if event["type"] in EVENTS]
    last = next((number for number in reversed(range(len(shown))) if shown[number].type in (RETURNED, CORRECTED)), None)
    if papers and last is not None and shown[last].type == CORRECTED:
        shown[last] = shown[last]._replace(line=shown[last].line + STILL_TO_BRING)
    return shown


def _line(event: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    if event.get("outcome") == NOT_REACHED:
        return "找过您，没有找到"
    line = EVENTS[event["type"]].line
    stage = stages.get(str(event.get("stage"))) if event["type"] == "advanced" else None
    return f"{line}：{stage}" if stage else line
