"""A request's answers, urlencoded or JSON alike, become the typed instance the schema speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from doorstep.forms.conditions import is_asked
from doorstep.forms.fields import Field, Form
from doorstep.forms.kinds import KINDS
from doorstep.forms.readers import Filling, one_too_many
from doorstep.places import Places

# Stands for every property the form does not know, so that validation refuses it and nothing repeats its name.
UNKNOWN_PROPERTY = "?"


def fill(form: Form, tree: Any, _places: Places | None = None) -> dict[str, Any]:
    """The instance of any tree of JSON values; never raises, and filling an instance again changes nothing.

    Not answered is absent, not asked is dropped, unreadable stays as typed, properties the form does not know become
    one `UNKNOWN_PROPERTY` that no schema accepts. No floats, no integers beyond 15 digits, no control characters.
    """
    return _fill_object(form.fields, tree)


def drop_blank_items(form: Form, tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree as typed, with those of the groups' items that `fill` would keep: its indices are the instance's."""
    return _with_items(form, tree, _kept_items)


def cut_groups(form: Form, tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree as typed, blank items too, unless a group is longer than a page can hold: then without them, and cut.

    Adding an item stops at the most that are allowed, so nobody who fills in a page loses anything.
    """
    return _with_items(form, tree, _as_many_as_fit)


def _with_items(form: Form, tree: Mapping[str, Any], choose: Callable[[Field, list[Any]], list[Any]]) -> dict[str, Any]:
    kept = dict(tree)
    for field in form.fields:
        items = kept.get(field.name)
        if field.kind == "group" and isinstance(items, list):
            kept[field.name] = choose(field, items)
    return kept


def _as_many_as_fit(field: Field, items: list[Any]) -> list[Any]:
    limit = one_too_many(field)
    return items if limit is None or len(items) <= limit else _kept_items(field, items)


def _kept_items(field: Field, items: list[Any]) -> list[Any]:
    return list(islice((item for item in items if _says_something(item, field)), one_too_many(field)))


def _says_something(item: Any, field: Field) -> bool:
    return item is not None and item != "" and bool(_fill_object(field.fields, item))


def _fill_object(fields: tuple[Field, ...], tree: Any) -> dict[str, Any]:
    if not isinstance(tree, dict):
        return {UNKNOWN_PROPERTY: True}
    instance: dict[str, Any] = {}
    for field in fields:
        if field.name in tree and is_asked(field, instance):
            value = KINDS[field.kind].read(tree[field.name], field, _FILLING)
            if value is not None:
                instance[field.name] = value
    if not tree.keys() <= {field.name for field in fields}:
        instance[UNKNOWN_PROPERTY] = True
    return instance


_FILLING = Filling(fill_item=_fill_object)
