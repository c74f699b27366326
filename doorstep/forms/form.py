"""A bundled schema becomes a Form: cheap enough for a cold start, trusting what `vocabulary` checked at build time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from doorstep.forms.bundle import resolved, version_of
from doorstep.forms.errors import FormBroken
from doorstep.forms.fields import Choice, Condition, Field, Form, Section
from doorstep.forms.kinds import recognise

__all__ = ["Choice", "Condition", "Field", "Form", "Section", "build_form"]

ID_PREFIX = "urn:doorstep:form:"


def build_form(bundled: dict[str, Any]) -> Form:
    """The form a bundled schema describes. Raises FormBroken when a field is of no kind the profile knows."""
    sections = tuple(
        Section(part["id"], part["title"], part.get("description"), part["x-why"]) for part in bundled["x-sections"]
    )
    fields = _fields(bundled, bundled)
    # Sections decide the page's order; inside one, the schema's order stays (the sort is stable).
    order = {section.id: index for index, section in enumerate(sections)}
    fields.sort(key=lambda field: order.get(field.section or "", len(order)))
    examples = bundled.get("examples") or [None]
    return Form(
        id=str(bundled["$id"]).removeprefix(ID_PREFIX),
        version=version_of(bundled),
        title=bundled["title"],
        description=bundled.get("description"),
        service=bundled.get("x-service", ""),
        schema=bundled,
        sections=sections,
        fields=tuple(fields),
        readers=bundled["x-readers"],
        retention=bundled["x-retention"],
        example=examples[0],
    )


def _fields(schema: dict[str, Any], bundled: dict[str, Any]) -> list[Field]:
    """The object's fields in asking order: a conditional one stands right behind the last field its `if` names."""
    required = set(schema.get("required", ()))
    fields = [_field(name, part, name in required, (), bundled) for name, part in schema["properties"].items()]
    anchors: dict[str, str] = {}
    for rule in schema.get("allOf", ()):
        conditions = _conditions(rule["if"])
        position = 1 + max(_position(fields, condition.field) for condition in conditions)
        anchor = fields[position - 1].name
        while position < len(fields) and _hangs_on(fields[position].name, anchor, anchors):
            position += 1
        then = rule["then"]
        required = set(then.get("required", ()))
        for offset, (name, part) in enumerate(then["properties"].items()):
            fields.insert(position + offset, _field(name, part, name in required, conditions, bundled))
            anchors[name] = anchor
    return fields


def _position(fields: list[Field], name: str) -> int:
    for index, field in enumerate(fields):
        if field.name == name:
            return index
    raise FormBroken(name, "条件里的题前面没有问过")


def _hangs_on(name: str, anchor: str, anchors: dict[str, str]) -> bool:
    while name in anchors:
        name = anchors[name]
        if name == anchor:
            return True
    return False


def _conditions(rule: dict[str, Any]) -> tuple[Condition, ...]:
    return tuple(Condition(name, _values(part)) for name, part in rule["properties"].items())


def _values(part: dict[str, Any]) -> tuple[str | bool, ...]:
    part = part.get("contains", part)
    return tuple(part["enum"]) if "enum" in part else (part["const"],)


def _field(
    name: str, schema: dict[str, Any], required: bool, asked_if: tuple[Condition, ...], bundled: dict[str, Any]
) -> Field:
    full = resolved(schema, bundled)
    kind = recognise(full)
    if kind is None:
        raise FormBroken(name, "没有这样一种题")
    items = resolved(full["items"], bundled) if "items" in full else {}
    why = full.get("x-why", {})
    return Field(
        name=name,
        kind=kind,
        title=full["title"],
        description=full.get("description"),
        section=full.get("x-section"),
        required=required,
        why_text=why.get("text", ""),
        why_basis=why.get("basis", ""),
        why_show=bool(why.get("show", False)),
        sensitive=full.get("x-sensitive"),
        messages=tuple(full.get("x-messages", {}).items()),
        autocomplete=full.get("x-autocomplete"),
        input_mode=full.get("x-input-mode"),
        unit=full.get("x-unit"),
        max_length=full.get("maxLength"),
        minimum=full.get("minimum"),
        maximum=full.get("maximum"),
        max_items=full.get("maxItems"),
        choices=_choices(full.get("oneOf") or items.get("oneOf") or ()),
        fields=tuple(_fields(items, bundled)) if kind == "group" else (),
        asked_if=asked_if,
        routing=bool(full.get("x-routing", False)),
        item_title=full.get("x-item-title"),
        add_title=full.get("x-add-title"),
        examples=tuple(full.get("examples", ())),
        material=full.get("x-material"),
        max_pages=full.get("x-max-pages"),
        stops=tuple(str(value) for value in _values(full["not"])) if "not" in full else (),
    )


def _choices(options: Iterable[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(option["const"], option["title"]) for option in options)
