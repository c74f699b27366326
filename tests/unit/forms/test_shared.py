"""Shared questions are written into the forms that name them: the same words are the same version."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doorstep.forms.bundle import bundle, version_of
from doorstep.forms.errors import FormBroken
from doorstep.forms.form import build_form
from doorstep.forms.rules import UNPUBLISHED
from doorstep.forms.shared import QUESTIONS_PREFIX, widened, written_out
from doorstep.forms.vocabulary import check_some
from doorstep.places import Places
from tests.unit.forms.conftest import ROOT

VOCABULARY = ROOT / "schemas" / "vocabulary"
QUESTIONS, TYPES = (
    json.loads((VOCABULARY / f"{name}.json").read_text(encoding="utf-8")) for name in ("questions", "types")
)
EVERY_KIND = json.loads(Path(__file__).with_name("every_kind.json").read_text(encoding="utf-8"))


def named(name: str, **own: Any) -> dict[str, Any]:
    return {"$ref": QUESTIONS_PREFIX + name} | {key.replace("x_", "x-"): value for key, value in own.items()}


OWN = {"agent_phone": {"description": "哪个都行。", "x-why": {"basis": "测试法第二条"}}}
AGENT = named("agent", x_section="first", x_why={"basis": "测试法第一条"}, then={"properties": OWN})
MEMBERS = named(
    "household-members",
    title="家里人", maxItems=5, x_section="second",
    x_why={"text": "看看有谁。", "basis": "测试法第三条"},
    items={"properties": {"income_work": {"title": "干活的钱", "x-why": {"basis": "测试法第四条"}}}},
)  # fmt: skip


def form_with(**more: Any) -> dict[str, Any]:
    """A form that takes its questions from the shared ones."""
    schema: dict[str, Any] = copy.deepcopy(EVERY_KIND)
    schema["$id"] = "urn:doorstep:form:sharing"
    schema["properties"]["filing_for"] = named("filing-for", x_section="first", x_why={"basis": "测试法第一条"})
    schema["properties"]["has_household"] = named("has-household", x_section="second", x_why={"basis": "测试法第三条"})
    schema["allOf"] += [
        AGENT,
        {
            "if": {"properties": {"has_household": {"const": True}}, "required": ["has_household"]},
            "then": {"properties": {"household_members": MEMBERS}, "required": ["household_members"]},
        },
    ]
    return schema | more


def built(schema: dict[str, Any]) -> dict[str, Any]:
    return bundle(written_out(schema, QUESTIONS), TYPES)


def test_a_shared_question_is_one_of_the_forms_own() -> None:
    form = build_form(built(form_with()))
    phone, members = form.field("agent_phone"), form.field("household_members")
    assert phone is not None
    assert members is not None
    assert (phone.kind, phone.title, phone.section, phone.autocomplete) == ("phone", "您的联系电话", "first", "tel")
    assert [condition.values for condition in phone.asked_if] == [("family", "community")]
    assert phone.description == "哪个都行。"
    assert (phone.why_text, phone.why_basis) == ("申请人联系不上时好找您。", "测试法第二条")
    assert {field.name: field.why_basis for field in form.fields}["agent_name"] == "测试法第一条"
    assert (members.title, members.max_items, members.why_text) == ("家里人", 5, "看看有谁。")
    laws = {field.name: field.why_basis for field in members.fields}
    assert (laws["income_work"], laws["relation"], laws["resident_id"]) == (
        "测试法第四条",
        "测试法第三条",
        "测试法第三条",
    )
    assert members.fields[3].title == "干活的钱"
    assert members.fields[1].choices[0].title == "丈夫或妻子"


def test_what_is_published_names_no_shared_question_and_holds_all_it_says() -> None:
    text = json.dumps(built(form_with()), ensure_ascii=False)
    assert "urn:doorstep:questions" not in text
    assert "能独立生活、长期住在一起的子女" in text


def test_the_same_words_written_by_hand_are_the_same_version() -> None:
    by_hand = written_out(form_with(), QUESTIONS)
    assert version_of(bundle(by_hand, TYPES)) == version_of(built(form_with()))
    assert written_out(by_hand, QUESTIONS) == by_hand


def test_a_form_that_names_none_is_left_as_it_is() -> None:
    before = copy.deepcopy(EVERY_KIND)
    assert written_out(EVERY_KIND, QUESTIONS) == before == EVERY_KIND


def test_the_vocabulary_is_not_changed_by_who_uses_it() -> None:
    before = copy.deepcopy(QUESTIONS)
    written_out(form_with(), QUESTIONS)
    assert before == QUESTIONS


def test_what_two_whole_rules_ask_stands_where_each_form_says() -> None:
    rules = [named(name, x_section="second", x_why={"basis": "法"}) for name in ("registered-estate", "household")]
    made = written_out({"properties": {}, "allOf": rules}, QUESTIONS)["allOf"]
    assert [rule["if"]["required"] for rule in made] == [["registered_community"], ["has_household"]]
    asked = [part for rule in made for part in rule["then"]["properties"].values()]
    assert [(part["x-section"], part["x-why"]["basis"]) for part in asked] == [("second", "法")] * 2
    inner = asked[1]["items"]["properties"]
    assert {part["x-why"]["basis"] for part in inner.values()} == {"法"}


def test_bounds_may_be_narrowed_only() -> None:
    shared = {"minLength": 2, "maxItems": 5, "minimum": 0}
    assert list(widened({"minLength": 3, "maxItems": 5, "maximum": 9}, shared)) == []
    assert list(widened({"minLength": 1, "maxItems": 6, "minimum": -1}, shared)) == ["minLength", "minimum", "maxItems"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(VOCABULARY, tmp_path / "vocabulary")
    (tmp_path / "forms").mkdir()
    return tmp_path


def findings(folder: Path, places: Places, schema: dict[str, Any]) -> list[tuple[str, str]]:
    (folder / "forms" / "sharing.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    found = check_some(folder, ["sharing"], places)
    return [(one.file, one.pointer) for one in found if one.rule != UNPUBLISHED]


def test_a_form_of_shared_questions_passes_every_check(folder: Path, places: Places) -> None:
    assert findings(folder, places, form_with()) == []


def changed(name: str, **own: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda schema: schema["properties"][name].update({k.replace("x_", "x-"): v for k, v in own.items()})


BREAKS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a question that is not there": (
        lambda s: s["properties"].update(a=named("nobody", x_section="first", x_why={"basis": "法"})), "/properties/a"),
    "a rule as a question": (
        lambda s: s["properties"].update(a=named("agent", x_section="first", x_why={"basis": "法"})), "/properties/a"),
    "a question as a rule": (
        lambda s: s["allOf"].append(named("full-name", x_section="first", x_why={"basis": "法"})), "/allOf/6"),
    "own words for what a rule does not ask": (
        lambda s: s["allOf"][4].update(then={"properties": {"nobody": {"title": "谁？"}}}),
        "/allOf/4/then/properties/nobody"),
    "another question in a rule's place": (
        lambda s: s["allOf"][4].update(then={"properties": {"agent_name": named("full-name")}}),
        "/allOf/4/then/properties/agent_name/$ref"),
    "a rule without a section": (lambda s: s["allOf"][4].pop("x-section"), "/allOf/4"),
    "a section that is not there": (
        lambda s: s["allOf"][4].update({"x-section": "third"}), "/allOf/4/then/properties/agent_name/x-section"),
    "no law": (lambda s: s["properties"]["filing_for"].pop("x-why"), "/properties/filing_for/x-why"),
    "a rule without a law": (
        lambda s: s["allOf"][4].pop("x-why"), "/allOf/4/then/properties/agent_name/x-why"),
    "own words for what a group does not ask": (
        lambda s: s["allOf"][5]["then"]["properties"]["household_members"]["items"]["properties"].update(nobody={}),
        "/allOf/5/then/properties/household_members/items/properties/nobody"),
    "another shape for a question of a group": (
        lambda s: s["allOf"][5]["then"]["properties"]["household_members"]["items"]["properties"].update(
            relation={"type": "string"}), "/allOf/5/then/properties/household_members/items/properties/relation"),
    "items of what is no group": (
        lambda s: s["properties"]["filing_for"].update(items={"properties": {"a": {"title": "甲"}}}),
        "/properties/filing_for/items/properties/a"),
    "another type": (changed("filing_for", type="boolean"), "/properties/filing_for"),
    "choices of its own": (changed("filing_for", oneOf=[]), "/properties/filing_for"),
    "wider bounds": (
        lambda s: s["allOf"][5]["then"]["properties"]["household_members"].update(maxItems=40),
        "/allOf/5/then/properties/household_members/maxItems"),
    "a condition on what is not asked": (
        lambda s: s["properties"].pop("filing_for"), "/allOf/4/if/properties/filing_for"),
    "a question asked twice": (
        lambda s: s["properties"].update(agent_name=named("full-name", x_section="first", x_why={"basis": "法"})),
        "/allOf/4/then/properties/agent_name"),
    "wider bounds than a shared type's": (
        lambda s: s["properties"]["plain_text"].update(maxLength=900), "/properties/plain_text/maxLength"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_it_is_found_where_it_stands(name: str, folder: Path, places: Places) -> None:
    change, pointer = BREAKS[name]
    schema = form_with()
    schema["allOf"] = copy.deepcopy(schema["allOf"])
    change(schema)
    assert ("forms/sharing.json", pointer) in findings(folder, places, schema)


VOCABULARY_BREAKS: dict[str, dict[str, Any]] = {
    "a circle": {"applicant-name": named("applicant-name")},
    "a longer circle": {"full-name": named("applicant-name"), "applicant-name": named("full-name")},
    "a name that is not there": {"full-name": named("nobody")},
    "a type that is not there": {
        "full-name": {**QUESTIONS["$defs"]["full-name"], "$ref": "urn:doorstep:types#/$defs/x"}
    },
    "a section": {"full-name": {**QUESTIONS["$defs"]["full-name"], "x-section": "first"}},
    "an unknown keyword": {"full-name": {**QUESTIONS["$defs"]["full-name"], "pattern": "^a"}},
    "a catch-all": {"full-name": {**QUESTIONS["$defs"]["full-name"], "title": "其他"}},
    "a rule of another shape": {"agent": {**QUESTIONS["$defs"]["agent"], "else": {}}},
}


@pytest.mark.parametrize("name", VOCABULARY_BREAKS)
def test_the_shared_questions_speak_the_profile_as_well(name: str, folder: Path, places: Places) -> None:
    path = folder / "vocabulary" / "questions.json"
    broken = {**QUESTIONS, "$defs": {**QUESTIONS["$defs"], **VOCABULARY_BREAKS[name]}}
    path.write_text(json.dumps(broken, ensure_ascii=False), encoding="utf-8")
    found = findings(folder, places, EVERY_KIND | {"$id": "urn:doorstep:form:sharing"})
    where = f"/$defs/{next(iter(VOCABULARY_BREAKS[name]))}"
    assert any(file == "vocabulary/questions.json" and pointer.startswith(where) for file, pointer in found)


def test_what_cannot_be_written_out_says_where() -> None:
    with pytest.raises(FormBroken) as broken:
        written_out(form_with(allOf=[named("nobody", x_section="first")]), QUESTIONS)
    assert broken.value.where == "/allOf/0"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("full-name", {"title": "其他"}),
        ("full-name", {"minLength": 9, "maxLength": 3}),
        ("full-name", {"x-section": "first"}),
        ("agent", {"else": {}}),
    ],
)
def test_a_fault_in_what_is_shared_is_told_once_where_it_stands(
    folder: Path, places: Places, name: str, own: dict[str, Any]
) -> None:
    path = folder / "vocabulary" / "questions.json"
    definitions = {**QUESTIONS["$defs"], name: {**QUESTIONS["$defs"][name], **own}}
    path.write_text(json.dumps({**QUESTIONS, "$defs": definitions}, ensure_ascii=False), encoding="utf-8")
    for form in ("sharing", "another"):
        schema = form_with() | {"$id": f"urn:doorstep:form:{form}"}
        (folder / "forms" / f"{form}.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    found = check_some(folder, ["sharing", "another"], places)
    assert {(one.file, one.pointer.split("/")[2]) for one in found} == {("vocabulary/questions.json", name)}


def test_a_fault_in_a_shared_type_is_told_once_and_a_forms_own_beside_it(folder: Path, places: Places) -> None:
    path = folder / "vocabulary" / "types.json"
    types = copy.deepcopy(TYPES)
    types["$defs"]["person-name"] |= {"minLength": 70}
    path.write_text(json.dumps(types, ensure_ascii=False), encoding="utf-8")
    schema = form_with()
    schema["properties"]["plain_text"]["x-section"] = "third"
    (folder / "forms" / "sharing.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    found = check_some(folder, ["sharing"], places)
    assert ("vocabulary/types.json", "/$defs/person-name/minLength") in {(one.file, one.pointer) for one in found}
    assert [one.pointer for one in found if one.file == "forms/sharing.json"] == ["/properties/plain_text/x-section"]
