"""What is different between two instances of one form, pointer by pointer: what is kept, sealed, of a correction.

An item of a group is the one with the same identifying answer (the first question of kind resident-id), wherever it
stands: whoever takes one person out and adds another has renamed nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from doorstep.forms.fields import Field, Form


def changes(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """[{"pointer", "before"?, "after"?}], in order of pointers; a side where nothing was answered is absent.

    Places are those of `before`, but for an item that is new: `/group/2` with `after` alone says where it stands now,
    with `before` alone that it was taken out. Where items cannot be told apart, a group with as many items as before
    is compared place by place; any other one, and one whose items changed their order, as a whole.
    """
    found = _changes(form.fields, before, after, "")
    return sorted(found, key=lambda change: (str(change["pointer"]), "before" not in change))


class _Pairing(NamedTuple):
    """Which item is which: (place before, place after), places taken out, places that are new."""

    pairs: list[tuple[int, int]]
    removed: list[int]
    added: list[int]


def _changes(
    fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any], pointer: str
) -> Iterator[dict[str, Any]]:
    by_name = {field.name: field for field in fields}
    for name in before.keys() | after.keys():
        where = f"{pointer}/{name}"
        sides = {side: part[name] for side, part in (("before", before), ("after", after)) if name in part}
        one, other = sides.get("before"), sides.get("after")
        inner = by_name[name].fields if name in by_name else ()
        paired = _paired(inner, one, other)
        if paired is not None and one is not None and other is not None:
            yield from ({"pointer": f"{where}/{place}", "before": one[place]} for place in paired.removed)
            yield from ({"pointer": f"{where}/{place}", "after": other[place]} for place in paired.added)
            for old, new in paired.pairs:
                yield from _changes(inner, one[old], other[new], f"{where}/{old}")
        elif len(sides) < 2 or type(one) is not type(other) or one != other:  # JSON tells true from 1
            yield {"pointer": where, **sides}


def _paired(fields: Sequence[Field], one: Any, other: Any) -> _Pairing | None:
    """None where the two are to be compared as a whole."""
    lists = isinstance(one, list) and isinstance(other, list) and all(isinstance(item, dict) for item in [*one, *other])
    if not lists or not one or not other:
        return None
    identity = next((field.name for field in fields if field.kind == "resident-id"), "")
    old, new = ([item.get(identity) for item in items] for items in (one, other))
    if not identity or not _tells_apart(old) or not _tells_apart(new):
        return _Pairing([(place, place) for place in range(len(one))], [], []) if len(one) == len(other) else None
    pairs = [(place, new.index(person)) for place, person in enumerate(old) if person in new]
    left = {place for place, person in enumerate(old) if person not in new}
    fresh = {place for place, person in enumerate(new) if person not in old}
    # A number that was typed wrong: the same name at the same place, and nobody else can be meant.
    name = next((field.name for field in fields if field.kind == "person-name"), "")
    if len(one) == len(other):
        same = {place for place in left & fresh if name and one[place].get(name) == other[place].get(name)}
        pairs = sorted([*pairs, *((place, place) for place in same)])
        left, fresh = left - same, fresh - same
    if any(first[1] > second[1] for first, second in pairwise(pairs)):
        return None
    return _Pairing(pairs, sorted(left), sorted(fresh))


def _tells_apart(identities: Sequence[Any]) -> bool:
    return all(isinstance(one, str) for one in identities) and len(set(identities)) == len(identities)
