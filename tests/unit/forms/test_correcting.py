"""A correction opens what was marked and what follows from it; everything else stays byte for byte."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.forms.bundle import canonical_text
from doorstep.forms.changes import changes
from doorstep.forms.checker import Checker
from doorstep.forms.conditions import asked_fields
from doorstep.forms.correcting import Corrected, answers_at, correct, strangers
from doorstep.forms.entries import shown_changes
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.marks import at, is_open, may_stand, objects_of, shown_pointers, title_at
from doorstep.forms.rendering import render_changes, render_correction
from doorstep.forms.urlencoded import parse_form_body
from doorstep.places import Places
from tests.unit.forms.taken_apart import Page, assert_accessible, sent
from tests.unit.forms.test_filler_properties import RELAXED, json_values, trees

PERSON: dict[str, Any] = {
    "choice": "a",
    "consent": True,
    "yes_no": True,
    "phone": "0990-6221234",
    "group": [{"name": "甲", "works": True, "income": "100"}, {"name": "乙"}],
}


def pointers(form: Form, instance: dict[str, Any]) -> list[str]:
    """Every place a mark can stand at."""
    asked = [
        f"{where}/{field.name}"
        for fields, answers, where in objects_of(form, instance)
        for field in asked_fields(fields, answers)
    ]
    return sorted(asked)


def somebody(data: st.DataObject, form: Form, checker: Checker) -> dict[str, Any]:
    """A stored instance: of the answers drawn, those the form accepts."""
    stored = fill(form, PERSON)
    for name, value in data.draw(trees(form.fields, json_values)).items():
        changed = fill(form, {**stored, name: value})
        stored = changed if checker.accepts(changed) else stored
    return stored


def closed_answers(form: Form, stored: dict[str, Any], done: Corrected) -> dict[str, str]:
    """What stands at every pointer that was never open, and is asked for still."""
    return {
        pointer: canonical_text({"": at(done.instance, pointer[1:].split("/"))})
        for pointer in pointers(form, stored)
        if not is_open(pointer, done.opened)
        and not any(one.startswith(f"{pointer}/") for one in done.opened)
        and may_stand(form, done.instance, pointer)
    }


@given(data=st.data())
@RELAXED
def test_whatever_is_posted_what_was_not_opened_stays(
    data: st.DataObject, every_kind: Form, every_kind_checker: Checker
) -> None:
    stored = somebody(data, every_kind, every_kind_checker)
    marked = data.draw(st.sets(st.sampled_from(pointers(every_kind, stored)), max_size=3))
    posted = data.draw(trees(every_kind.fields, json_values) | json_values)
    done = correct(
        every_kind, every_kind_checker.check, stored, marked, posted, shown=data.draw(st.sampled_from([(), marked]))
    )
    for pointer, answer in closed_answers(every_kind, stored, done).items():
        assert canonical_text({"": at(stored, pointer[1:].split("/"))}) == answer, pointer
    assert all(is_open(error.pointer, done.opened) for error in done.errors)
    assert fill(every_kind, done.instance) == done.instance
    beyond = done.opened - marked
    if not done.errors and beyond:
        asked_before = set(pointers(every_kind, stored))
        assert beyond.isdisjoint(asked_before) or len(done.instance.get("group", ())) != len(stored.get("group", ()))


@given(data=st.data())
@RELAXED
def test_what_was_checked_is_what_is_confirmed(
    data: st.DataObject, every_kind: Form, every_kind_checker: Checker
) -> None:
    """The page between carries only the open answers; sent again, and again once it is stored, they mean the same."""
    stored = somebody(data, every_kind, every_kind_checker)
    marked = data.draw(st.sets(st.sampled_from(pointers(every_kind, stored)), max_size=3))
    first = correct(
        every_kind, every_kind_checker.check, stored, marked, data.draw(trees(every_kind.fields, json_values))
    )
    carried = answers_at(first.instance, first.opened)
    again = correct(every_kind, every_kind_checker.check, stored, marked, carried)
    if not first.errors:
        assert again.instance == first.instance


def test_nothing_posted_changes_nothing(every_kind: Form, every_kind_checker: Checker) -> None:
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/phone", "/group/1/name", "/nothing", "group"], {})
    assert done.instance == fill(every_kind, PERSON)
    assert done.opened == {"/phone", "/group/1/name"}


def test_an_open_question_left_empty_on_the_page_is_an_answer_taken_away(
    every_kind: Form, every_kind_checker: Checker
) -> None:
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/phone"], {}, shown=["/phone", "/yes_no"])
    assert "phone" not in done.instance
    assert done.instance["yes_no"] is True


def test_one_item_is_found_by_its_place_also_when_the_page_shows_no_other(
    every_kind: Form, every_kind_checker: Checker
) -> None:
    body = urlencode({"group-1-name": "丙", "group-0-name": "丁"})
    _, tree = parse_form_body(body, keep_places=True)
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/group/1/name"], tree)
    assert [item["name"] for item in done.instance["group"]] == ["甲", "丙"]
    as_program = correct(
        every_kind, every_kind_checker.check, PERSON, ["/group/1/name"], {"group": [None, {"name": "丙"}]}
    )
    assert as_program.instance == done.instance


def test_a_whole_group_takes_and_gives_items(every_kind: Form, every_kind_checker: Checker) -> None:
    _, tree = parse_form_body(
        urlencode({"group-0-name": "", "group-2-name": "丙", "group-10-name": "丁"}), keep_places=True
    )
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/group"], tree, shown=["/group"])
    assert done.instance["group"] == [{"name": "丙"}, {"name": "丁"}]


def test_what_a_change_makes_the_form_ask_is_open_and_what_stood_is_not(
    every_kind: Form, every_kind_checker: Checker
) -> None:
    posted = {"choice": "b", "both_hold": "那边", "yes_no": "false"}
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/choice"], posted)
    assert done.opened == {"/choice", "/both_hold"}
    assert (done.instance["both_hold"], done.instance["yes_no"]) == ("那边", True)
    lacking = correct(every_kind, every_kind_checker.check, PERSON, ["/choice"], {"choice": "b"})
    assert [(error.pointer, error.keyword) for error in lacking.errors] == [("/both_hold", "required")]
    assert "/both_hold" in shown_pointers(every_kind, PERSON, ["/choice"])
    inside = correct(
        every_kind,
        every_kind_checker.check,
        PERSON,
        ["/group/1/works"],
        {"group": {"1": {"works": "true", "income": "9"}}},
    )
    assert inside.instance["group"][1] == {"name": "乙", "works": True, "income": "9"}


def test_an_answer_no_longer_asked_for_goes(every_kind: Form, every_kind_checker: Checker) -> None:
    stored = fill(every_kind, {**PERSON, "choices": ["x"], "deeper": True, "deepest": 2})
    done = correct(every_kind, every_kind_checker.check, stored, ["/choices"], {"choices": "y", "beside": "旁边"})
    assert {"deeper", "deepest"}.isdisjoint(done.instance)
    assert done.instance["beside"] == "旁边"
    assert [change["pointer"] for change in changes(every_kind, stored, done.instance)] == [
        "/beside", "/choices", "/deeper", "/deepest",
    ]  # fmt: skip


def test_a_stored_answer_that_is_wrong_by_now_is_opened(every_kind: Form, every_kind_checker: Checker) -> None:
    """A community that is gone from the list: the resident may choose again, though nobody marked it."""
    stored = {**PERSON, "community": "650299999999"}
    done = correct(every_kind, every_kind_checker.check, stored, ["/phone"], {"phone": "0990-6221235"})
    assert [error.pointer for error in done.errors] == ["/community"]
    assert done.instance["community"] == "650299999999"
    better = correct(
        every_kind, every_kind_checker.check, stored, ["/phone"], {"phone": "0990-6221235", "community": "650203001001"}
    )
    assert not better.errors
    assert better.instance["community"] == "650203001001"


def test_an_item_never_vanishes_by_an_empty_answer(every_kind: Form, every_kind_checker: Checker) -> None:
    done = correct(every_kind, every_kind_checker.check, PERSON, ["/group/1/name"], {"group": {"1": {"name": ""}}})
    assert [(error.pointer, error.keyword) for error in done.errors] == [("/group/1/name", "required")]
    assert len(done.instance["group"]) == 2


def test_a_program_is_told_what_is_not_open(every_kind: Form) -> None:
    posted = {"phone": "1", "choice": "b", "?!": 1, "group": [{"name": "x"}, {"name": "y", "works": True, "zz": 1}]}
    assert strangers(every_kind, PERSON, ["/phone", "/group/1/name"], posted) == [
        "/choice", "", "/group/0/name", "/group/1/works",
    ]  # fmt: skip
    assert strangers(every_kind, PERSON, ["/group"], {"group": [{"name": "x"}]}) == []


@pytest.mark.parametrize(
    ("pointer", "title"),
    [
        ("/phone", "联系电话"),
        ("/group", "几个人"),
        ("/group/1/name", "第2个人，姓名"),
        ("/group/2/name", ""),
        ("/group/01/name", ""),
        ("/group/0", ""),
        ("/group/0/name/x", ""),
        ("", ""),
        ("phone", ""),
        ("/both_hold", "两个都对时填"),
    ],
)
def test_a_pointer_has_a_title(pointer: str, title: str, every_kind: Form) -> None:
    assert title_at(every_kind, PERSON, pointer) == title


def test_differences_are_kept_answer_by_answer(every_kind: Form) -> None:
    before = {"a": 1, "b": "x", "g": [{"n": "1"}, {"n": "2", "m": True}], "h": [{"n": 1}]}
    after = {"a": True, "c": ["y"], "g": [{"n": "1"}, {"n": "3"}], "h": []}
    assert changes(every_kind, before, after) == [
        {"pointer": "/a", "before": 1, "after": True},
        {"pointer": "/b", "before": "x"},
        {"pointer": "/c", "after": ["y"]},
        {"pointer": "/g/1/m", "before": True},
        {"pointer": "/g/1/n", "before": "2", "after": "3"},
        {"pointer": "/h", "before": [{"n": 1}], "after": []},
    ]
    assert changes(every_kind, before, before) == []


@pytest.mark.parametrize(
    ("told", "hints"),
    [
        ("没住院、还没出院就空着。", []),
        ("手机、座机都行。没有就空着。", ["手机、座机都行。"]),
        ("手机、座机都行，没有就空着。", ["手机、座机都行。"]),
    ],
)
def test_what_is_asked_for_is_not_said_to_be_left_empty(
    every_kind: Form, places: Places, told: str, hints: list[str]
) -> None:
    fields = tuple(one._replace(description=told) if one.name == "phone" else one for one in every_kind.fields)
    form = every_kind._replace(fields=fields)
    made = render_correction(
        form, places, tree=PERSON, shown={"/phone"}, reasons={"/phone": "请再看看"}, action="/", hidden={}
    )
    assert [text for _, _, text in Page(made).all("p", class_="ds-hint")] == hints


@given(data=st.data())
@RELAXED
def test_every_correction_has_a_page(
    data: st.DataObject, every_kind: Form, every_kind_checker: Checker, places: Places
) -> None:
    """Its open questions and no others, each error at one of them, and what it sends is what it showed."""
    stored = somebody(data, every_kind, every_kind_checker)
    marked = data.draw(st.sets(st.sampled_from(pointers(every_kind, stored)), min_size=1, max_size=4))
    posted = data.draw(trees(every_kind.fields, json_values))
    done = correct(every_kind, every_kind_checker.check, stored, marked, posted, shown=marked)
    shown = shown_pointers(every_kind, stored, done.opened)
    reasons = dict.fromkeys(marked, "请再看看")
    made = render_correction(
        every_kind, places, tree=done.tree, shown=shown, reasons=reasons, action="/", hidden={}, errors=done.errors
    )
    seen = Page(made)
    assert_accessible(seen)
    there = {attributes["data-pointer"] for _, attributes, _ in seen.elements if "data-pointer" in attributes}
    assert {pointer for pointer in there if not is_open(pointer, shown)} <= {
        "/group" for pointer in shown if pointer.startswith("/group/")
    }
    assert shown <= there
    told = [error for error in done.errors if error.keyword == "not"] or done.errors
    marked_wrong = [one for _, one, _ in seen.all("p") if one.get("class") in ("ds-error", "ds-stop-said")]
    assert len(marked_wrong) == len([error for error in told if error.pointer in there])
    if not done.errors:
        shown_changes(every_kind, places, stored, done.instance)
        render_changes(
            every_kind, places, before=stored, after=done.instance, marked=tuple(marked), action="/", hidden={}
        )
        again = render_correction(every_kind, places, tree=stored, shown=shown, reasons={}, action="/", hidden={})
        _, tree = parse_form_body(sent(Page(again)), keep_places=True)
        unchanged = correct(every_kind, every_kind_checker.check, stored, marked, tree, shown=done.opened)
        assert unchanged.instance == stored, "a page sent as it came changes nothing"
