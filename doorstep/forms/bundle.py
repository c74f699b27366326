"""A form's schema with the definitions it uses: what is hashed, archived, published and validated against."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from doorstep.forms.errors import FormBroken

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES_PREFIX = "urn:doorstep:types#/$defs/"
LOCAL_PREFIX = "#/$defs/"


def bundle(form_schema: dict[str, Any], types_schema: dict[str, Any]) -> dict[str, Any]:
    """The form schema with every shared definition it names copied in, and nothing left to fetch.

    Only definitions in use are copied, so a new shared type changes no other form's version.
    Raises FormBroken for a reference to anything but the shared types.
    """
    used: dict[str, Any] = {}
    bundled = _localise(form_schema, types_schema["$defs"], used, where="")
    bundled["$schema"] = DIALECT
    if used:
        bundled["$defs"] = {name: used[name] for name in sorted(used)}
    return bundled  # type: ignore[no-any-return]


def version_of(bundled: dict[str, Any]) -> str:
    """SHA-256, hex, of the bundled schema's canonical bytes (sorted keys, no white space, UTF-8)."""
    return hashlib.sha256(canonical_text(bundled).encode()).hexdigest()


def canonical_text(value: Any) -> str:
    """JSON with sorted keys and no white space: one text for one value, as `applications.canonical` writes bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def resolved(schema: dict[str, Any], bundled: dict[str, Any]) -> dict[str, Any]:
    """A field's schema with its definition's keywords beside its own; its own win."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    definition = bundled.get("$defs", {}).get(str(reference).removeprefix(LOCAL_PREFIX))
    if definition is None:
        raise FormBroken(str(reference), "引用的定义不在这份表里")
    return {**definition, **{key: value for key, value in schema.items() if key != "$ref"}}


def _localise(value: Any, definitions: dict[str, Any], used: dict[str, Any], where: str) -> Any:
    if isinstance(value, list):
        return [_localise(part, definitions, used, f"{where}/{index}") for index, part in enumerate(value)]
    if not isinstance(value, dict):
        return value
    copy = {key: _localise(part, definitions, used, f"{where}/{key}") for key, part in value.items()}
    # A property may itself be called "$ref"; only a string is a reference.
    if isinstance(value.get("$ref"), str):
        name = value["$ref"].removeprefix(TYPES_PREFIX)
        if name == value["$ref"] or name not in definitions:
            raise FormBroken(where, f"引用了没有的 {value['$ref']}")
        used[name] = definitions[name]
        copy["$ref"] = LOCAL_PREFIX + name
    return copy
