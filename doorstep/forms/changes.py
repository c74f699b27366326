"""What is different between two instances of one form, pointer by pointer: what is kept, sealed, of a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """[{"pointer", "before"?, "after"?}], in order of pointers; a side where nothing was answered is absent.

    A group with as many items as before is compared item by item, another one as a whole.
    """
    return sorted(_changes(before, after, ""), key=lambda change: str(change["pointer"]))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], pointer: str) -> Iterator[dict[str, Any]]:
    for name in before.keys() | after.keys():
        where = f"{pointer}/{name}"
        sides = {side: part[name] for side, part in (("before", before), ("after", after)) if name in part}
        one, other = sides.get("before"), sides.get("after")
        if _are_alike_groups(one, other):
            for index, (old, new) in enumerate(zip(one or (), other or (), strict=True)):
                yield from _changes(old, new, f"{where}/{index}")
        elif len(sides) < 2 or type(one) is not type(other) or one != other:  # JSON tells true from 1
            yield {"pointer": where, **sides}


def _are_alike_groups(one: Any, other: Any) -> bool:
    lists = isinstance(one, list) and isinstance(other, list) and len(one) == len(other)
    return lists and all(isinstance(item, dict) for item in [*one, *other])
