from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.forms.errors import FormBroken
from doorstep.forms.fields import Choice, Condition, Field, Form
from doorstep.forms.form import build_form
from doorstep.forms.kinds import KINDS, recognise
from doorstep.forms.steps import add_item, remove_item
from doorstep.places import Places


def names(fields: tuple[Field, ...]) -> list[str]:
    return [field.name for field in fields]


def test_a_conditional_question_stands_behind_what_it_hangs_on(every_kind: Form) -> None:
    order = names(every_kind.fields)
    start = order.index("choices")
    # deeper and what hangs on it come before the second condition on the same question.
    assert order[start : start + 6] == ["choices", "deeper", "deepest", "beside", "yes_no", "both_hold"]
    group = every_kind.field("group")
    assert group is not None
    assert names(group.fields) == ["name", "works", "income", "born"]


def test_a_field_knows_what_the_schema_says(allowance: Form) -> None:
    helper = allowance.field("agent_name")
    assert helper is not None
    assert helper.kind == "person-name"
    assert helper.required
    assert helper.asked_if == (Condition("filing_for", ("family", "community")),)
    assert (helper.max_length, helper.section, helper.autocomplete) == (60, "for-whom", "off")
    assert helper.why_basis == "民发〔2021〕57号第六条"
    grounds = allowance.field("filing_for")
    assert grounds is not None
    assert grounds.choices[0] == Choice("self", "自己")
    count = allowance.field("house_count")
    assert count is not None
    assert (count.minimum, count.maximum, count.asked_if) == (1, 99, (Condition("assets", ("houses",)),))
    assert allowance.service == "minimum-living-allowance"
    assert [field.name for field in allowance.fields if field.routing] == ["registered_community"]


def test_kinds_do_not_overlap(every_kind: Form, allowance: Form) -> None:
    shapes = [*every_kind.schema["properties"].values(), *every_kind.schema["$defs"].values()]
    for shape in shapes:
        matching = [name for name, kind in KINDS.items() if "$ref" not in shape and kind.recognise(shape)]
        assert len(matching) <= 1 or matching == ["long-text", "text"]
    assert {field.kind for field in (*every_kind.fields, *allowance.fields)} == set(KINDS)


def test_every_kind_has_its_template() -> None:
    folder = Path(__file__).resolve().parents[3] / "doorstep" / "forms" / "templates" / "fields"
    for kind in KINDS.values():
        files = {"choice": ["radios", "select"], "group": ["control"]}.get(kind.template, [kind.template])
        assert all((folder / f"{name}.html").exists() for name in files)


def test_what_is_no_kind_is_no_form(every_kind: Form) -> None:
    assert recognise({"type": "number"}) is None
    broken = {**every_kind.schema, "properties": {"x": {"type": "number", "title": "数"}}, "allOf": []}
    with pytest.raises(FormBroken):
        build_form(broken)


def test_places_know_district_and_street(places: Places) -> None:
    assert len(places.communities) == 112
    community = places.community("650203001001")
    assert community is not None
    assert (community.district_name, community.street_name, community.street_code) == (
        "克拉玛依区",
        "天山路街道",
        "650203001",
    )
    assert places.is_answer("unknown")
    assert not places.is_answer("650203")
    assert places.community("unknown") is None


def test_items_are_added_and_removed_up_to_the_limit(every_kind: Form) -> None:
    tree = add_item(every_kind, {"name": "甲"}, "group")
    assert tree == {"name": "甲", "group": [{}]}
    full = {"group": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}
    assert add_item(every_kind, full, "group") == full
    assert remove_item(every_kind, full, "group", 1) == {"group": [{"name": "a"}, {"name": "c"}]}
    assert remove_item(every_kind, full, "group", 7) == full
    assert add_item(every_kind, {}, "name") == {} == add_item(every_kind, {}, "nothing")
    assert remove_item(every_kind, {"group": "x"}, "group", 0) == {"group": []}
