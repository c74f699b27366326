"""What of an application can be marked for correction: its questions, by JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doorstep.forms.conditions import asked_fields
from doorstep.forms.fields import Field, Form


class Markable(NamedTuple):
    """A question these answers lead to. `item` is the number of a group's entry, from 1; 0 outside of groups."""

    pointer: str
    field: Field
    item: int = 0


def markable(form: Form, instance: Mapping[str, Any]) -> Iterator[Markable]:
    """Every question asked with these answers, answered or not, in the form's order: `/phone`; a group as a whole,
    `/household_members`, and each question of each of its entries, `/household_members/0/name`.
    """
    for field in asked_fields(form.fields, instance):
        yield Markable(f"/{field.name}", field)
        items = instance.get(field.name, []) if field.kind == "group" else []
        for number, item in enumerate(items):
            for part in asked_fields(field.fields, item):
                yield Markable(f"/{field.name}/{number}/{part.name}", part, number + 1)
