"""What one post can cost: time in proportion to its size, and a page of at most 1 MB, whatever it holds."""

from __future__ import annotations

import gc
import json
import math
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote_plus

import pytest

from doorstep.forms.checker import Checker
from doorstep.forms.errors import BodyUnreadable
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.rendering import render_answers, render_form
from doorstep.forms.urlencoded import parse_form_body
from doorstep.places import Places

BODY_LIMIT = 64 * 1024
LARGEST_PAGE = 1_000_000
# A body eight times as long may cost eight times as much, with noise some more; the square would be 64 times.
LONGER, DEARER = 8, 20
# Seconds too few to be measured well.
NOTHING = 0.0005

# One repeated part each, of texts that once cost their length squared, or might.
PILES = {
    "marks in two orders": ("a", "\u0301", "\u0316"),
    "marks by turns": ("a", "\u0316\u0301", ""),
    "marks that come apart": ("a", "\u0f73", ""),
    "half-width marks": ("か", "\uff9e\u0316", ""),
    "letters of many marks": ("", "\u1f82", ""),
    "Hangul in parts": ("", "\u1100\u1161\u11a8", ""),
    "one letter that is eighteen": ("", "\ufdfa", ""),
    "spaces and joiners": ("", " \u200c", ""),
    "dots": ("", " \u00b7", ""),
    "spaces": ("a", " ", "a"),
    "line breaks": ("a", "\n", "a"),
    "empty lines": ("a", " \r\n", "a"),
    "thousands": ("1", ",000", ""),
    "digits": ("", "9", ""),
    "full-width digits": ("", "９", ""),
    "hyphens": ("1", "-", "1"),
    "country codes": ("", "+86", ""),
    "quotes": ("", '"', ""),
    "tags": ("", "\U000e0041", ""),
    "fillers": ("a", "\u3164", "a"),
    "selectors": ("", "\ufe0f", ""),
    "punctuation": ("", "（", "ﬁ"),
    "rare Han": ("", "𠮷", ""),
}


