from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorstep.forms.checker import Checker
from doorstep.forms.fields import Field, Form
from doorstep.forms.filler import fill
from doorstep.forms.messages import MESSAGES, message
from doorstep.places import Places

CANARY = "canary甲乙丙丁"
NAMES = list(json.loads(Path(__file__).with_name("every_kind.json").read_text(encoding="utf-8"))["properties"])


def said(form: Form, checker: Checker, changes: dict[str, Any]) -> dict[str, str]:
    assert form.example is not None
    errors = checker.check(fill(form, {**form.example, **changes}))
    return {error.pointer: error.message for error in errors}


def test_messages_say_what_to_do(allowance: Form, allowance_checker: Checker) -> None:
    assert said(allowance, allowance_checker, {"applicant_name": "", "filing_for": None, "truth_statement": False}) == {
        "/applicant_name": "填写申请人姓名",
        "/filing_for": "请选一项：您给谁申请？",
        "/truth_statement": "请打勾：我填的都是真实情况",
    }
    for number, sentence in (
        ("1", "身份证号一共18位，现在少了几位。请对照身份证数一数"),
        ("65020319690101000221", "身份证号一共18位，现在多了几位。请对照身份证数一数"),
        ("650203196901010003", "身份证号有一位对不上。请对照身份证一位一位再看一遍，最后一位可能是X"),
    ):
        assert said(allowance, allowance_checker, {"applicant_id": number}) == {"/applicant_id": sentence}


def test_a_schemas_own_message_comes_first(every_kind: Form, every_kind_checker: Checker) -> None:
    assert said(every_kind, every_kind_checker, {"integer": 100}) == {"/integer": "填不超过99的数"}
    assert said(every_kind, every_kind_checker, {"integer": -1}) == {"/integer": "几个？填0或更大的数"}


def test_what_has_happened_has_no_day_to_come(every_kind: Form, every_kind_checker: Checker) -> None:
    assert said(every_kind, every_kind_checker, {"paid_on": "2026-11-22"}) == {}
    sentence = "哪天付的钱？填真实的日期，今天或今天以前的，比如2026年1月5日"
    assert said(every_kind, every_kind_checker, {"paid_on": "2026-11-23"}) == {"/paid_on": sentence}
    assert said(every_kind, every_kind_checker, {"paid_on": {"year": "2026"}}) == {"/paid_on": sentence}


def test_errors_stand_in_the_forms_order_one_a_field(every_kind: Form, every_kind_checker: Checker) -> None:
    answers = {
        "group": [{"born": "x" * 99}, {"name": "1" * 61, "works": True}],
        "name": "1",
        "choices": ["z", "x"],
        "q": 1,
    }
    errors = every_kind_checker.check(fill(every_kind, answers))
    assert [(error.pointer, error.keyword) for error in errors] == [
        ("", "unevaluatedProperties"),
        ("/choice", "required"),
        ("/choices", "oneOf"),
        ("/deeper", "required"),
        ("/name", "format"),
        ("/consent", "required"),
        ("/group/0/name", "required"),
        ("/group/0/born", "maxLength"),
        ("/group/1/name", "maxLength"),
        ("/group/1/income", "required"),
    ]


def test_a_wrong_answer_below_a_condition_is_no_stranger(allowance: Form, allowance_checker: Checker) -> None:
    """A `then` that fails leaves its properties unevaluated: only the field's own error is told."""
    changes = {"filing_for": "family", "agent_name": "1", "agent_statement": True, "acting_as": "guardian"}
    assert list(said(allowance, allowance_checker, changes)) == ["/agent_name"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("typed", [CANARY, CANARY * 20, [CANARY], {CANARY: CANARY}, [{CANARY: CANARY}], [[CANARY]]])
def test_no_message_repeats_what_was_typed(
    name: str, typed: Any, every_kind: Form, every_kind_checker: Checker
) -> None:
    for error in every_kind_checker.check(fill(every_kind, {name: typed, CANARY: typed})):
        assert "canary" not in json.dumps([error.pointer, error.keyword, error.message], ensure_ascii=False)


def test_every_sentence_is_an_imperative_without_blame_or_holes(every_kind: Form) -> None:
    keywords = {keyword for keyword, _ in MESSAGES} | {"something-new"}
    for keyword in keywords:
        for field in every_kind.fields:
            sentence = message(keyword, field, 7)
            assert "{" not in sentence
            assert "None" not in sentence
            for blame in ("错误", "无效", "非法", "不合法", "失败", "必填"):
                assert blame not in sentence
            assert not sentence.endswith(("。", "！"))


def test_a_reference_out_of_the_form_is_never_fetched(allowance: Form, places: Places) -> None:
    schema = {**allowance.schema, "properties": {"x": {"$ref": "http://127.0.0.1:9/x.json"}}}
    form = allowance._replace(schema=schema)
    checker = Checker(form, places)
    with pytest.raises(Exception, match=r"127\.0\.0\.1") as quick:
        checker.accepts({"x": 1})
    assert "Connection" not in str(quick.value)
    with pytest.raises(Exception, match=r"127\.0\.0\.1") as slow:
        checker.errors({"x": 1})
    assert "Unresolvable" in repr(slow.value)


@given(
    instance=st.dictionaries(
        st.sampled_from(["choice", "consent", "group", "zz"]), st.integers() | st.text() | st.none()
    )
)
@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_errors_of_an_instance_nobody_filled_are_still_made(
    instance: dict[str, Any], every_kind_checker: Checker
) -> None:
    for error in every_kind_checker.errors(instance):
        assert error.message


def test_a_question_keeps_its_mark_where_it_stands_by_itself() -> None:
    assert message("required", Field(name="a", kind="text", title="几个？")) == "填写几个"
    assert message("required", Field(name="a", kind="choice", title="哪个？")) == "请选一项：哪个？"
    assert message("type", Field(name="a", kind="integer", title="几个？")) == "几个？填整数，比如2"
    assert message("type", Field(name="a", kind="integer", title="人数")) == "人数：填整数，比如2"


def test_no_sentence_says_a_word_twice(allowance: Form) -> None:
    keywords = {keyword for keyword, _ in MESSAGES}
    questions = [part for field in allowance.fields for part in (field, *field.fields)]
    for field in questions:
        for keyword in keywords:
            sentence = message(keyword, field, 7)
            assert not re.search("的的|？.*？|：.*：|[？：][，。：]", sentence), sentence
            if field.kind == "community":
                assert sentence.count("社区") <= field.title.count("社区")


def test_the_accepting_path_imports_nothing_heavy() -> None:
    """A cold start pays for every import: jsonschema, Jinja2 and stdnum are not on the way of a valid answer."""
    program = """
import sys
from pathlib import Path
from doorstep.forms.checker import Checker
from doorstep.forms.filler import fill
from doorstep.forms.library import load_library
from doorstep.places import load_places
form = load_library(Path("schemas")).current("minimum-living-allowance")
checker = Checker(form, load_places(Path("docs/places/divisions.json")))
assert "jsonschema_rs" not in sys.modules
assert checker.check(fill(form, form.example)) == []
print(sorted({"jsonschema", "referencing", "jinja2", "stdnum", "attrs"} & set(sys.modules)))
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
