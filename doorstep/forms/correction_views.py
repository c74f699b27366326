"""The questions of a correction page: of the whole form only those that are open or may become so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doorstep.forms.controls import Control, Item, SectionView, controls_of, item_title
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form


def correction_views(
    form: Form,
    tree: Mapping[str, Any],
    shown: Collection[str],
    reasons: Mapping[str, str],
    errors: Sequence[FieldError] = (),
) -> tuple[SectionView, ...]:
    """The sections with something to show. `tree` holds every answer as typed, `reasons` the office's, by pointer."""
    messages = {error.pointer: error.message for error in errors}
    controls = [
        control
        for field in form.fields
        for control in _controls(field, form.fields, tree, shown, messages, name="", pointer="")
    ]
    marked = tuple(_with_reasons(control, reasons) for control in controls)
    views = (
        SectionView(section, tuple(control for control in marked if control.field.section == section.id))
        for section in form.sections
    )
    return tuple(view for view in views if view.controls)


def _controls(
    field: Field,
    beside: Sequence[Field],
    tree: Mapping[str, Any],
    shown: Collection[str],
    messages: Mapping[str, str],
    *,
    name: str,
    pointer: str,
) -> tuple[Control, ...]:
    where = f"{pointer}/{field.name}"
    if where in shown:
        # A condition on a question that is not on the page holds: else this one would not be open.
        here = {one.name for one in beside if f"{pointer}/{one.name}" in shown}
        asked_if = tuple(condition for condition in field.asked_if if condition.field in here)
        alone = [*(one for one in beside if one.name in here and one is not field), field._replace(asked_if=asked_if)]
        made = controls_of(alone, tree, messages, name=name, pointer=pointer)
        return (made[-1],)
    if not any(one.startswith(f"{where}/") for one in shown):
        return ()
    items = _items(field, tree.get(field.name), shown, messages, name=f"{name}{field.name}", pointer=where)
    group = controls_of([field._replace(asked_if=())], {}, messages, name=name, pointer=pointer)[0]
    return (replace(group, items=items, fixed=True),)


def _items(
    field: Field, value: Any, shown: Collection[str], messages: Mapping[str, str], *, name: str, pointer: str
) -> tuple[Item, ...]:
    items = []
    for index, item in enumerate(value if isinstance(value, list) else []):
        where, answers = f"{pointer}/{index}", item if isinstance(item, dict) else {}
        controls = [
            control
            for inner in field.fields
            for control in _controls(
                inner, field.fields, answers, shown, messages, name=f"{name}-{index}-", pointer=where
            )
        ]
        if controls:
            items.append(Item(index, item_title(field, index), tuple(controls)))
    return tuple(items)


def _with_reasons(control: Control, reasons: Mapping[str, str]) -> Control:
    items = tuple(
        replace(item, controls=tuple(_with_reasons(inner, reasons) for inner in item.controls))
        for item in control.items
    )
    return replace(control, items=items, asked=reasons.get(control.pointer))
