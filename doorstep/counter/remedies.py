"""The way to object, as the service has it on the day of the decision; sealed with it, so it stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

APPEAL = "appeal"
_OBJECTIONS = (APPEAL, "complaint")


def can_object(service: Mapping[str, Any]) -> bool:
    """Whether the service says how one objects to a decision: without it nobody may be turned down."""
    return any(remedy["id"] == APPEAL for remedy in service.get("remedies", []))


def way_to_object(service: Mapping[str, Any]) -> list[dict[str, str]]:
    """[{"title", "text"}]: what one can do about a decision, and about how one was treated."""
    return [
        {"title": remedy["title"], "text": remedy["text"]}
        for remedy in service.get("remedies", [])
        if remedy["id"] in _OBJECTIONS
    ]
