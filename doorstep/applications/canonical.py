"""Canonical JSON: one value, one sequence of bytes, whoever writes it."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no white space.

    Equal to RFC 8785 for what the form profile allows: ASCII keys, strings, integers, booleans, lists, objects.
    Floats raise ValueError: two machines may write one differently, so amounts are decimal strings.
    """
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("a float has no canonical form here; write amounts as decimal strings")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for part in value:
        if not isinstance(part, str):  # most parts are texts
            _refuse_floats(part)
