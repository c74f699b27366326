"""Questions that forms share are written into each form that names them: what is published says all of itself.

`schemas/vocabulary/questions.json` holds them: whole questions (a group with its items too), and whole rules, an `if`
with all it makes a form ask. A form names one by `$ref`, as a question or in `allOf`, and adds what is its own: the
section, the law, other words; of a rule's questions in `then`, of a group's in `items`. Questions name each other
alike. So a form that names a shared question, and one that writes the same words itself, are one version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doorstep.forms.errors import FormBroken

QUESTIONS_PREFIX = "urn:doorstep:questions#/$defs/"
_FLOORS = ("minLength", "minimum", "minItems")
_CEILINGS = ("maxLength", "maximum", "maxItems")


def written_out(form_schema: dict[str, Any], questions: Mapping[str, Any]) -> dict[str, Any]:
    """The form with every shared question and rule in the place of its name; `questions` is the whole vocabulary file.

    A part says its own law in `x-why.basis`; else its group's or rule's holds. Raises FormBroken, with the place in the
    form, for a name that is not there, one that leads back to itself, and bounds wider than the shared ones.
    """
    return _object(form_schema, questions["$defs"], "", None)


def widened(own: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[str]:
    """The bounds that would let more pass than the shared definition does: whoever names one may only narrow it."""
    for keyword in (*_FLOORS, *_CEILINGS):
        if keyword in own and keyword in shared:
            less, more = sorted((own[keyword], shared[keyword]))
            if own[keyword] != shared[keyword] and own[keyword] == (less if keyword in _FLOORS else more):
                yield keyword


def shared_name(part: Mapping[str, Any]) -> str | None:
    """The shared question or rule a part names; None when it names none."""
    reference = part.get("$ref")
    named = isinstance(reference, str) and reference.startswith(QUESTIONS_PREFIX)
    return str(reference).removeprefix(QUESTIONS_PREFIX) if named else None


def _object(schema: dict[str, Any], definitions: Mapping[str, Any], where: str, law: str | None) -> dict[str, Any]:
    """The form itself, or a group's item; `law` is that of parts that name none themselves."""
    full = {**schema, "properties": _questions(schema["properties"], definitions, f"{where}/properties", law)}
    if "allOf" in schema:
        rules = enumerate(schema["allOf"])
        full["allOf"] = [_rule(rule, definitions, f"{where}/allOf/{index}", law) for index, rule in rules]
    return full


def _questions(
    properties: Mapping[str, Any], definitions: Mapping[str, Any], where: str, law: str | None
) -> dict[str, dict[str, Any]]:
    written = {}
    for name, part in properties.items():
        full = _merged(part, definitions, f"{where}/{name}", ())
        why = full.get("x-why", {})
        basis = why.get("basis") or law
        if why and basis:
            full = {**full, "x-why": {**why, "basis": basis}}
        if "properties" in full.get("items", {}):
            full = {**full, "items": _object(full["items"], definitions, f"{where}/{name}/items", basis)}
        written[name] = full
    return written


def _merged(
    part: dict[str, Any], definitions: Mapping[str, Any], where: str, passed: tuple[str, ...]
) -> dict[str, Any]:
    """The part with what it names under it: its own words win, and its `x-why` adds to the shared one."""
    name = shared_name(part)
    if name is None:
        return part
    if name not in definitions or "if" in definitions[name]:
        raise FormBroken(where, f"没有共用的题 {name}")
    if name in passed:
        raise FormBroken(where, f"共用的题 {name} 绕回到自己")
    shared = _merged(definitions[name], definitions, where, (*passed, name))
    return _over(shared, {key: value for key, value in part.items() if key != "$ref"}, where)


def _rule(rule: dict[str, Any], definitions: Mapping[str, Any], where: str, law: str | None) -> dict[str, Any]:
    name = shared_name(rule)
    if name is None:
        asked = _questions(rule["then"]["properties"], definitions, f"{where}/then/properties", law)
        return {**rule, "then": {**rule["then"], "properties": asked}}
    if "if" not in definitions.get(name, {}):
        raise FormBroken(where, f"没有共用的规则 {name}")
    shared = {key: value for key, value in definitions[name].items() if key != "$comment"}
    section = {"x-section": rule["x-section"]} if "x-section" in rule else {}
    parts = {
        field: _merged({**part, **section}, definitions, f"{where}/then/properties/{field}", ())
        for field, part in shared["then"]["properties"].items()
    }
    parts = _own_words(parts, rule.get("then", {}), f"{where}/then")
    basis = rule.get("x-why", {}).get("basis") or law
    asked = _questions(parts, definitions, f"{where}/then/properties", basis)
    return {**shared, "then": {**shared["then"], "properties": asked}}


def _over(shared: Mapping[str, Any], own: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What is shared with what a form says itself over it."""
    for keyword in widened(own, shared):
        raise FormBroken(f"{where}/{keyword}", f"{keyword} 比共用的题放得还宽")
    full = {**shared, **own}
    full.pop("$comment", None)
    if "x-why" in own:
        full["x-why"] = {**shared.get("x-why", {}), **own["x-why"]}
    if "items" in own:
        items = shared.get("items", {})
        inner = _own_words(items.get("properties", {}), own["items"], f"{where}/items")
        full["items"] = {**items, "properties": inner}
    return full


def _own_words(parts: Mapping[str, Any], own: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The parts of a shared group or rule, some of them in a form's own words."""
    words = own.get("properties", {})
    for field in words.keys() - parts.keys():
        raise FormBroken(f"{where}/properties/{field}", f"共用的里面没有 {field} 这道题")
    return {
        field: _over(part, words[field], f"{where}/properties/{field}") if field in words else part
        for field, part in parts.items()
    }
