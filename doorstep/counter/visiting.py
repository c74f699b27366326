"""Going to a resident's home: where it is and whom to ask for, and nothing else of what they filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from doorstep.counter.counter import Counter
from doorstep.counter.errors import NotPossible
from doorstep.counter.notices import Call, look_at_call
from doorstep.counter.opening import unsealed
from doorstep.counter.peeking import look_at, verified_head
from doorstep.counter.staff import Staff
from doorstep.forms.conditions import asked_fields
from doorstep.forms.entries import Entry, entries_of
from doorstep.forms.form import Form

WHERE_AND_WHO = frozenset({"person-name", "community", "place-name", "address"})
"""The forms' shared types (schemas/vocabulary/types.json) that say who somebody is and where they live."""


class Home(NamedTuple):
    """`entries`: the questions that say who and where, with their answers, in the form's order."""

    call: Call
    entries: tuple[Entry, ...]

    def __repr__(self) -> str:
        return f"Home({self.call.due.reference})"  # an address must not end up in a log or a traceback


def open_home(counter: Counter, staff: Staff, reference: str) -> Home:
    """Where to go. That it was read stands in the reading log before anything is unsealed.

    Only where somebody has to go (`Due.visit`): otherwise NotPossible. Raises what `look_at_call` raises.
    """
    call = look_at_call(counter, staff, reference)
    if not call.due.visit:
        raise NotPossible("tell", "list")
    counter.readings.record(
        at=counter.desk.now(), staff=staff.id, reference=call.due.reference, why="contact", what="home"
    )
    opened = unsealed(counter, look_at(counter, verified_head(counter, reference)))
    types = dict(_types(opened.form))
    fields = [
        field
        for field in asked_fields(opened.form.fields, opened.instance)
        if types.get(field.name) in WHERE_AND_WHO and field.name in opened.instance
    ]
    return Home(call, entries_of(fields, opened.instance, counter.places))


def _types(form: Form) -> Iterator[tuple[str, str]]:
    """Each question's shared type, by its name; a field itself does not tell an address from other text."""
    schemas: list[dict[str, Any]] = [form.schema, *(rule["then"] for rule in form.schema.get("allOf", ()))]
    for schema in schemas:
        for name, part in schema["properties"].items():
            yield name, str(part.get("$ref", "")).rpartition("/")[2]
