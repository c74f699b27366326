"""Answers as people read them: question by question, section by section, and what a correction changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from doorstep.forms.changes import changes
from doorstep.forms.conditions import asked_fields
from doorstep.forms.controls import item_title
from doorstep.forms.fields import Field, Form, Section
from doorstep.forms.kinds import KINDS
from doorstep.forms.marks import order_of, target, title_at
from doorstep.places import Places


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and its answer, to be read; `items` for a group, `lines` empty when it was left out.

    `kind` is the question's, `pointer` its JSON Pointer in the instance.
    """

    title: str
    kind: str
    pointer: str
    lines: tuple[str, ...]
    items: tuple[tuple[str, tuple[Entry, ...]], ...] = ()


def sections_of(form: Form, places: Places, instance: Mapping[str, Any]) -> list[tuple[Section, tuple[Entry, ...]]]:
    """Every section with the questions that were asked, and their answers."""
    asked = asked_fields(form.fields, instance)
    return [
        (section, entries_of([field for field in asked if field.section == section.id], instance, places))
        for section in form.sections
    ]


def entries_of(
    fields: Sequence[Field], answers: Mapping[str, Any], places: Places, *, pointer: str = ""
) -> tuple[Entry, ...]:
    """These questions with their answers; `pointer` is that of the object `answers`."""
    return tuple(_entry(field, answers.get(field.name), places, f"{pointer}/{field.name}") for field in fields)


class ShownChange(NamedTuple):
    """One answer that differs: `title` says whose and which it is; a side is None where nothing was answered.

    `sort` is "changed", or "removed" or "added" for a whole item of a group, which stands on one side alone.
    """

    pointer: str
    title: str
    before: Entry | None
    after: Entry | None
    sort: str = "changed"


def shown_changes(
    form: Form, places: Places, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[ShownChange, ...]:
    """What differs between two instances, to be read, in the form's order."""
    listed = sorted(changes(form, before, after), key=lambda change: order_of(form, str(change["pointer"])))
    return tuple(_shown(form, places, before, after, change) for change in listed)


def _shown(
    form: Form, places: Places, before: Mapping[str, Any], after: Mapping[str, Any], change: Mapping[str, Any]
) -> ShownChange:
    pointer = str(change["pointer"])
    group, _, place = pointer.rpartition("/")
    field = form.field(group.removeprefix("/"))
    if field is not None and place.isdigit():
        sort = "removed" if "before" in change else "added"
        item = change.get("before", change.get("after"))
        inner = entries_of(asked_fields(field.fields, item), item, places, pointer=pointer)
        entry = Entry(field.title, field.kind, pointer, (), ((item_title(field, int(place)), inner),))
        old, new = (entry, None) if sort == "removed" else (None, entry)
        return ShownChange(pointer, f"{field.title}：{_SORTS[sort]}", old, new, sort)
    # A place is that of `before`: the values stand in the change itself.
    found = target(form, before, pointer) or target(form, after, pointer)
    old, new = (
        _entry(found.field, change[side], places, pointer) if found and side in change else None
        for side in ("before", "after")
    )
    return ShownChange(pointer, title_at(form, before, pointer) or title_at(form, after, pointer), old, new)


_SORTS = {"removed": "去掉一位", "added": "加上一位"}


def _entry(field: Field, value: Any, places: Places, pointer: str) -> Entry:
    if value is None:
        return Entry(field.title, field.kind, pointer, ())
    if field.kind == "group":
        items = (
            (
                item_title(field, index),
                entries_of(asked_fields(field.fields, item), item, places, pointer=f"{pointer}/{index}"),
            )
            for index, item in enumerate(value)
        )
        return Entry(field.title, field.kind, pointer, (), tuple(items))
    return Entry(field.title, field.kind, pointer, KINDS[field.kind].show(value, field, places))
