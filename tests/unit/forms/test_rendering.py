"""The page as a browser and a screen reader take it apart."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doorstep.forms.checker import Checker
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.rendering import render_answers, render_form, render_own_answers
from doorstep.forms.urlencoded import parse_form_body
from doorstep.places import Places
from tests.unit.forms.taken_apart import Page, assert_accessible, sent


def page(form: Form, places: Places, tree: dict[str, Any] | None = None, **options: Any) -> Page:
    return Page(render_form(form, places, tree=tree or {}, action=f"/apply/{form.id}/", **options))


def test_the_empty_form(allowance: Form, places: Places) -> None:
    shown = page(allowance, places)
    assert_accessible(shown)
    form = shown.one("form")[1]
    assert (form["method"], form["action"], form["data-version"]) == (
        "post",
        "/apply/minimum-living-allowance/",
        allowance.version,
    )
    buttons = [(attributes["value"], text) for _, attributes, text in shown.all("button", type="submit")]
    assert buttons == [("check", "继续"), ("add:household_members", "添加一位"), ("check", "继续")]
    assert shown.one("input", name="_key")[1]["value"] == ""
    assert shown.all(role="alert") == []
    assert len(shown.one("select", id="registered_community")[2].split("\n")) > 112
    options = shown.all("option")
    assert options[-1][1]["value"] == "unknown"
    assert shown.one("fieldset", class_="ds-group")[1]["data-max"] == "12"


def test_every_question_shows_what_it_needs(every_kind: Form, places: Places) -> None:
    shown = page(every_kind, places, {"group": [{}, {}]})
    assert_accessible(shown)
    assert shown.one("input", id="money")[1]["inputmode"] == "decimal"
    assert shown.one("input", id="born-year")[1]["autocomplete"] == "bday-year"
    assert shown.one("input", id="phone")[1]["autocomplete"] == "tel"
    assert shown.one("input", id="resident_id")[1]["autocomplete"] == "off"
    assert shown.one("input", id="plain_text")[1]["maxlength"] == "60"
    assert [text for _, _, text in shown.all("p", class_="ds-condition")][:4] == [
        "如果您选了“子”，请选：",
        "如果您选了“是”，请填：",
        "如果您选了“丑”，请填：",
        "如果您选了“乙”，又选了“是”，请填：",
    ]
    assert json.loads(shown.one(id="field-both_hold")[1]["data-asked-if"]) == [
        {"field": "choice", "values": ["b"]},
        {"field": "yes_no", "values": [True]},
    ]
    assert json.loads(shown.one(id="field-group-1-income")[1]["data-asked-if"]) == [
        {"field": "works", "values": [True]}
    ]
    assert shown.one(id="field-group-1-born")[1]["data-pointer"] == "/group/1/born"
    assert [text for _, _, text in shown.all("button", class_="ds-button ds-button--secondary ds-remove")] == [
        "去掉第1个人", "去掉第2个人",
    ]  # fmt: skip


def test_a_full_group_takes_no_more(every_kind: Form, places: Places) -> None:
    assert not any(
        "ds-add" in attributes.get("class", "")
        for _, attributes, _ in page(every_kind, places, {"group": [{}] * 3}).elements
    )


@pytest.mark.parametrize(
    ("focus", "target"),
    [
        ("second", "consent"),
        ("first", "plain_text"),
        ("group", "group-1-name"),
        ("choice", "choice--a"),
        ("nowhere", None),
    ],
)
def test_the_page_opens_where_one_was(focus: str, target: str | None, every_kind: Form, places: Places) -> None:
    shown = page(every_kind, places, {"group": [{}, {}]}, focus=focus)
    focused = [attributes["id"] for _, attributes, _ in shown.elements if "autofocus" in attributes]
    assert focused == ([target] if target else [])
    add = page(every_kind, places, {}, focus="group").one("button", value="add:group")[1]
    assert "autofocus" in add


@pytest.mark.parametrize("items", [[{"name": "甲"}] * 400, [{"name": ""}] * 300 + [{"name": "甲"}] * 5, [1] * 9_000])
def test_a_group_shows_one_item_too_many_and_says_what_to_do(
    items: list[Any], every_kind: Form, every_kind_checker: Checker, places: Places
) -> None:
    tree = {"group": items}
    errors = every_kind_checker.check(fill(every_kind, tree))
    shown = page(every_kind, places, tree, errors=errors)
    assert_accessible(shown)
    assert len(shown.all(class_="ds-item")) == 4
    assert shown.one("input", id="group-3-name")[1]["value"] == ("" if items[-1] == 1 else "甲")
    assert ("#group", "几个人：最多填3位，多出来的请到窗口办") in [(a["href"], text) for _, a, text in shown.all("a")]
    assert len(page(every_kind, places, tree).all(class_="ds-item")) == 4


def test_what_could_not_be_kept_as_text_is_shown_as_nothing(every_kind: Form, places: Places) -> None:
    shown = page(every_kind, places, fill(every_kind, {"plain_text": "\x00", "born": ["x"], "yes_no": False}))
    assert [shown.one("input", id=name)[1]["value"] for name in ("plain_text", "born-year")] == ["", ""]
    assert "checked" in shown.one("input", id="yes_no--false")[1]


def test_errors_stand_first_at_the_field_and_lead_there(
    allowance: Form, allowance_checker: Checker, places: Places
) -> None:
    members = [{"name": " "}, {"name": "1", "income_work": "很多"}]
    tree = {"has_household": "true", "household_members": members, "assets": "boats", "x": "y"}
    errors = allowance_checker.check(fill(allowance, tree))
    shown = page(allowance, places, tree, errors=errors, key="k" * 22)
    assert_accessible(shown)
    assert shown.elements.index(shown.one(role="alert")) < shown.elements.index(shown.one("h1"))
    links = [(attributes["href"], text) for _, attributes, text in shown.all("a")]
    assert links[0] == ("#application-form", "有的内容这张表里没有，请按表上的问题填写")
    assert links[1] == ("#filing_for--self", "请选一项：您给谁申请？")
    assert (
        "#household_members-0-income_work",
        "第1位家人，干活挣的（每月）：填数字，单位是元，比如1200或1200.50；三万写成30000",
    ) in links
    assert len(links) == len(errors)
    # The blank member is gone, the other keeps what was typed.
    assert shown.one("input", id="household_members-0-income_work")[1]["value"] == "很多"
    assert shown.all(id="household_members-1-name") == []
    control = shown.one("input", id="household_members-0-name")[1]
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"].split()[0] == "household_members-0-name-error"
    assert shown.one(id="household_members-0-name-error")[2].startswith("有误：")


def test_every_error_is_shown_at_its_field(every_kind: Form, every_kind_checker: Checker, places: Places) -> None:
    tree = {field.name: "\u00a71" for field in every_kind.fields} | {"group": [{"born": "x"}]}
    errors = every_kind_checker.check(fill(every_kind, tree))
    shown = page(every_kind, places, tree, errors=errors)
    assert_accessible(shown)
    shown_at = {attributes["id"] for _, attributes, _ in shown.all("p", class_="ds-error")}
    assert shown_at == {
        error.pointer.removeprefix("/").replace("/", "-") + "-error" for error in errors if error.pointer
    }


TYPED = {
    "plain_text": ' "<b>＆',
    "long_text": "\n\n一\n二 ",
    "choice": "b",
    "choices": ["x", "y"],
    "yes_no": "false",
    "integer": "三个",
    "money": "1,2",
    "born": {"year": "69", "month": "二", "day": ""},
    "resident_id": "650203 1969",
    "phone": "没有",
    "name": "1",
    "consent": "true",
    "group": [{"name": "甲", "works": "true", "income": "x", "born": {"year": "", "month": "1", "day": ""}}],
}


def test_everything_typed_is_kept_also_what_cannot_be_read(every_kind: Form, places: Places) -> None:
    _, parsed = parse_form_body(sent(page(every_kind, places, TYPED)))
    kept = {name: value for name, value in parsed.items() if name in TYPED}
    assert kept == TYPED


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
@settings(deadline=None, database=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_out_of_the_page(text: str, every_kind: Form, places: Places) -> None:
    tree = {field.name: text for field in every_kind.fields} | {"group": [{"name": text}]}
    shown = page(every_kind, places, tree, key="k", demo=True)
    assert shown.one("input", id="plain_text")[1]["value"] == text
    assert shown.one("input", id="group-0-name")[1]["value"] == text


@pytest.mark.parametrize(
    "value", ["x", ["x"], {"a": 1}, [[]], [{"name": {"a": []}}], 10**400, 1.5, True, None, [None], {"year": {}}]
)
def test_no_tree_breaks_the_page(value: Any, every_kind: Form, every_kind_checker: Checker, places: Places) -> None:
    tree = {field.name: value for field in every_kind.fields}
    page(every_kind, places, tree)
    assert_accessible(page(every_kind, places, tree, errors=every_kind_checker.check(fill(every_kind, tree))))


def test_an_instance_fills_the_page_as_a_tree_does(every_kind: Form, places: Places) -> None:
    instance = {
        "yes_no": True,
        "integer": 7,
        "born": "1969-01-02",
        "choices": ["y"],
        "consent": True,
        "community": "unknown",
    }
    shown = page(every_kind, places, instance)
    assert "checked" in shown.one("input", id="yes_no--true")[1]
    assert shown.one("input", id="integer")[1]["value"] == "7"
    assert [shown.one("input", id=f"born-{part}")[1]["value"] for part in ("year", "month", "day")] == [
        "1969",
        "1",
        "2",
    ]
    assert "selected" in shown.one("option", value="unknown")[1]


def test_the_demo_offers_a_test_person_and_enter_still_goes_on(allowance: Form, places: Places) -> None:
    buttons = [
        attributes["value"] for _, attributes, _ in page(allowance, places, demo=True).all("button", type="submit")
    ]
    assert buttons[:2] == ["check", "example"]


def test_the_privacy_notice_comes_from_the_schema(allowance: Form, places: Places) -> None:
    notice = page(allowance, places).one("details", class_="ds-privacy")[2]
    for part in (
        allowance.readers,
        allowance.retention,
        "社会救助暂行办法",
        "格外小心保管：身份证号、病情和残疾、收入和财产。",
        "12345",
        "更正",
        "查阅",
    ):
        assert part in notice
    assert notice.count("社会救助暂行办法") == 1
    assert "第十二条" not in notice


def test_a_reason_is_shown_once_a_section_and_at_what_is_sensitive(allowance: Form, places: Places) -> None:
    shown = page(allowance, places, {"household_members": [{}]})
    reasons = [attributes["id"] for _, attributes, _ in shown.all("p", class_="ds-why")]
    assert "applicant_id-why" in reasons
    assert "apply_alone-why" in reasons
    assert "phone-why" not in reasons
    assert "household_members-0-income_work-why" in reasons
    assert "household_members-0-income_business-why" not in reasons


def test_the_answers_are_read_before_they_are_sent(allowance: Form, places: Places) -> None:
    assert allowance.example is not None
    instance = fill(
        allowance, {**allowance.example, "assets": ["houses", "savings"], "house_count": 1, "savings_total": "3万"}
    )
    shown = Page(render_answers(allowance, places, instance=instance, action="/apply/x/", key="k" * 22))
    assert_accessible(shown)
    assert shown.one("h1")[2] == "请核对您填的内容"
    assert shown.one("p", class_="ds-not-sent")[2] == "还没有提交。核对无误，再按最下面的“确认提交”。"
    hidden = {attributes["name"]: attributes["value"] for _, attributes, _ in shown.all("input", type="hidden")}
    assert json.loads(hidden["_answers"]) == instance
    assert (hidden["_key"], hidden["_version"]) == ("k" * 22, allowance.version)
    # What was answered, each line by itself: it keeps the direction of its own script.
    said = {
        term[2]: [text for tag, _, text in (below,) if tag in {"bdi", "dd"}]
        for term, below in zip(shown.elements, shown.elements[1:], strict=False)
        if term[0] == "dt"
    }
    assert said["您给谁申请？"] == ["自己"]
    assert said["申请人身份证号"] == ["650203 19690101 0002"]
    assert said["户口在哪个社区（村）？"][0].startswith("克拉玛依区 天山路街道 ")
    assert said["现在就住在户口所在的社区（村）吗？"] == ["是"]
    assert said["干活挣的"] == ["600元"]
    assert said["存款、股票这些，一共大约多少元？"] == ["30000元"]
    assert said["联系电话"] == ["没填"]
    assert said["我填的都是真实情况"] == ["已打勾"]
    assert "您（填表人）的姓名" not in said
    buttons = [(attributes["value"], text) for _, attributes, text in shown.all("button")]
    assert buttons[0] == ("change:for-whom", "修改：给谁申请")
    assert buttons[-1] == ("confirm", "确认提交")
    assert len(buttons) == len(allowance.sections) + 1


def test_ones_own_answers_are_only_read(allowance: Form, places: Places) -> None:
    assert allowance.example is not None
    shown = Page(render_own_answers(allowance, places, allowance.example))
    assert shown.all("button") == shown.all("input") == shown.all("form") == []
    assert "测试家人" in "".join(text for _, _, text in shown.all("dd"))
