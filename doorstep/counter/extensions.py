"""Which limits may still be extended: only where the law says how far, once, and before they have run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from doorstep.applications.clock import Clock, is_overdue
from doorstep.applications.limits import may_extend


def extendable(service: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The service's limits that this application's events have started and not extended yet."""
    kinds = {event["type"] for event in events}
    extended = {event["limit"] for event in events if event["type"] == "extended"}
    return tuple(
        limit
        for limit in service["limits"]
        if limit["from"] in kinds and limit["id"] not in extended and may_extend(limit, limit.get("at_most", 0))
    )


def still_extendable(
    service: Mapping[str, Any], events: Sequence[Mapping[str, Any]], now: Clock, today: dt.date
) -> tuple[Mapping[str, Any], ...]:
    """Those of them whose last day is not over: what is late stays late, and is seen to be."""
    over = {limit.id for limit in now.limits if limit.statutory and is_overdue(limit, today)}
    return tuple(limit for limit in extendable(service, events) if limit["id"] not in over)
