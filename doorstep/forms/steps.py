"""The small steps of a form's page that are neither check nor confirm: one more item or file, one less."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from doorstep.forms.attached import digests_in
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


def add_files(form: Form, tree: dict[str, Any], name: str, digests: Iterable[str]) -> dict[str, Any]:
    """The tree with these files behind those of that question, each once; unchanged when it takes no files.

    Nothing is cut: of too many, the page says how many are too many, and its resident chooses which ones go.
    """
    field = form.field(name)
    if field is None or field.kind != "attachment":
        return tree
    return {**tree, name: list(dict.fromkeys([*digests_in(tree.get(name)), *digests]))}


def drop_file(form: Form, tree: dict[str, Any], name: str, index: int) -> dict[str, Any]:
    """The tree without the file that stands at this place on the page, from 0; unchanged when there is none."""
    field = form.field(name)
    if field is None or field.kind != "attachment":
        return tree
    return {**tree, name: [digest for place, digest in enumerate(digests_in(tree.get(name))) if place != index]}


def _items(tree: dict[str, Any], group: str) -> list[Any]:
    items = tree.get(group)
    return items if isinstance(items, list) else []
