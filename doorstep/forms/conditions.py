"""Which questions are asked, given the answers: the form's if/then, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.forms.fields import Condition, Field, Form


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether the answer is one of the values, or a list of choices contains one; no answer, no condition."""
    if condition.field not in answers:
        return False
    answer = answers[condition.field]
    given = answer if isinstance(answer, list) else [answer]
    # JSON tells true from 1, Python does not.
    return any(type(part) is type(value) and part == value for part in given for value in condition.values)


def is_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    """`answers` must hold only answers to questions asked before this one."""
    return all(holds(condition, answers) for condition in field.asked_if)


def asked_fields(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields asked, in order. An answer to a question not asked counts for nothing, also for later conditions."""
    kept: dict[str, Any] = {}
    asked_so_far = []
    for field in fields:
        if is_asked(field, kept):
            asked_so_far.append(field)
            if field.name in answers:
                kept[field.name] = answers[field.name]
    return tuple(asked_so_far)


def asked(form: Form, instance: Mapping[str, Any]) -> tuple[Field, ...]:
    """The form's questions that these typed answers lead to (those of a group's items: `asked_fields`)."""
    return asked_fields(form.fields, instance)
