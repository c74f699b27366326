"""The profile's rules of single questions: choices, gates, conditions and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doorstep.attachments.files import MOST_FILES
from doorstep.forms.bundle import TYPES_PREFIX, resolved
from doorstep.forms.findings import Finding
from doorstep.forms.kinds import RADIOS_AT_MOST, recognise
from doorstep.forms.shared import widened

SEEN_AT_PLACES = "community"
"""The kind that decides who is in charge, and that a condition may ask whether it is known."""


def bounds(part: dict[str, Any], bundled: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """The least below the most, and neither wider than the shared type's."""
    full = resolved(part, bundled)
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if low in full and high in full and full[low] > full[high]:
            yield Finding(file, f"{pointer}/{low}", f"is greater than {high}", "swap or mend them")
    for keyword in widened(part, resolved({"$ref": part["$ref"]}, bundled) if "$ref" in part else {}):
        remedy = "a form may only narrow what a shared type allows"
        yield Finding(file, f"{pointer}/{keyword}", "is wider than that of the shared type", remedy)


def stops(field: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """A gate stops some who choose, never all; and they read why beside what they chose."""
    if "not" not in field:
        return
    stopping = field["not"].get("enum") or [field["not"]["const"]]
    offered = [choice["const"] for choice in field["oneOf"]]
    if not set(stopping) < set(offered):
        remedy = f"name some of {', '.join(offered)}, and leave one to go on with"
        yield Finding(file, f"{pointer}/not", "stops a choice that is not there, or every choice", remedy)
    if len(offered) > RADIOS_AT_MOST:
        problem = "a gate of so many choices is a list to pick from, where nobody reads why they need not apply"
        yield Finding(file, f"{pointer}/not", problem, f"offer at most {RADIOS_AT_MOST} choices")


def attachments(bundled: dict[str, Any], file: str) -> Iterator[Finding]:
    """Files are asked for by the form itself, as the shared type, and no more of them than one application may have."""
    total = 0
    objects = [
        ("", bundled),
        *((f"/allOf/{index}/then", rule["then"]) for index, rule in enumerate(bundled.get("allOf", ()))),
    ]
    for pointer, part in objects:
        for name, schema in part["properties"].items():
            full = resolved(schema, bundled)
            where = f"{pointer}/properties/{name}"
            if recognise(full) == "attachment":
                total += full.get("maxItems", 0)
                if "$ref" not in schema:
                    yield Finding(file, where, "a list of files of its own", f"write $ref: {TYPES_PREFIX}attachment")
            if recognise(full) == "group":
                inner = [full["items"], *(rule["then"] for rule in full["items"].get("allOf", ()))]
                kinds = [recognise(resolved(field, bundled)) for one in inner for field in one["properties"].values()]
                if "attachment" in kinds:
                    remedy = "ask for the files beside the group, in the form itself"
                    yield Finding(file, where, "files in an item of a group", remedy)
    if total > MOST_FILES:
        problem = f"{total} files in all, and one application may have {MOST_FILES}"
        yield Finding(file, "", problem, "lower maxItems of the questions that take files")


def choices(offered: Any, file: str, pointer: str) -> Iterator[Finding]:
    for key in ("const", "title"):
        values = [choice[key] for choice in offered]
        for index, value in enumerate(values):
            if value in values[:index]:
                yield Finding(
                    file, f"{pointer}/oneOf/{index}/{key}", "this choice stands twice", "make every choice one"
                )


def condition_findings(condition: dict[str, Any], field: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """A condition must speak of an answer that can be given, or its question is never asked."""
    kind = recognise(field)
    if (kind == "choices") != ("contains" in condition):
        remedy = 'write {"contains": {"const": …}} for a list of choices, const or enum for all others'
        yield Finding(file, pointer, "does not fit the kind of field it asks about", remedy)
        return
    part = condition.get("contains", condition)
    values = part["enum"] if "enum" in part else [part["const"]]
    stopping = field.get("not", {}).get("enum") or [field.get("not", {}).get("const")]
    options = field.get("oneOf") or field.get("items", {}).get("oneOf")
    possible: dict[str | None, list[Any]] = {
        "yes-no": [True, False],
        "consent": [True],
        "choice": [option["const"] for option in options or () if option["const"] not in stopping],
        "choices": [option["const"] for option in options or ()],
        SEEN_AT_PLACES: ["unknown"],
    }
    for value in values:
        if not any(type(value) is type(option) and value == option for option in possible.get(kind, [])):
            remedy = "use an answer that can be given" if kind in possible else "depend on a choice instead"
            yield Finding(file, pointer, "this answer cannot be given to that question", remedy)
