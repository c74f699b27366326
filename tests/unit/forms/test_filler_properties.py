"""Whatever is sent, filling neither fails nor changes its mind, and both validators say the same of the result."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorstep.applications.encoding import encode
from doorstep.forms.bundle import canonical_text
from doorstep.forms.checker import Checker
from doorstep.forms.fields import Field, Form
from doorstep.forms.filler import fill
from doorstep.forms.urlencoded import parse_form_body

# DOORSTEP_EXAMPLES asks for more than the quick gate has time for.
RELAXED = settings(
    deadline=None,
    max_examples=int(os.environ.get("DOORSTEP_EXAMPLES", "150")),
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# What keyboards, pasted text and programs send; `awkward` are strings somebody once needed.
AWKWARD = (
    "",
    " ",
    "１２００",
    "1,200元",
    "3万",
    "1200.5",
    "0990-6221234",
    "139 1234 5678",
    "是",
    "true",
    "yes",
    "on",
    "no",
    "0",
    "2026-11-22",
    "2026年2月30日",
    "65020319690101000x",
    "650203 19690101 0002",
    "买买提•艾力",
    "𠮷野",
    "a",
    "b",
    "x",
    "y",
    "unknown",
    "650203001001",
    "\x00",
    "\ud800",
    "\u200b",
    "٣",
    "1e5",
    "NaN",
    "-0",
    "9" * 5000,
    "甲" * 61,
    "\u0308",
    "`",
    "1-\u0308",
    "-",
    "·",
    " · ",
    "ﷺ",
    "1\n",
    "（甲）",
    "\uf0b7",
    "²",
    "½",
    "0.10",
    "00012",
    "+86 13912345678",
    "(0990) 6221234",
)
DIGESTS = [encode(sha256(bytes([number])).digest()) for number in range(5)]
texts = st.one_of(
    st.sampled_from(AWKWARD), st.text(max_size=20), st.text("0123456789-· ,.元万年月日xX\u0308\u3000", max_size=20)
)
scalars = st.one_of(
    texts, st.none(), st.booleans(), st.integers(), st.sampled_from([10**30, -(10**400), 2**63, 2**64]), st.floats()
)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=10
)


def trees(fields: tuple[Field, ...], leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Trees that name the form's fields, with any values, and sometimes the right ones."""
    by_name: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields:
        options = [leaves]
        if field.fields:
            options.append(st.lists(trees(field.fields, leaves), max_size=field.max_items))
        if field.choices:
            options.append(st.sampled_from([choice.value for choice in field.choices]))
        if field.kind == "choices":
            options.append(st.lists(st.sampled_from([choice.value for choice in field.choices]), max_size=4))
        if field.kind in {"yes-no", "consent"}:
            options.append(st.booleans())
        if field.kind == "attachment":
            options.append(st.lists(st.sampled_from(DIGESTS), max_size=5))
        if field.kind in {"date", "past-date"}:
            options.append(st.fixed_dictionaries({}, optional=dict.fromkeys(("year", "month", "day"), leaves)))
        by_name[field.name] = st.one_of(options)
    return st.fixed_dictionaries({}, optional=by_name)


def assert_uniform(value: Any) -> None:
    """Nothing is left in an instance that two validators, or two machines, could read in two ways."""
    if isinstance(value, dict):
        for part in value.values():
            assert_uniform(part)
    elif isinstance(value, list):
        for part in value:
            assert_uniform(part)
    else:
        assert isinstance(value, str | bool | int)
        if isinstance(value, int):
            assert abs(value) < 10**15
        if isinstance(value, str):
            value.encode()
            assert value == value.strip() != ""
            assert "\x00" not in value


@given(value=json_values)
@RELAXED
def test_any_json_value_is_filled_without_failing(value: Any, every_kind: Form) -> None:
    instance = fill(every_kind, value)
    assert fill(every_kind, instance) == instance


@given(data=st.data())
@RELAXED
def test_filling_twice_is_filling_once(data: st.DataObject, every_kind: Form, every_kind_checker: Checker) -> None:
    instance = fill(every_kind, data.draw(trees(every_kind.fields, json_values)))
    assert_uniform(instance)
    assert canonical_text(fill(every_kind, instance)) == canonical_text(instance)
    assert fill(every_kind, json.loads(canonical_text(instance))) == instance
    every_kind_checker.check(instance)


@given(data=st.data())
@RELAXED
def test_the_two_validators_agree(data: st.DataObject, every_kind: Form, every_kind_checker: Checker) -> None:
    instance = fill(every_kind, data.draw(trees(every_kind.fields, json_values)))
    assert every_kind_checker.accepts(instance) == every_kind_checker.authority.is_valid(instance)
    assert every_kind_checker.accepts(instance) == (not every_kind_checker.errors(instance))


def failures_of_both(checker: Checker, instance: dict[str, Any]) -> list[set[tuple[tuple[str | int, ...], str]]]:
    quick = {(tuple(error.instance_path), str(error.schema_path[-1])) for error in checker.quick.iter_errors(instance)}
    slow = {(tuple(error.absolute_path), str(error.validator)) for error in checker.authority.iter_errors(instance)}
    return [quick, slow]


@given(data=st.data())
@RELAXED
def test_the_two_validators_find_the_same(data: st.DataObject, every_kind: Form, every_kind_checker: Checker) -> None:
    """Not only whether: where, and which keyword."""
    quick, slow = failures_of_both(
        every_kind_checker, fill(every_kind, data.draw(trees(every_kind.fields, json_values)))
    )
    assert quick == slow


@given(data=st.data())
@RELAXED
def test_they_agree_on_an_almost_right_allowance(
    data: st.DataObject, allowance: Form, allowance_checker: Checker
) -> None:
    changes = data.draw(trees(allowance.fields, texts))
    chosen = data.draw(st.sets(st.sampled_from(sorted(changes)), max_size=2)) if changes else set()
    assert allowance.example is not None
    instance = fill(allowance, {**allowance.example, **{name: changes[name] for name in chosen}})
    assert allowance_checker.accepts(instance) == allowance_checker.authority.is_valid(instance)
    assert allowance_checker.accepts(instance) == (not allowance_checker.errors(instance))


@given(data=st.data())
@RELAXED
def test_a_browser_and_a_program_give_the_same_instance(data: st.DataObject, every_kind: Form) -> None:
    typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
        [t for t in AWKWARD if t != "\ud800"]
    )
    tree = data.draw(trees(every_kind.fields, typed))
    _, parsed = parse_form_body(urlencode(list(controls(tree))))
    assert fill(every_kind, parsed) == fill(every_kind, tree)


def controls(tree: dict[str, Any], prefix: str = "") -> Any:
    """The controls a browser sends for a tree."""
    for name, value in tree.items():
        here = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from controls(value, f"{here}-")
        elif isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, dict):
                    # A browser sends an item's empty controls too, so that an item is never lost.
                    yield from controls(part or {"name": ""}, f"{here}-{index}-")
                else:
                    yield here, part
        else:
            yield here, value if isinstance(value, str) else "true" if value else "false"
