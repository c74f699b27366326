"""Papers that a resident brings instead of photographing them: their answers say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.forms.conditions import holds
from doorstep.forms.fields import Form

TO_THE_COUNTER = "counter"
"""The answer by which a form's question lets its resident bring papers instead of photographing them."""


def brought(form: Form, instance: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the guide's materials that would have been photographed, had their resident not answered to bring
    them, in the form's order.
    """
    found = []
    for field in form.fields:
        ways = [one for one in field.asked_if if instance.get(one.field) == TO_THE_COUNTER]
        rest = [one for one in field.asked_if if one not in ways]
        if field.material and ways and all(holds(one, instance) for one in rest):
            found.append(field.material)
    return tuple(found)
