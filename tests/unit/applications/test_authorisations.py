"""Who signs what follows from the guide's list and the answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from doorstep.applications.authorisations import authorisations

TODAY = dt.date(2026, 11, 22)
CHECK = {"id": "income-check", "title": "授权书", "who": "each_adult", "basis": "依据"}
MANDATE = {"id": "mandate", "title": "委托书", "who": "agent", "basis": "依据"}
POOR = CHECK | {"only_if": {"situation": ["poverty"]}}


def called_for(papers: list[dict[str, Any]], **answers: Any) -> list[tuple[str, int]]:
    found = authorisations({"signatures": papers}, {"applicant_id": "650203196901010002", **answers}, TODAY)
    return [(paper.id, paper.people) for paper in found]


def test_whoever_files_for_another_needs_a_mandate() -> None:
    assert called_for([CHECK, MANDATE], filing_for="self") == [("income-check", 1)]
    assert called_for([CHECK, MANDATE], filing_for="family") == [("income-check", 1), ("mandate", 1)]


def test_each_adult_named_in_the_answers_signs() -> None:
    members = [{"resident_id": "650203197001010001"}, {"resident_id": "650203202001010003"}]
    assert called_for([CHECK], household_members=members) == [("income-check", 2)]


def test_a_person_named_twice_signs_once() -> None:
    sick = {"patient_id": "650203197208090037", "household_members": [{"resident_id": "650203197208090037"}]}
    assert called_for([CHECK], **sick) == [("income-check", 2)]


@pytest.mark.parametrize(
    ("answers", "called"), [({"situation": "poverty"}, True), ({"situation": "unsure"}, False), ({}, False)]
)
def test_a_paper_is_signed_only_where_the_answers_call_for_it(answers: dict[str, str], called: bool) -> None:
    assert (called_for([POOR], **answers) == [("income-check", 1)]) is called


@pytest.mark.parametrize(
    ("answers", "called"), [({"acting_as": "entrusted"}, True), ({"acting_as": "guardian"}, False), ({}, True)]
)
def test_whoever_did_not_say_to_be_the_guardian_needs_a_mandate(answers: dict[str, str], called: bool) -> None:
    """As whoever filed by a version of the form that did not ask yet."""
    mandate = MANDATE | {"only_if": {"acting_as": ["entrusted"]}}
    assert bool(called_for([mandate], filing_for="family", **answers)) is called
    assert called_for([mandate], filing_for="self", **answers) == []
