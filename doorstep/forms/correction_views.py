"""The questions of a correction page: of the whole form only those that are open or may become so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doorstep.forms.attached import Attached
from doorstep.forms.control import Control, Item, SectionView
from doorstep.forms.controls import controls_of, item_title, with_focus, with_rows
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form

_CLAUSES = re.compile("[^，；。]+[，；。]?")
_MAY_BE_EMPTY = re.compile("空着|不填")


def correction_views(
    form: Form,
    tree: Mapping[str, Any],
    shown: Collection[str],
    reasons: Mapping[str, str],
    *,
    errors: Sequence[FieldError] = (),
    attached: Mapping[str, Attached] = {},
    focus: str | None = None,
) -> tuple[SectionView, ...]:
    """The sections with something to show. `tree` holds every answer as typed, `reasons` the office's, by pointer.

    `attached` says by digest how files stand, `focus` names the group or attachment the page opens at.
    """
    messages = {error.pointer: error.message for error in errors}
    controls = with_rows(_controls(form.fields, tree, shown, messages, name="", pointer=""), attached)
    marked = tuple(_with_reasons(control, reasons) for control in controls)
    if focus is not None:
        marked = with_focus(marked, focus)
    views = (
        SectionView(section, tuple(control for control in marked if control.field.section == section.id))
        for section in form.sections
    )
    return tuple(view for view in views if view.controls)


def _controls(
    fields: Sequence[Field],
    tree: Mapping[str, Any],
    shown: Collection[str],
    messages: Mapping[str, str],
    *,
    name: str,
    pointer: str,
) -> tuple[Control, ...]:
    """What is shown of one object: the form itself, or a group's item."""
    here = {field.name for field in fields if f"{pointer}/{field.name}" in shown}
    partly = {
        field.name
        for field in fields
        if field.name not in here and any(one.startswith(f"{pointer}/{field.name}/") for one in shown)
    }
    # A condition on a question that is not on the page holds: else this one would not be open.
    alone = [
        field._replace(asked_if=tuple(condition for condition in field.asked_if if condition.field in here))
        for field in fields
        if field.name in here | partly
    ]
    whole = controls_of(alone, {part: tree.get(part) for part in here}, messages, name=name, pointer=pointer)
    return tuple(
        _some_items(control, tree.get(control.field.name), shown, messages) if control.field.name in partly else control
        for control in whole
    )


def _some_items(group: Control, value: Any, shown: Collection[str], messages: Mapping[str, str]) -> Control:
    """A group of which only some questions are open: its items stay where they are."""
    items = []
    for index, item in enumerate(value if isinstance(value, list) else []):
        answers = item if isinstance(item, dict) else {}
        controls = _controls(
            group.field.fields,
            answers,
            shown,
            messages,
            name=f"{group.name}-{index}-",
            pointer=f"{group.pointer}/{index}",
        )
        if controls:
            items.append(Item(index, item_title(group.field, index), controls))
    return replace(group, items=tuple(items), fixed=True)


def _with_reasons(control: Control, reasons: Mapping[str, str]) -> Control:
    items = tuple(
        replace(item, controls=tuple(_with_reasons(inner, reasons) for inner in item.controls))
        for item in control.items
    )
    asked = reasons.get(control.pointer)
    field = _not_to_be_left(control.field) if asked else control.field
    return replace(control, field=field, items=items, asked=asked)


def _not_to_be_left(field: Field) -> Field:
    """Without the words that it may be left empty: the office says beside it what is missing."""
    if not field.description:
        return field
    kept = "".join(clause for clause in _CLAUSES.findall(field.description) if not _MAY_BE_EMPTY.search(clause))
    return field._replace(description=re.sub("[，；、]+$", "。", kept) or None)