def piled(pile: str, size: int) -> str:
    """About `size` bytes of UTF-8."""
    first, *rest = PILES[pile]
    parts = [part for part in rest if part]
    share = size // (len(parts) or 1)
    return first + "".join(part * (share // len(part.encode())) for part in parts)


def bodies(form: Form, size: int) -> dict[str, str]:
    """Urlencoded bodies of at most about `size` bytes that put all their weight on one thing."""
    group = next(field for field in form.fields if field.kind == "group")
    inner = group.fields[0].name
    made = {
        "controls": "&".join(f"a{index}=1" for index in range(size // 33)),
        "names": "&".join(f"{'a' * 110}{index}=1" for index in range(size // 120)),
        "escapes": "plain_text=" + "%41" * (size // 3),
        "items": "&".join(f"{group.name}-{index % 1000}-{inner}=x" for index in range(size // 33)),
        "blank items": "&".join(f"{group.name}-{index % 1000}-{inner}=" for index in range(size // 33)),
        "items out of order": "&".join(f"{group.name}-{999 - index % 1000}-{inner}=x" for index in range(size // 33)),
    }
    for field in form.fields:
        made[f"{field.name} again and again"] = f"&{field.name}=x" * (size // 33)
    return made


def trees(form: Form, size: int) -> dict[str, Any]:
    """JSON trees of at most about `size` bytes."""
    group = next(field for field in form.fields if field.kind == "group")
    answer = {"yes_no": True, "choices": ["x", "y"]}
    made: dict[str, Any] = {
        "group of numbers": {group.name: [1] * (size // 2)},
        "group of nothing": {group.name: [{}] * (size // 3)},
        "group of strangers": {group.name: [{"x": 1}] * (size // 8)},
        "group of blanks": {group.name: [{group.fields[0].name: " "}] * (size // 16)},
        "strangers": {f"x{index}": 1 for index in range(size // 10)},
    }
    for field in form.fields:
        made[f"{field.name} of many texts"] = {**answer, field.name: [f"s{index}" for index in range(size // 9)]}
        made[f"{field.name} of many lists"] = {**answer, field.name: [[]] * (size // 3)}
        made[f"{field.name} of many parts"] = {**answer, field.name: {f"s{index}": 1 for index in range(size // 12)}}
    return made


Step = Callable[[], Any]


def reading(form: Form, checker: Checker, tree: dict[str, Any]) -> list[Step]:
    instance = fill(form, tree)
    return [partial(fill, form, tree), partial(checker.check, instance)]


def showing(form: Form, checker: Checker, places: Places, tree: dict[str, Any]) -> list[Step]:
    """The pages a post may lead to: its own with errors or without, the same of what was understood, the answers'."""
    instance = fill(form, tree)
    errors = checker.check(instance)
    shown = partial(render_form, form, places, action="/")
    answers = partial(render_answers, form, places, instance=instance, action="/", key="")
    return [
        partial(shown, tree=tree, errors=errors),
        partial(shown, tree=tree),
        partial(shown, tree=instance, errors=errors),
        *([] if errors else [answers]),
    ]


def seconds(step: Step) -> float:
    """Of this process's own time."""
    gc.disable()
    try:
        began = time.process_time()
        step()
        return time.process_time() - began
    finally:
        gc.enable()


def assert_in_proportion(small: list[Step], large: list[Step], what: str) -> None:
    for index, (little, much) in enumerate(zip(small, large, strict=False)):
        # A busy machine may spoil a measurement, not ten in a row.
        best = math.inf
        for _ in range(10):
            best = min(best, seconds(much) / (seconds(little) + NOTHING))
            if best <= DEARER:
                break
        assert best <= DEARER, f"{what}, step {index}: {best:.0f} times as dear"


def assert_small(steps: list[Step], what: str) -> None:
    for step in steps:
        assert len(step().encode()) <= LARGEST_PAGE, what


@pytest.mark.parametrize("pile", PILES)
def test_a_long_text_costs_what_it_weighs(
    pile: str, every_kind: Form, every_kind_checker: Checker, places: Places
) -> None:
    condition = {"choice": "b", "yes_no": True, "choices": ["x", "y"], "deeper": True}
    sizes = (BODY_LIMIT // LONGER, BODY_LIMIT)
    for field in every_kind.fields:
        read = [reading(every_kind, every_kind_checker, {**condition, field.name: piled(pile, n)}) for n in sizes]
        assert_in_proportion(read[0], read[1], f"{pile} in {field.kind}")
    spread = [{field.name: piled(pile, n // len(every_kind.fields)) for field in every_kind.fields} for n in sizes]
    shown = [showing(every_kind, every_kind_checker, places, tree) for tree in spread]
    assert_in_proportion(shown[0], shown[1], f"{pile} on the page")
    assert_small(shown[1], pile)


def test_a_tree_costs_what_it_weighs(every_kind: Form, every_kind_checker: Checker, places: Places) -> None:
    small, large = (trees(every_kind, size) for size in (BODY_LIMIT // LONGER, BODY_LIMIT))
    for name, tree in large.items():
        assert len(json.dumps(tree, separators=(",", ":"))) <= 1.1 * BODY_LIMIT, name
        assert_cost(name, (small[name], tree), every_kind, every_kind_checker, places)


def test_a_body_costs_what_it_weighs(every_kind: Form, every_kind_checker: Checker, places: Places) -> None:
    small, large = (bodies(every_kind, size) for size in (BODY_LIMIT // LONGER, BODY_LIMIT))
    for name, body in large.items():
        assert len(body) <= 1.1 * BODY_LIMIT, name
        assert_in_proportion([partial(parsed, small[name])], [partial(parsed, body)], name)
        assert_cost(name, (parsed(small[name]), parsed(body)), every_kind, every_kind_checker, places)


def assert_cost(
    name: str, sizes: tuple[dict[str, Any], dict[str, Any]], form: Form, checker: Checker, places: Places
) -> None:
    read = [reading(form, checker, tree) for tree in sizes]
    assert_in_proportion(read[0], read[1], name)
    shown = [showing(form, checker, places, tree) for tree in sizes]
    assert_in_proportion(shown[0], shown[1], name)
    assert_small(shown[1], name)


@pytest.mark.parametrize("char", ['"', "'", "&", "<", "\ufdfa", "\n"])
def test_no_body_makes_a_page_larger_than_a_megabyte(
    char: str, allowance: Form, allowance_checker: Checker, places: Places
) -> None:
    """The real form, every field of every item filled with what grows most in HTML."""
    members = next(field for field in allowance.fields if field.kind == "group")
    share = BODY_LIMIT // len(quote_plus(char)) // (len(members.fields) * 13)
    tree = {members.name: [{field.name: char * share for field in members.fields} for _ in range(40)]}
    assert_small(showing(allowance, allowance_checker, places, tree), char)
    assert_small(showing(allowance, allowance_checker, places, {"home_address": char * BODY_LIMIT}), char)


def parsed(body: str) -> dict[str, Any]:
    try:
        return parse_form_body(body)[1]
    except BodyUnreadable:
        return {}
