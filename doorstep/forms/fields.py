"""The parts of a form, as plain records. `form.build_form` makes them from a schema."""

from __future__ import annotations

from typing import Any, NamedTuple


class Choice(NamedTuple):
    value: str
    title: str


class Condition(NamedTuple):
    """Holds when the earlier answer `field` is one of `values`, or, for a list of choices, contains one of them."""

    field: str
    values: tuple[str | bool, ...]


class Section(NamedTuple):
    id: str
    title: str
    description: str | None
    why: str


class Field(NamedTuple):
    """One question. All conditions of `asked_if` must hold for it to be asked; `fields` are those of a group's item.

    `stops` are the choices with which nothing is to be applied for: no application goes on with one.
    Of an attachment: at most `max_items` files with `max_pages` pages in all; `material` is the guide's name for it.
    """

    name: str
    kind: str
    title: str
    description: str | None = None
    section: str | None = None
    required: bool = False
    why_text: str = ""
    why_basis: str = ""
    why_show: bool = False
    sensitive: str | None = None
    messages: tuple[tuple[str, str], ...] = ()
    autocomplete: str | None = None
    input_mode: str | None = None
    unit: str | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_items: int | None = None
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    asked_if: tuple[Condition, ...] = ()
    routing: bool = False
    item_title: str | None = None
    add_title: str | None = None
    examples: tuple[Any, ...] = ()
    material: str | None = None
    max_pages: int | None = None
    stops: tuple[str, ...] = ()

    def choice_title(self, value: object) -> str | None:
        """The title a resident saw for a choice's value; None for a value that is not a choice."""
        return next((choice.title for choice in self.choices if choice.value == value), None)


class Form(NamedTuple):
    """One form. `version` is the SHA-256 (hex) of `schema`'s canonical bytes; `fields` stand in the page's order.

    `service` is the id of the guide it belongs to; "" for one that is asked only after approval, of several services.
    """

    id: str
    version: str
    title: str
    description: str | None
    service: str
    schema: dict[str, Any]
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    readers: str
    retention: str
    example: dict[str, Any] | None

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)
