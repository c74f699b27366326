"""Answers to any form, made from its questions alone: the fewest, all of them, a way to each question, each fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from doorstep.applications.encoding import encode
from doorstep.forms.conditions import asked_fields
from doorstep.forms.fields import Field, Form

ANSWERS: Mapping[str, Any] = {
    "consent": True,
    "yes-no": True,
    "money": "1200",
    "date": "2026-01-05",
    "past-date": "2026-01-05",
    "community": "650203001001",
    "resident-id": "650203196901010002",
    "phone": "0990-6220000",
    "person-name": "测试人员",
    "bank-card": "6200000000000005",
    "credit-code": "91650200MA0000000X",
    "long-text": "测试内容（演示用）",
    "text": "测试内容（演示用）",
}
"""By kind; the others follow from the question."""

WRONG: Mapping[str, Any] = {
    "money": "三万左右",
    "past-date": "2999-01-05",
    "date": "2026-02-30",
    "resident-id": "650203196901010003",
    "phone": "1",
    "person-name": "12345",
    "bank-card": "6200000000000001",
    "credit-code": "91650200MA00000000",
}
"""What nobody may answer, by kind."""

Picks = Mapping[str, Any]


class Fault(NamedTuple):
    """Answers with one thing wrong: where (a JSON Pointer) a form must say so."""

    pointer: str
    answers: dict[str, Any]


def fewest(form: Form) -> dict[str, Any]:
    """What must be answered, and nothing else; papers are brought to the counter where one may."""
    return _answers(form.fields, _without_files(form.fields), every=False)


def all_of(form: Form) -> dict[str, Any]:
    """Every question that is asked, with the first choice of each."""
    return _answers(form.fields, {}, every=True)


def ways(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each question that hangs on others its name, and answers with which it is asked and answered."""
    for field in form.fields:
        if field.asked_if:
            yield field.name, _answers(form.fields, _way_to(field, form.fields), every=True)


def faults(form: Form, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Each question of these answers left out, where it must be answered, and answered wrongly, where one can."""
    for field in asked_fields(form.fields, answers):
        pointer, given = f"/{field.name}", answers.get(field.name)
        if field.required:
            yield Fault(pointer, {name: value for name, value in answers.items() if name != field.name})
        for stop in field.stops:
            yield Fault(pointer, {**answers, field.name: stop})
        if given is not None and field.kind in WRONG:
            yield Fault(pointer, {**answers, field.name: WRONG[field.kind]})
        if field.kind == "group" and given:
            for item in _item_faults(field, given[0]):
                yield Fault(f"{pointer}/0{item.pointer}", {**answers, field.name: [item.answers, *given[1:]]})


def _item_faults(group: Field, item: Mapping[str, Any]) -> Iterator[Fault]:
    for field in asked_fields(group.fields, item):
        if field.required:
            yield Fault(f"/{field.name}", {name: value for name, value in item.items() if name != field.name})
        if field.name in item and field.kind in WRONG:
            yield Fault(f"/{field.name}", {**item, field.name: WRONG[field.kind]})


def _answers(fields: tuple[Field, ...], picks: Picks, *, every: bool) -> dict[str, Any]:
    """In the page's order: what is asked follows from the answers before it."""
    answers: dict[str, Any] = {}
    for field in fields:
        if field in asked_fields(fields, answers) and (every or field.required):
            answers[field.name] = picks[field.name] if field.name in picks else _answer(field, every=every)
    return answers


def _answer(field: Field, *, every: bool) -> Any:
    match field.kind:
        case "choice":
            return next(choice.value for choice in field.choices if choice.value not in field.stops)
        case "choices":
            return [choice.value for choice in field.choices if choice.value not in field.stops][:1]
        case "integer":
            return max(field.minimum or 0, min(1, field.maximum if field.maximum is not None else 1))
        case "group":
            return [_answers(field.fields, {}, every=every)]
        case "attachment":
            return [encode(sha256(field.name.encode()).digest())]
        case _:
            return ANSWERS[field.kind]


def _without_files(fields: tuple[Field, ...]) -> dict[str, Any]:
    """Answers with which no file must be sent, as far as questions let one choose."""
    picks: dict[str, Any] = {}
    for field in fields:
        for condition in field.asked_if if field.kind == "attachment" and field.required else ():
            other = next(other for other in fields if other.name == condition.field)
            free = [one.value for one in other.choices if one.value not in {*condition.values, *other.stops}]
            picks |= {other.name: free[0]} if other.kind == "choice" and free else {}
    return picks


def _way_to(field: Field, fields: tuple[Field, ...]) -> dict[str, Any]:
    """The answers to earlier questions with which this one is asked."""
    picks: dict[str, Any] = {}
    for condition in field.asked_if:
        other = next(other for other in fields if other.name == condition.field)
        value = condition.values[0]
        picks |= _way_to(other, fields) | {other.name: [value] if other.kind == "choices" else value}
    return picks
