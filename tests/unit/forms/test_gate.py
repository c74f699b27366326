"""A gate: whoever chooses what needs no application learns at once why, and cannot go on; everybody else can."""

from __future__ import annotations

from typing import Any

import pytest

from doorstep.forms import page_parts
from doorstep.forms.checker import Checker
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.rendering import render_correction, render_form
from doorstep.places import Places
from tests.unit.forms.taken_apart import Page, assert_accessible

WHY = "已经有的不用再申请，到窗口直接办"
LINKS = [
    ("#gate--on", "选错了，改一改"), ("/places/", "找窗口"), ("/services/every-kind/", "回到办事指南"),
]  # fmt: skip
ANSWERS: dict[str, Any] = {"choice": "a", "consent": True}


def test_a_field_knows_what_stops(every_kind: Form) -> None:
    stops = {field.name: field.stops for field in every_kind.fields if field.stops}
    assert stops == {"gate": ("covered", "cared")}


@pytest.mark.parametrize(
    ("chosen", "keywords"), [("on", []), ("covered", ["not"]), ("cared", ["not"]), ("x", ["oneOf"])]
)
def test_both_validators_stop_the_same(
    chosen: str, keywords: list[str], every_kind: Form, every_kind_checker: Checker
) -> None:
    instance = fill(every_kind, {**ANSWERS, "gate": chosen})
    assert instance["gate"] == chosen, "what was chosen stays, for the page to show"
    assert every_kind_checker.accepts(instance) == every_kind_checker.authority.is_valid(instance) == (not keywords)
    errors = every_kind_checker.check(instance)
    assert [error.keyword for error in errors] == keywords
    assert [error.message for error in errors if error.keyword == "not"] == [WHY] * keywords.count("not")


def test_the_reason_stands_beside_each_choice_that_stops(every_kind: Form, places: Places) -> None:
    shown = Page(render_form(every_kind, places, tree={}, action="/"))
    assert_accessible(shown)
    assert [(one["id"], text) for _, one, text in shown.all("p", class_="ds-stop")] == [
        ("gate--covered-stop", WHY), ("gate--cared-stop", WHY),
    ]  # fmt: skip
    assert shown.one("input", id="gate--covered")[1]["aria-describedby"] == "gate--covered-stop"
    assert "aria-describedby" not in shown.one("input", id="gate--on")[1]


def test_who_goes_on_all_the_same_reads_that_alone_and_no_blame(
    every_kind: Form, every_kind_checker: Checker, places: Places
) -> None:
    tree = {"gate": "covered", "name": "1"}
    errors = every_kind_checker.check(fill(every_kind, tree))
    assert len(errors) > 2
    shown = Page(render_form(every_kind, places, tree=tree, action="/", errors=errors))
    assert_accessible(shown)
    assert shown.one("h2", class_="ds-summary-title")[2] == "您不用申请"
    assert shown.one("p", class_="ds-stop-said")[2] == WHY
    assert [(one["href"], text) for _, one, text in shown.all("a")] == LINKS
    assert [one for one in shown.all() if "error" in str(one[1].get("class"))] == [], "nothing is wrong"
    assert shown.one(id="field-gate")[1]["class"] == "ds-field ds-field--stop"
    assert [one for _, one, _ in shown.all("fieldset") if "aria-invalid" in one] == []
    assert shown.all("p", class_="ds-stop") == [], "it is not said twice"
    assert "checked" in shown.one("input", id="gate--covered")[1]
    assert shown.one("input", id="name")[1]["value"] == "1"
    assert "aria-invalid" not in shown.one("input", id="name")[1]


def test_a_gate_may_be_corrected(every_kind: Form, places: Places) -> None:
    page = render_correction(
        every_kind, places, tree={"gate": "cared"}, shown={"/gate", "/name"}, reasons={"/gate": "请再看看"},
        action="/", hidden={}, errors=[FieldError("/gate", "not", WHY), FieldError("/name", "format", "改名字")],
    )  # fmt: skip
    shown = Page(page)
    assert_accessible(shown)
    assert [text for _, _, text in shown.all("p", class_="ds-stop-said")] == [WHY]
    assert [(one["href"], text) for _, one, text in shown.all("a")] == LINKS


def test_a_line_that_is_named_is_dialled_by_one_touch_and_the_rest_stays_text() -> None:
    made = page_parts.TEMPLATES.from_string("{{ said|with_numbers }}").render(said="打12393问，<b>1234567</b>不打")
    assert made == '打<a href="tel:12393">12393</a>问，&lt;b&gt;1234567&lt;/b&gt;不打'
