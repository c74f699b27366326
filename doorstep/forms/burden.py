"""How much a form asks of people. The fewer the better; and each release is compared with the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from doorstep.forms.conditions import is_asked
from doorstep.forms.fields import Field, Form


class Burden(NamedTuple):
    """Questions: `asked`, of whoever answers in any way; `least`, that must be answered by who is asked the fewest;
    `most`, that must be answered where every condition holds. A group's questions count once.
    """

    asked: int
    least: int
    most: int


def burden(form: Form) -> Burden:
    return Burden(len(list(_leaves(form.fields))), _fewest(form.fields), _required(form.fields))


def _leaves(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield from _leaves(field.fields) if field.fields else (field,)


def _required(fields: tuple[Field, ...]) -> int:
    return sum(_required(field.fields) or 1 for field in fields if field.required)


def _fewest(fields: tuple[Field, ...]) -> int:
    """The least there is over all ways through the form. Answers that lead the same way are tried once."""
    tried = {name: _ways(fields, name) for name in {one.field for field in fields for one in field.asked_if}}
    best = len(fields) * 100

    def go(at: int, kept: dict[str, Any], count: int) -> None:
        nonlocal best
        if count >= best:
            return
        if at == len(fields):
            best = count
            return
        field = fields[at]
        if not is_asked(field, kept):
            go(at + 1, kept, count)
            return
        cost = (_fewest(field.fields) or 1) if field.fields else 1
        if not field.required:
            go(at + 1, kept, count)  # left out
        for value in tried.get(field.name, [None]) if field.required or field.name in tried else ():
            go(at + 1, kept | {field.name: value}, count + cost)

    go(0, {}, 0)
    return best


def _ways(fields: tuple[Field, ...], name: str) -> list[Any]:
    """One answer for each set of conditions that answers of this question fulfil."""
    field = next(one for one in fields if one.name == name)
    conditions = [one for other in fields for one in other.asked_if if one.field == name]
    answers: list[Any] = [choice.value for choice in field.choices if choice.value not in field.stops]
    if not answers:
        answers = [True, False] if field.kind == "yes-no" else [value for one in conditions for value in one.values]
        answers += [] if field.kind == "yes-no" else [""]
    ways: dict[tuple[bool, ...], Any] = {}
    for answer in answers:
        ways.setdefault(tuple(answer in one.values for one in conditions), answer)
    return list(ways.values())
