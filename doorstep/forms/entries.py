"""Answers as people read them: question by question, section by section, and what a correction changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from doorstep.forms.attached import Attached, digests_in, lines_of
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


def sections_of(
    form: Form, places: Places, instance: Mapping[str, Any], attached: Mapping[str, Attached] = {}
) -> list[tuple[Section, tuple[Entry, ...]]]:
    """The sections with the questions that were asked, and their answers; one in which nothing was asked is left out.
    `attached` says how files stand.
    """
    asked = asked_fields(form.fields, instance)
    found = [(section, [field for field in asked if field.section == section.id]) for section in form.sections]
    return [(section, entries_of(fields, instance, places, attached)) for section, fields in found if fields]


def entries_of(
    fields: Sequence[Field],
    answers: Mapping[str, Any],
    places: Places,
    attached: Mapping[str, Attached] = {},
    *,
    pointer: str = "",
) -> tuple[Entry, ...]:
    """These questions with their answers; `pointer` is that of the object `answers`."""
    return tuple(
        _entry(field, answers.get(field.name), places, f"{pointer}/{field.name}", attached) for field in fields
    )


class ShownChange(NamedTuple):
    """One answer that differs: `title` says whose and which it is; a side is None where nothing was answered.

    `sort` is "changed", or "removed" or "added" for a whole item of a group, which stands on one side alone.
    """

    pointer: str
    title: str
    before: Entry | None
    after: Entry | None
    sort: str = "changed"

    @property
    def kind(self) -> str:
        """The question's kind; empty where neither side says it."""
        one = self.after or self.before
        return one.kind if one else ""


def shown_changes(
    form: Form,
    places: Places,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    attached: Mapping[str, Attached] = {},
) -> tuple[ShownChange, ...]:
    """What differs between two instances, to be read, in the form's order; `attached` says how files stand."""
    listed = sorted(changes(form, before, after), key=lambda change: order_of(form, str(change["pointer"])))
    return tuple(_shown(form, places, before, after, change, attached=attached) for change in listed)


def _shown(
    form: Form,
    places: Places,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    change: Mapping[str, Any],
    *,
    attached: Mapping[str, Attached],
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
        _entry(found.field, change[side], places, pointer, attached) if found and side in change else None
        for side in ("before", "after")
    )
    if new and new.kind == "attachment":
        new = replace(new, lines=(*new.lines, *_moved(change.get("before"), change["after"])))
    return ShownChange(pointer, title_at(form, before, pointer) or title_at(form, after, pointer), old, new)


def _moved(before: Any, after: Any) -> Iterator[str]:
    """Which of two lists of files: their numbers alone may be the same."""
    old, new = set(digests_in(before)), set(digests_in(after))
    if old and new - old:
        yield f"新加了{len(new - old)}份"
    if old - new:
        yield f"去掉了{len(old - new)}份"


_SORTS = {"removed": "去掉一位", "added": "加上一位"}


def _entry(field: Field, value: Any, places: Places, pointer: str, attached: Mapping[str, Attached] = {}) -> Entry:
    if value is None:
        return Entry(field.title, field.kind, pointer, ())
    if field.kind == "attachment":
        return Entry(field.title, field.kind, pointer, lines_of(value, attached))
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
