"""What is asked is what the schema's own if/then says, judged by jsonschema."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from doorstep.forms.conditions import asked, holds
from doorstep.forms.fields import Condition, Form
from doorstep.forms.filler import fill

answers_to: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from(["a", "b", "c", 1, True]),
    "choices": st.lists(st.sampled_from(["x", "y", "z", 3]), max_size=3) | st.sampled_from(["x", "?"]),
    "yes_no": st.sampled_from([True, False, "true", "no", 0, 1, "?"]),
    "deeper": st.sampled_from([True, False, 1, "yes"]),
    "deepest": st.just(3),
    "both_hold": st.just("字"),
    "beside": st.just("字"),
}


@given(tree=st.fixed_dictionaries({}, optional=answers_to))
@settings(deadline=None, database=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_asked_is_what_the_schema_says(tree: dict[str, Any], every_kind: Form) -> None:
    instance = fill(every_kind, tree)
    expected = set(every_kind.schema["properties"])
    for rule in every_kind.schema["allOf"]:
        if Draft202012Validator(rule["if"]).is_valid(instance):
            expected |= set(rule["then"]["properties"])
    assert {field.name for field in asked(every_kind, instance)} == expected
    assert instance.keys() <= expected


def test_asking_keeps_the_pages_order(allowance: Form) -> None:
    names = [field.name for field in asked(allowance, {"filing_for": "family", "lives_there": False})]
    assert names[:6] == [
        "filing_for", "agent_name", "agent_phone", "agent_statement", "acting_as", "applicant_name",
    ]  # fmt: skip
    assert names.index("living_community") == names.index("lives_there") + 1


def test_an_answer_to_a_question_not_asked_counts_for_nothing(allowance: Form) -> None:
    instance = {"lives_there": True, "living_community": "unknown"}
    assert "living_estate" not in [field.name for field in asked(allowance, instance)]


def test_true_is_not_one() -> None:
    assert holds(Condition("f", (True,)), {"f": True})
    assert not holds(Condition("f", (True,)), {"f": 1})
    assert not holds(Condition("f", (True,)), {"f": "true"})
    assert not holds(Condition("f", (True,)), {})
