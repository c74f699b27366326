"""Numbers of bank cards as their owner reads them again: the last four digits, by which they know which card it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doorstep.forms.conditions import asked_fields
from doorstep.forms.entries import Entry, entries_of
from doorstep.forms.fields import Field, Form
from doorstep.places import Places

LAST = 4


def without_cards(form: Form, instance: Mapping[str, Any]) -> dict[str, Any]:
    """The answers but for the numbers of cards: what a page is filled with again."""
    return {name: value for name, value in instance.items() if not _is_card(form.field(name))}


def masked(form: Form, instance: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with stars for all but the last four digits of a card."""
    return {
        name: "*" * (len(str(value)) - LAST) + str(value)[-LAST:] if _is_card(form.field(name)) else value
        for name, value in instance.items()
    }


def masked_entries(form: Form, places: Places, instance: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Every question that was asked with its answer, to be read; of a card the last four digits."""
    entries = entries_of(asked_fields(form.fields, instance), instance, places)
    return tuple(_masked_entry(form, entry, instance) for entry in entries)


def _masked_entry(form: Form, entry: Entry, instance: Mapping[str, Any]) -> Entry:
    name = entry.pointer.removeprefix("/")
    if not _is_card(form.field(name)) or not entry.lines:
        return entry
    return replace(entry, lines=(f"最后四位是{str(instance[name])[-LAST:]}",))


def _is_card(field: Field | None) -> bool:
    return field is not None and field.kind == "bank-card"
