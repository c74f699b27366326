"""The one table of kinds: how a field of each kind is recognised, read, shown, and with which template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from doorstep.forms import readers, showing
from doorstep.forms.fields import Field
from doorstep.forms.readers import Filling
from doorstep.places import Places

LONG_TEXT_FROM = 201
RADIOS_AT_MOST = 6


class Kind(NamedTuple):
    """`recognise` looks at a field's schema (definition merged in); `read` gives None for "not answered"."""

    recognise: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Any, Field, Filling], Any]
    show: Callable[[Any, Field, Places], tuple[str, ...]]
    template: str


def _format(name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda schema: schema.get("type") == "string" and schema.get("format") == name


def _items_have(keyword: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda schema: schema.get("type") == "array" and keyword in schema.get("items", {})


def _items_are(format_name: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda schema: schema.get("type") == "array" and schema.get("items", {}).get("format") == format_name


def _plain_text(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "string" and "format" not in schema and "oneOf" not in schema


# The first that recognises a field wins; the recognisers do not overlap except for the two texts.
KINDS: Mapping[str, Kind] = {
    "consent": Kind(lambda s: s.get("const") is True, readers.read_consent, showing.show_consent, "consent"),
    "yes-no": Kind(lambda s: s.get("type") == "boolean", readers.read_yes_no, showing.show_yes_no, "choice"),
    "integer": Kind(lambda s: s.get("type") == "integer", readers.read_integer, showing.show_with_unit, "line"),
    "attachment": Kind(_items_are("attachment"), readers.read_attachment, showing.show_attachment, "attachment"),
    "group": Kind(_items_have("properties"), readers.read_group, showing.show_text, "group"),
    "choices": Kind(_items_have("oneOf"), readers.read_choices, showing.show_choices, "choices"),
    "choice": Kind(
        lambda s: s.get("type") == "string" and "oneOf" in s, readers.read_line, showing.show_choice, "choice"
    ),
    "money": Kind(_format("money"), readers.read_money, showing.show_with_unit, "line"),
    "date": Kind(_format("date"), readers.read_date, showing.show_date, "date"),
    "past-date": Kind(_format("past-date"), readers.read_date, showing.show_date, "date"),
    "community": Kind(_format("community"), readers.read_line, showing.show_community, "community"),
    "resident-id": Kind(_format("resident-id"), readers.read_code, showing.show_resident_id, "line"),
    "phone": Kind(_format("phone"), readers.read_phone, showing.show_phone, "line"),
    "person-name": Kind(_format("person-name"), readers.read_name, showing.show_text, "line"),
    "bank-card": Kind(_format("bank-card"), readers.read_code, showing.show_in_fours, "line"),
    "credit-code": Kind(_format("credit-code"), readers.read_code, showing.show_in_fours, "line"),
    "long-text": Kind(
        lambda s: _plain_text(s) and s.get("maxLength", 0) >= LONG_TEXT_FROM,
        readers.read_long_text, showing.show_text, "long-text",
    ),
    "text": Kind(_plain_text, readers.read_text, showing.show_text, "line"),
}  # fmt: skip


def recognise(schema: Mapping[str, Any]) -> str | None:
    """The name of the kind of a field's schema, None when the profile has none."""
    return next((name for name, kind in KINDS.items() if kind.recognise(schema)), None)
