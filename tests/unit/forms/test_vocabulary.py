"""Anything outside the profile is a finding with file, place and remedy; nothing is ignored."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from doorstep.forms.fields import Form
from doorstep.forms.kinds import KINDS
from doorstep.forms.library import publish
from doorstep.forms.rules import UNPUBLISHED
from doorstep.forms.vocabulary import check_forms
from doorstep.places import Places

Break = Callable[[dict[str, Any]], Any]
EVERY_KIND = json.loads(Path(__file__).with_name("every_kind.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path, schemas_dir: Path) -> Path:
    shutil.copytree(schemas_dir / "vocabulary", tmp_path / "vocabulary")
    (tmp_path / "forms").mkdir()
    write(tmp_path, EVERY_KIND)
    publish(tmp_path, "every-kind", date(2026, 11, 22))
    return tmp_path


def write(folder: Path, schema: dict[str, Any]) -> None:
    (folder / "forms" / "every-kind.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


def test_the_repositorys_forms_speak_the_profile(schemas_dir: Path) -> None:
    assert [str(finding) for finding in check_forms(schemas_dir)] == []


def test_the_form_of_every_kind_speaks_it_too(folder: Path, places: Places, every_kind: Form) -> None:
    assert [str(finding) for finding in check_forms(folder, places)] == []
    assert {field.kind for field in every_kind.fields} == set(KINDS)


def test_the_meta_schema_is_a_schema(schemas_dir: Path) -> None:
    text = (schemas_dir / "vocabulary" / "form.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


def field(name: str, **keywords: Any) -> Break:
    """A change to one field; None removes a keyword."""

    def apply(schema: dict[str, Any]) -> None:
        for key, value in keywords.items():
            target = schema["properties"][name]
            if value is None:
                del target[key.replace("_", "-")]
            else:
                target[key.replace("_", "-") if key.startswith("x_") else key] = value

    return apply


def rule(index: int, **parts: Any) -> Break:
    def apply(schema: dict[str, Any]) -> None:
        schema["allOf"][index]["if"] = {"properties": parts, "required": list(parts)}

    return apply


WHY = {"text": "测试。", "basis": "测试"}
BREAKS: dict[str, tuple[Break, str]] = {
    "an unknown keyword": (lambda s: s.update({"x-color": "red"}), ""),
    "an unknown keyword of a field": (field("plain_text", pattern="^a$"), "/properties/plain_text"),
    "an unknown annotation": (field("plain_text", x_colour="red"), "/properties/plain_text"),
    "an unknown format": (field("long_text", format="email"), "/properties/long_text/format"),
    "a number": (field("long_text", type="number"), "/properties/long_text/type"),
    "a shape of two kinds": (field("choice", maxLength=3), "/properties/choice/maxLength"),
    "a text without a bound": (
        lambda s: s["properties"]["long_text"].pop("maxLength"), "/properties/long_text"),
    "a type beside a shared one": (field("money", type="string"), "/properties/money/type"),
    "an unknown shared type": (
        lambda s: s["properties"]["money"].update({"$ref": "urn:doorstep:types#/$defs/dollars"}),
        "/properties/money/$ref"),
    "a reference elsewhere": (
        lambda s: s["properties"]["money"].update({"$ref": "https://example.org/money.json"}),
        "/properties/money/$ref"),
    "no title": (lambda s: s["properties"]["money"].pop("title"), "/properties/money"),
    "no why": (lambda s: s["properties"]["money"].pop("x-why"), "/properties/money"),
    "a why without a basis": (field("money", x_why={"text": "想知道"}), "/properties/money/x-why"),
    "no section": (lambda s: s["properties"]["money"].pop("x-section"), "/properties/money"),
    "a section that is not there": (field("money", x_section="third"), "/properties/money/x-section"),
    "a section without a question": (
        lambda s: s["x-sections"].append({"id": "third", "title": "空的", "x-why": "没有。"}), "/x-sections/2"),
    "a section twice": (
        lambda s: s["x-sections"].append({"id": "first", "title": "又来", "x-why": "没有。"}), "/x-sections/2/id"),
    "a catch-all choice": (
        lambda s: s["properties"]["choice"]["oneOf"].append({"const": "c", "title": "其他情况"}),
        "/properties/choice/oneOf/2/title"),
    "a catch-all title": (field("money", title="其他收入"), "/properties/money/title"),
    "a choice twice": (
        lambda s: s["properties"]["choice"]["oneOf"].append({"const": "a", "title": "丙"}),
        "/properties/choice/oneOf/2/const"),
    "a choice's title twice": (
        lambda s: s["properties"]["choice"]["oneOf"].append({"const": "c", "title": "甲"}),
        "/properties/choice/oneOf/2/title"),
    "a list that may repeat": (
        lambda s: s["properties"]["choices"].pop("uniqueItems"), "/properties/choices"),
    "a group without an end": (lambda s: s["properties"]["group"].pop("maxItems"), "/properties/group"),
    "a group in a group": (
        lambda s: s["properties"]["group"]["items"]["properties"].update(
            {"inner": {**copy.deepcopy(s["properties"]["group"]), "x-why": WHY}}),
        "/properties/group/items/properties/inner/items"),
    "an open item": (
        lambda s: s["properties"]["group"]["items"].pop("unevaluatedProperties"), "/properties/group/items"),
    "an open form": (lambda s: s.pop("unevaluatedProperties"), ""),
    "a condition on a later field": (rule(1, deepest={"const": "x"}), "/allOf/1/if/properties/deepest"),
    "a condition on nothing": (rule(0, nobody={"const": "x"}), "/allOf/0/if/properties/nobody"),
    "a condition without its field": (
        lambda s: s["allOf"][0]["if"].update({"required": ["choice"]}), "/allOf/0/if/required"),
    "a condition no answer meets": (rule(0, choice={"const": "z"}), "/allOf/0/if/properties/choice"),
    "a condition on a list without contains": (rule(1, choices={"const": "x"}), "/allOf/1/if/properties/choices"),
    "a condition on a text": (rule(0, name={"const": "甲"}), "/allOf/0/if/properties/name"),
    "a condition of another language": (rule(0, choice={"pattern": "a"}), "/allOf/0/if/properties/choice"),
    "an else": (lambda s: s["allOf"][0].update({"else": {"properties": {}}}), "/allOf/0"),
    "a conditional question before what it hangs on": (
        lambda s: (s["properties"]["choice"].update({"x-section": "second"})),
        "/allOf/0/then/properties/both_hold"),
    "a field declared twice": (
        lambda s: s["allOf"][0]["then"]["properties"].update({"money": s["properties"]["money"]}),
        "/allOf/0/then/properties/money"),
    "a required field that is not there": (lambda s: s["required"].append("nobody"), "/required"),
    "a minimum above the maximum": (field("long_text", minLength=900), "/properties/long_text/minLength"),
    "routing by a name": (field("name", x_routing=True), "/properties/name/x-routing"),
    "a field name a control cannot have": (
        lambda s: s["properties"].update({"Other-Name": s["properties"]["money"]}), "/properties"),
    "a gate that does not say why": (field("gate", x_messages=None), "/properties/gate"),
    "a gate that says why it is not in the list": (
        field("gate", x_messages={"oneOf": "选一个"}), "/properties/gate/x-messages"),
    "a reason without a gate": (field("choice", x_messages={"not": "不用"}), "/properties/choice/x-messages/not"),
    "a gate that stops everybody": (
        lambda s: s["properties"]["gate"].update({"not": {"enum": ["on", "covered", "cared"]}}),
        "/properties/gate/not"),
    "a gate that stops nobody": (
        lambda s: s["properties"]["gate"].update({"not": {"const": "off"}}), "/properties/gate/not"),
    "a gate nobody reads": (
        lambda s: s["properties"]["gate"]["oneOf"].extend(
            {"const": f"more-{n}", "title": f"第{n}种"} for n in range(5)), "/properties/gate/not"),
    "a gate of another shape": (
        lambda s: s["properties"]["gate"].update({"not": {"pattern": "c"}}), "/properties/gate/not"),
    "a gate of what is no choice": (
        lambda s: s["properties"]["long_text"].update({"not": {"const": "a"}, "x-messages": {"not": "不用"}}),
        "/properties/long_text"),
    "a question nobody is asked behind a gate": (rule(0, gate={"const": "cared"}), "/allOf/0/if/properties/gate"),
    "files without a guide's material": (field("papers", x_material=None), "/properties/papers"),
    "files without an end": (field("papers", maxItems=None), "/properties/papers"),
    "pages without an end": (field("papers", x_max_pages=None), "/properties/papers"),
    "a material of what is no file": (field("phone", x_material="bills"), "/properties/phone/x-material"),
    "a number of what is no list": (field("phone", maxItems=3), "/properties/phone/maxItems"),
    "more files than one application may have": (
        lambda s: s["allOf"][0]["then"]["properties"].update(
            {f"papers_{n}": {**s["properties"]["papers"], "maxItems": 29} for n in "ab"}), ""),
    "a list of files of its own": (
        lambda s: s["properties"].update(
            papers={"type": "array", "uniqueItems": True, "items": {"type": "string", "format": "attachment"},
                    "title": "单据", "x-section": "first", "x-why": WHY}),
        "/properties/papers"),
    "files in a group": (
        lambda s: s["properties"]["group"]["items"]["properties"].update(
            papers={key: part for key, part in s["properties"]["papers"].items() if key != "x-section"}),
        "/properties/group"),
    "an example nobody could send": (
        lambda s: s.update({"examples": [{"choice": "a"}]}), "/examples/0/consent"),
    "an example the filler would change": (
        lambda s: s.update({"examples": [{"choice": "a", "consent": True, "money": "1,200"}]}), "/examples/0"),
    "an id that is not the file's": (lambda s: s.update({"$id": "urn:doorstep:form:another"}), "/$id"),
    "no example": (lambda s: s.pop("examples"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_it_is_found_where_it_stands(name: str, folder: Path, places: Places) -> None:
    change, pointer = BREAKS[name]
    schema = copy.deepcopy(EVERY_KIND)
    change(schema)
    write(folder, schema)
    findings = [finding for finding in check_forms(folder, places) if finding.file == "forms/every-kind.json"]
    assert pointer in [finding.pointer for finding in findings], [str(finding) for finding in findings]
    assert all(finding.problem and finding.remedy for finding in findings)
    assert not any(finding.rule == UNPUBLISHED for finding in findings)


def test_a_key_twice_and_broken_json_are_found(folder: Path, places: Places) -> None:
    path = folder / "forms" / "every-kind.json"
    path.write_text('{"title": "一", "title": "二"}', encoding="utf-8")
    assert "title 写了两次" in check_forms(folder, places)[0].problem
    path.write_text('{"title": "一",\n"type" "object"}', encoding="utf-8")
    (found,) = check_forms(folder, places)
    assert (found.line, found.problem) == (2, "这个文件读不出来")


def test_a_form_changed_after_it_was_published_must_be_published_again(folder: Path, places: Places) -> None:
    write(folder, {**EVERY_KIND, "title": "改了名"})
    (finding,) = check_forms(folder, places)
    assert "doorstep publish every-kind" in finding.remedy


def test_a_published_form_is_immutable(folder: Path, places: Places) -> None:
    (path,) = (folder / "archive" / "every-kind").glob("*.json")
    path.write_text(path.read_text(encoding="utf-8").replace("一行字", "两行字"), encoding="utf-8")
    (finding,) = check_forms(folder, places)
    assert (finding.file, finding.pointer) == (f"archive/every-kind/{path.name}", "")
    path.unlink()
    assert "不见了" in check_forms(folder, places)[0].problem


def test_the_shared_types_speak_the_profile_as_well(folder: Path, places: Places) -> None:
    path = folder / "vocabulary" / "types.json"
    types = json.loads(path.read_text(encoding="utf-8"))
    types["$defs"]["phone"]["pattern"] = "^1"
    path.write_text(json.dumps(types), encoding="utf-8")
    findings = check_forms(folder, places)
    assert ("vocabulary/types.json", "/$defs/phone") in [(finding.file, finding.pointer) for finding in findings]


def test_a_file_of_another_encoding_is_a_finding(folder: Path, places: Places) -> None:
    path = folder / "forms" / "every-kind.json"
    path.write_bytes(json.dumps(EVERY_KIND, ensure_ascii=False).encode("gbk"))
    (finding,) = check_forms(folder, places)
    assert (finding.file, finding.remedy) == ("forms/every-kind.json", "另存为UTF-8")


def test_what_is_missing_is_told_with_what_to_write(folder: Path, places: Places) -> None:
    write(folder, {key: value for key, value in EVERY_KIND.items() if key not in {"x-readers", "x-retention"}})
    remedies = [finding.remedy for finding in check_forms(folder, places)]
    assert len(remedies) == 2
    assert any(remedy.startswith("加上 x-readers：谁会看到") for remedy in remedies)
    assert any(remedy.startswith("加上 x-retention：内容留多久") for remedy in remedies)


def test_null_is_no_form(folder: Path, places: Places) -> None:
    (folder / "forms" / "every-kind.json").write_text("null", encoding="utf-8")
    assert [finding.file for finding in check_forms(folder, places)] == ["forms/every-kind.json"]
