"""Every form there is, by generated answers: what is right passes both validators, what is wrong is told."""

from __future__ import annotations

import pytest

from doorstep.forms.checker import Checker
from doorstep.forms.conditions import asked_fields
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.library import form_ids, load_library
from doorstep.places import Places
from tests import generated
from tests.unit.forms.conftest import ROOT, TODAY

SCHEMAS = ROOT / "schemas"
LIBRARY = load_library(SCHEMAS)


@pytest.fixture(params=form_ids(SCHEMAS))
def form(request: pytest.FixtureRequest) -> Form:
    found = LIBRARY.current(request.param) or LIBRARY.after_approval(request.param)
    assert found is not None
    return found


def test_right_answers_pass_and_are_kept_as_they_are(form: Form, places: Places) -> None:
    checker = Checker(form, places, today=lambda: TODAY)
    given = [("fewest", generated.fewest(form)), ("all", generated.all_of(form)), *generated.ways(form)]
    for name, answers in given:
        assert fill(form, answers) == answers, name
        assert [(error.pointer, error.keyword) for error in checker.errors(answers)] == [], name
        assert checker.accepts(answers), name


def test_each_question_can_be_reached(form: Form) -> None:
    met = {field.name for field in asked_fields(form.fields, generated.all_of(form))}
    met |= {name for name, answers in generated.ways(form) if name in answers}
    assert met == {field.name for field in form.fields}


def test_each_fault_is_told_where_it_is(form: Form, places: Places) -> None:
    checker = Checker(form, places, today=lambda: TODAY)
    for fault in generated.faults(form, generated.all_of(form)):
        filled = fill(form, fault.answers)
        assert not checker.accepts(filled), fault.pointer
        assert fault.pointer in [error.pointer for error in checker.errors(filled)]
