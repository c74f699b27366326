"""How a route of /api is described to its readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from doorstep.forms.form import Form

TEXT = {"type": "string"}


def members(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    """An object with these members, and no others."""
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Operation:
    """A route for readers: statuses with what they mean, schemas of what goes in and comes out.

    `asks`: what the address may carry behind its question mark, each a schema; one without a default must be there.
    `gives` is empty where the answer has no body.
    """

    name: str
    summary: str
    gives: Mapping[str, Any]
    succeeds: Mapping[int, str] = field(default_factory=lambda: {200: "OK"})
    fails: tuple[int, ...] = ()
    takes: Mapping[str, Any] | None = None
    example: Callable[[Form], Any] | None = None
    media_type: str = "application/json"
    takes_type: str = "application/json"
    asks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
