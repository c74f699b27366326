"""Who is who in a group: taking one person out and adding another renames nobody, and the changes say all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.forms.changes import changes
from doorstep.forms.entries import shown_changes
from doorstep.forms.form import Form
from doorstep.forms.library import load_library
from doorstep.forms.rendering import render_changes
from doorstep.places import Places
from tests.unit.forms.conftest import ROOT

MEMBERS = "household_members"


@pytest.fixture(scope="module")
def allowance() -> Form:
    form = load_library(ROOT / "schemas").current("minimum-living-allowance")
    assert form is not None
    return form


def person(number: int, name: str = "", **more: str) -> dict[str, str]:
    return {
        "name": name or f"家人{number}",
        "resident_id": f"65020319{number:02}0101001X",
        "relation": "sibling",
    } | more


def made(form: Form, *sides: list[dict[str, str]]) -> list[tuple[str, bool, bool]]:
    before, after = ({MEMBERS: side} for side in sides)
    return [
        (change["pointer"].removeprefix(f"/{MEMBERS}"), "before" in change, "after" in change)
        for change in changes(form, before, after)
    ]


def test_one_goes_and_another_comes(allowance: Form, places: Places) -> None:
    before, after = [person(1), person(2)], [person(2, income_work="100"), person(3)]
    assert made(allowance, before, after) == [
        ("/0", True, False), ("/1", False, True), ("/1/income_work", False, True),
    ]  # fmt: skip
    shown = shown_changes(allowance, places, {MEMBERS: before}, {MEMBERS: after})
    assert [(one.title, one.sort) for one in shown] == [
        ("家人：去掉一位", "removed"), ("家人：加上一位", "added"), ("第2位家人，干活挣的（每月）", "changed"),
    ]  # fmt: skip
    page = render_changes(
        allowance, places, before={MEMBERS: before}, after={MEMBERS: after}, marked=(), action="/", hidden={}
    )
    for said in ("去掉了", "家人1", "新加的", "家人3"):
        assert said in page


def test_the_last_one_goes_and_another_comes_to_the_same_place(allowance: Form) -> None:
    assert made(allowance, [person(1), person(2)], [person(1), person(3)]) == [("/1", True, False), ("/1", False, True)]


def test_a_number_typed_wrong_is_corrected_and_a_name_too(allowance: Form) -> None:
    assert made(allowance, [person(1, "甲")], [person(2, "甲")]) == [("/0/resident_id", True, True)]
    assert made(allowance, [person(1, "甲")], [person(1, "乙")]) == [("/0/name", True, True)]


def test_who_cannot_be_told_apart_is_compared_by_place_or_as_a_whole(allowance: Form) -> None:
    assert made(allowance, [person(1), person(1)], [person(1), person(1, "乙")]) == [("/1/name", True, True)]
    assert made(allowance, [person(1), person(1)], [person(1)]) == [("", True, True)]
    assert made(allowance, [person(1), person(2)], [person(2), person(1)]) == [("", True, True)]
    assert made(allowance, [person(1)], []) == [("", True, True)]


people = st.builds(
    lambda number, name, income: person(number, name) | ({"income_work": income} if income else {}),
    st.integers(1, 6), st.sampled_from(("", "甲", "乙")), st.sampled_from(("", "1", "2")),
)  # fmt: skip
instances = st.fixed_dictionaries(
    {}, optional={MEMBERS: st.lists(people, max_size=5), "phone": st.sampled_from(("1", "2")), "assets": st.just(["a"])}
)


@given(before=instances, after=instances)
def test_the_changes_lead_from_one_to_the_other(
    before: dict[str, Any], after: dict[str, Any], allowance: Form, places: Places
) -> None:
    found = changes(allowance, before, after)
    assert applied(before, found) == after
    assert (not found) == (before == after)
    assert len(shown_changes(allowance, places, before, after)) == len(found)


def applied(before: Mapping[str, Any], made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the description of `changes` says they lead to: the answers first, then who goes, then who comes."""
    result = {name: [dict(one) for one in value] if name == MEMBERS else value for name, value in before.items()}
    gone, come = set(), []
    for change in made:
        name, *rest = change["pointer"][1:].split("/")
        place: Any = result if not rest else result[name]
        if len(rest) == 1:
            if "after" in change:
                come.append((int(rest[0]), change["after"]))
            else:
                gone.add(int(rest[0]))
            continue
        key = name
        if rest:
            place, key = place[int(rest[0])], rest[1]
        place.pop(key, None)
        if "after" in change:
            place[key] = change["after"]
    if gone or come:
        result[MEMBERS] = [one for index, one in enumerate(result[MEMBERS]) if index not in gone]
        for index, one in sorted(come, key=lambda pair: pair[0]):
            result[MEMBERS].insert(index, one)
    return result
