"""Which of a service's papers the answers call for: what is needed of some people alone says of whom (`only_if`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_called_for(paper: Mapping[str, Any], instance: Mapping[str, Any]) -> bool:
    """Whether each answer named in `only_if` is one of the values there. A question that was not asked calls for
    nothing, but for a mandate: whoever did not claim a right of their own needs one.
    """
    unasked = paper.get("who") == "agent"
    return all(
        instance[field] in values if field in instance else unasked
        for field, values in paper.get("only_if", {}).items()
    )
