"""Which limits may still be extended: only where the law says how far, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
