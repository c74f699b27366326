"""Correcting a stored instance: only what the office marked is open, everything else stands as it is.

What a changed answer makes the form ask besides is open too, and so is what is wrong with the whole by then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from doorstep.forms.conditions import asked_fields
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Form
from doorstep.forms.filler import drop_blank_items, fill
from doorstep.forms.marks import MISSING, at, is_open, items_of, may_stand, objects_of, shown_pointers, target
from doorstep.forms.messages import message

Check = Callable[[Mapping[str, Any]], Sequence[FieldError]]


class Corrected(NamedTuple):
    """`instance` is the whole, filled and checked; `opened` the pointers that could be answered; `tree` what a page
    shows again, with everything as it was typed.
    """

    instance: dict[str, Any]
    errors: tuple[FieldError, ...]
    opened: frozenset[str]
    tree: dict[str, Any]


def correct(
    form: Form,
    check: Check,
    stored: Mapping[str, Any],
    marked: Collection[str],
    posted: Any,
    *,
    shown: Collection[str] = (),
) -> Corrected:
    """The stored instance with the answers of the open pointers taken from `posted`, and everything wrong with it.

    `posted` is a tree in the form's shape; an item is found by its place, in a list or under its number. An open
    question it lacks keeps its answer, unless the pointer is among `shown`: then it was on the page and left empty.
    Whatever else is posted changes nothing. An answer that is no longer asked for is dropped.
    """
    opened = _outermost({pointer for pointer in marked if may_stand(form, stored, pointer)})
    while True:
        tree = _merged(form, stored, opened, posted, shown)
        tree, emptied = _keep_items(form, stored, opened, tree)
        instance = fill(form, tree)
        emptied = [error for error in emptied if target(form, instance, error.pointer)]
        errors = [*emptied, *(error for error in check(instance) if error.pointer not in {e.pointer for e in emptied})]
        more = {*_newly_asked(form, stored, instance), *(error.pointer for error in errors)}
        more = {pointer for pointer in more if not is_open(pointer, opened) and target(form, instance, pointer)}
        if not more:
            break
        opened = _outermost(opened | more)
    # What might be asked was on the page too: it comes back as it was typed.
    typed = _merged(form, stored, shown_pointers(form, stored, opened), posted, shown)
    return Corrected(instance, tuple(errors), frozenset(opened), typed)


def answers_at(instance: Mapping[str, Any], pointers: Collection[str]) -> dict[str, Any]:
    """The answers at these pointers as a tree that `correct` takes, null where there is none."""
    tree: dict[str, Any] = {}
    for pointer in sorted(pointers):
        path = pointer.removeprefix("/").split("/")
        place = tree
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = at(instance, path)
    return tree


def strangers(form: Form, stored: Mapping[str, Any], opened: Collection[str], posted: Mapping[str, Any]) -> list[str]:
    """Pointers that were sent and are not open: for a program to be told, nothing of them is taken."""
    found = []
    for name, value in posted.items():
        pointer = f"/{name}"
        if is_open(pointer, opened):
            continue
        if not any(one.startswith(f"{pointer}/") for one in opened):
            # Only what the form knows is repeated: anything else could be anything.
            found.append(pointer if form.field(name) else "")
            continue
        for index, item in items_of(value):
            inner = item if isinstance(item, dict) else {}
            beside = [part for part in inner if f"{pointer}/{index}/{part}" not in opened]
            found += [
                f"{pointer}/{index}/{part}" if target(form, stored, f"{pointer}/{index}/{part}") else ""
                for part in beside
            ]
    return list(dict.fromkeys(found))


def _outermost(pointers: set[str]) -> set[str]:
    """Without those that a whole group holds already."""
    return {pointer for pointer in pointers if not is_open(pointer.rpartition("/")[0], pointers)}


def _merged(
    form: Form, stored: Mapping[str, Any], opened: Collection[str], posted: Any, shown: Collection[str]
) -> dict[str, Any]:
    tree: dict[str, Any] = deepcopy(dict(stored))
    for pointer in sorted(opened):
        path = pointer.removeprefix("/").split("/")
        value = at(posted, path, missing=None if pointer in shown else MISSING)
        place = at(tree, path[:-1]) if len(path) > 1 else tree
        if value is MISSING or not isinstance(place, dict):
            continue
        found = form.field(path[0])
        if len(path) == 1 and found is not None and found.kind == "group" and isinstance(value, dict):
            value = [item for _, item in items_of(value)]
        if value is None:
            place.pop(path[-1], None)
        else:
            place[path[-1]] = deepcopy(value)
    return tree


def _keep_items(
    form: Form, stored: Mapping[str, Any], opened: Collection[str], tree: dict[str, Any]
) -> tuple[dict[str, Any], list[FieldError]]:
    """An item whose every open answer was taken away, with nothing beside, stays: filling would drop it, and the items
    behind it would change places.
    """
    emptied = []
    for field in form.fields:
        items = tree.get(field.name)
        if field.kind != "group" or f"/{field.name}" in opened or not isinstance(items, list):
            continue
        for index, item in enumerate(items):
            if drop_blank_items(form, {field.name: [item]})[field.name]:
                continue
            items[index] = deepcopy(stored[field.name][index])
            lost = [part for part in field.fields if f"/{field.name}/{index}/{part.name}" in opened]
            emptied += [
                FieldError(f"/{field.name}/{index}/{part.name}", "required", message("required", part)) for part in lost
            ]
    return tree, emptied


def _newly_asked(form: Form, stored: Mapping[str, Any], instance: Mapping[str, Any]) -> Iterator[str]:
    """What the form asks of the new instance and did not ask of the stored one; the whole group where items differ."""
    before = {pointer: asked_fields(fields, answers) for fields, answers, pointer in objects_of(form, stored)}
    for fields, answers, pointer in objects_of(form, instance):
        if pointer in before:
            known = {field.name for field in before[pointer]}
            yield from (f"{pointer}/{field.name}" for field in asked_fields(fields, answers) if field.name not in known)
