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
from doorstep.forms.marks import at, order_of, target, title_at
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
    """One answer that differs: `title` says whose and which it is; a side is None where nothing was answered."""

    pointer: str
    title: str
    before: Entry | None
    after: Entry | None


def shown_changes(
    form: Form, places: Places, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[ShownChange, ...]:
    """What differs between two instances, to be read, in the form's order."""
    return tuple(
        ShownChange(
            pointer := str(change["pointer"]),
            title_at(form, before, pointer) or title_at(form, after, pointer),
            _side(form, places, before, pointer) if "before" in change else None,
            _side(form, places, after, pointer) if "after" in change else None,
        )
        for change in sorted(changes(before, after), key=lambda change: order_of(form, str(change["pointer"])))
    )


def _side(form: Form, places: Places, instance: Mapping[str, Any], pointer: str) -> Entry | None:
    found = target(form, instance, pointer)
    if found is None:
        return None
    value = at(instance, pointer.removeprefix("/").split("/"))
    return _entry(found.field, value, places, pointer)


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
