"""Which office is next: an application moves along the guide's stages, from the office that accepts it on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.applications.calendar import beijing_date
from doorstep.applications.head import Head
from doorstep.applications.offices import FALLBACK, Office
from doorstep.applications.queues import place_of
from doorstep.applications.standing import Standing
from doorstep.counter.counter import Counter

DECIDES, ACCEPTS = "decide", "accept"


def next_stage(service: Mapping[str, Any], now: Standing) -> Mapping[str, Any] | None:
    """The stage after this one; the first one before acceptance; None at the end, where the guide has none, and where
    it no longer has the one it stands at. Nothing comes to a stage that was retired; what stands there goes on.
    """
    stages = service.get("stages", [])
    places = {stage["id"]: number for number, stage in enumerate(stages)}
    following = places.get(now.stage, len(stages)) + 1 if now.stage else 0
    return next((stage for stage in stages[following:] if not stage.get("retired")), None)


def stage_known(service: Mapping[str, Any], now: Standing) -> bool:
    """Whether the guide has the stage it stands at. Where it was taken out, nobody knows what was done and what not."""
    return not now.stage or any(stage["id"] == now.stage for stage in service.get("stages", []))


def lasts_until(
    counter: Counter, service: Mapping[str, Any], now: Standing, events: Sequence[Mapping[str, Any]]
) -> dt.date | None:
    """The last day that the stage it stands at must last, by the guide's `at_least`, counted from the day after it came
    there; None where the guide says none.
    """
    stage: Mapping[str, Any] = next(
        (one for one in service.get("stages", []) if now.stage and one["id"] == now.stage), {}
    )
    start = stage_began(now, events)
    if "at_least" not in stage or start is None:
        return None
    least = stage["at_least"]
    if least["unit"] == "working_day":
        return counter.calendar.add_working_days(start, least["days"])[0]
    return start + dt.timedelta(days=least["days"])


def stage_began(now: Standing, events: Sequence[Mapping[str, Any]]) -> dt.date | None:
    """The day it came to the stage it stands at; None before acceptance and where a guide has no stages."""
    came = (str(event["at"]) for event in reversed(events) if now.stage and event.get("stage") == now.stage)
    return next(map(beijing_date, came), None)


def has_lasted(
    counter: Counter, service: Mapping[str, Any], now: Standing, events: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether the stage it stands at has lasted as long as the guide says it must."""
    until = lasts_until(counter, service, now, events)
    return until is None or counter.today() > until


def at_its_end(service: Mapping[str, Any], now: Standing) -> bool:
    """Whether nothing is left but the decision."""
    return stage_known(service, now) and next_stage(service, now) is None


def office_at(counter: Counter, service: Mapping[str, Any], role: str, accepted_by: str, head: Head) -> str:
    """The office that has this role for an application that `accepted_by` (an office's id) accepted.

    Its own division counts, not the answers': it may have been assigned because they were wrong or unknown.
    """
    kind = service.get("office_kinds", {}).get(role, "")
    accepting = counter.offices.get(accepted_by)
    if accepting is not None and accepting.kind == kind:
        return accepted_by
    office = counter.offices.serving(kind, accepted_by.rpartition("-")[2])
    if office.kind != kind:  # the next one is smaller than the one before
        office = counter.offices.serving(kind, place_of(head))
    return office.id


def may_accept(counter: Counter, service: Mapping[str, Any], office_id: str) -> bool:
    """Whether this is an office of the kind that accepts such applications, whichever division it serves."""
    office = counter.offices.get(office_id)
    return office is not None and office.kind == service.get("office_kinds", {}).get(ACCEPTS)


def can_come(counter: Counter, service: Mapping[str, Any], office_id: str) -> bool:
    """Whether applications for this service come to this office: its kind accepts them, has one of their stages or
    decides, or keeps those whose community nobody knows. Without a form nobody applies here.
    """
    office = counter.offices.get(office_id)
    if office is None or not service.get("form"):
        return False
    roles = {ACCEPTS, DECIDES, *(str(stage["office"]) for stage in service.get("stages", []))}
    kinds = service.get("office_kinds", {})
    return office.kind in {FALLBACK, *(kinds[role] for role in roles if role in kinds)}


def assignable(counter: Counter, service: Mapping[str, Any], now: Standing) -> tuple[Office, ...]:
    """The offices that could accept it instead of the one that holds it."""
    return tuple(
        office for office in counter.offices.all if office.id != now.office and may_accept(counter, service, office.id)
    )
