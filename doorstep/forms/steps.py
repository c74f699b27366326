"""The small steps of a form's page that are neither check nor confirm: one more item, one item less."""

from __future__ import annotations

from typing import Any

from doorstep.forms.fields import Form


def add_item(form: Form, tree: dict[str, Any], group: str) -> dict[str, Any]:
    """The tree with one more, empty item in that group; unchanged when there is no such group or it is full."""
    field = form.field(group)
    if field is None or field.kind != "group":
        return tree
    items = _items(tree, group)
    return tree if field.max_items is not None and len(items) >= field.max_items else {**tree, group: [*items, {}]}


def remove_item(form: Form, tree: dict[str, Any], group: str, index: int) -> dict[str, Any]:
    """The tree without that item; unchanged when there is none."""
    field = form.field(group)
    if field is None or field.kind != "group":
        return tree
    return {**tree, group: [item for place, item in enumerate(_items(tree, group)) if place != index]}


def _items(tree: dict[str, Any], group: str) -> list[Any]:
    items = tree.get(group)
    return items if isinstance(items, list) else []
