"""Marks on a stored instance: where the office asks for a correction, and what else a new answer there may lead to.

A mark is the JSON Pointer of a field (`/phone`), of an item's field (`/household_members/1/name`) or of a whole group
(`/household_members`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.forms.conditions import asked_fields, holds
from doorstep.forms.controls import item_title
from doorstep.forms.fields import Field, Form

MISSING = object()
"""Stands for what is not there, where null is an answer taken away."""


class Target(NamedTuple):
    """What a pointer names: a field, inside item `place` of `group` or (both None) of the form itself."""

    field: Field
    group: Field | None = None
    place: int | None = None


def shown_pointers(form: Form, stored: Mapping[str, Any], opened: Collection[str]) -> frozenset[str]:
    """The open pointers and those of questions that a new answer to one of them may lead to."""
    found = set(opened)
    for fields, answers, pointer in objects_of(form, stored):
        names = {field.name for field in fields if f"{pointer}/{field.name}" in found}
        asked = {field.name for field in asked_fields(fields, answers)}
        for field in fields:
            depends = any(condition.field in names for condition in field.asked_if)
            if (
                depends
                and field.name not in asked
                and all(c.field in names or holds(c, answers) for c in field.asked_if)
            ):
                names.add(field.name)
        found |= {f"{pointer}/{name}" for name in names}
    return frozenset(found)


def target(form: Form, instance: Mapping[str, Any], pointer: str) -> Target | None:
    """The field a pointer names; None for what no mark can stand at: no field, or an item that is not there."""
    name, *rest = pointer.removeprefix("/").split("/") if pointer.startswith("/") else ("",)
    field = form.field(name)
    if field is None or not rest:
        return Target(field) if field else None
    items = instance.get(name)
    inner = next((part for part in field.fields if part.name == rest[-1]), None)
    if len(rest) != 2 or inner is None or not isinstance(items, list) or not _is_index(rest[0], len(items)):
        return None
    return Target(inner, field, int(rest[0]))


def may_stand(form: Form, instance: Mapping[str, Any], pointer: str) -> bool:
    """Whether a mark can stand there: at a question this instance was asked."""
    if target(form, instance, pointer) is None:
        return False
    parent, _, name = pointer.rpartition("/")
    asked = {where: asked_fields(fields, answers) for fields, answers, where in objects_of(form, instance)}
    return any(field.name == name for field in asked.get(parent, ()))


def title_at(form: Form, instance: Mapping[str, Any], pointer: str) -> str:
    """What people call the question a pointer names, with whose it is; empty when it names none."""
    found = target(form, instance, pointer)
    if found is None:
        return ""
    if found.group is None or found.place is None:
        return found.field.title
    return f"{item_title(found.group, found.place)}，{found.field.title}"


def order_of(form: Form, pointer: str) -> tuple[int, ...]:
    """Sorts pointers as the form asks its questions, items by their places."""
    order: list[int] = []
    fields = form.fields
    for part in pointer.removeprefix("/").split("/"):
        if part.isdigit():
            order.append(int(part))
            continue
        names = [field.name for field in fields]
        place = names.index(part) if part in names else len(names)
        order.append(place)
        fields = fields[place].fields if part in names else ()
    return tuple(order)


def is_open(pointer: str, opened: Collection[str]) -> bool:
    """A whole group that is open opens all that is in it."""
    return pointer in opened or any(pointer.startswith(f"{one}/") for one in opened)


def objects_of(form: Form, instance: Mapping[str, Any]) -> Iterator[tuple[tuple[Field, ...], Mapping[str, Any], str]]:
    """The form's own questions, and those of every item: fields, answers, pointer."""
    yield form.fields, instance, ""
    for field in form.fields:
        items = instance.get(field.name)
        if field.kind == "group" and isinstance(items, list):
            for index, item in enumerate(items):
                if isinstance(item, dict):
                    yield field.fields, item, f"/{field.name}/{index}"


def items_of(value: Any) -> Iterator[tuple[int, Any]]:
    """The items of a group with their places, from a list or from an object with numbers for names."""
    if isinstance(value, list):
        yield from enumerate(value)
    elif isinstance(value, dict):
        numbered = [(int(key), item) for key, item in value.items() if _is_index(key, 1_000)]
        yield from sorted(numbered, key=lambda pair: pair[0])


def at(tree: Any, path: Sequence[str], missing: Any = None) -> Any:
    """What stands at a path: members of objects, items of lists or of objects with numbers for names."""
    for part in path:
        if isinstance(tree, dict) and part in tree:
            tree = tree[part]
        elif isinstance(tree, list) and _is_index(part, len(tree)):
            tree = tree[int(part)]
        else:
            return missing
    return tree


def _is_index(text: str, length: int) -> bool:
    """Whether it is an index as RFC 6901 writes it, below `length`."""
    return text.isascii() and text.isdigit() and len(text) < 5 and str(int(text)) == text and int(text) < length
