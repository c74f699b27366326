"""Whose names stand in the answers for a paper to sign."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from doorstep.applications.authorisations import Authorisation
from doorstep.counter.signers import people, signers
from doorstep.forms.library import load_library

SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"
PAPERS = [
    Authorisation("income-check", "授权书", "each_adult", "", 0),
    Authorisation("mandate", "委托书", "agent", "", 1),
]
SICK = {"patient_is_applicant": False, "patient_name": "测试家人", "patient_id": "650203197208090037"}
CHILD = {"name": "测试孩子", "relation": "minor_child", "resident_id": "650203201506010022"}


def test_an_applicant_who_gave_no_id_gives_the_mandate_and_is_one_person() -> None:
    form = load_library(SCHEMAS).current("party-relationship-transfer")
    assert form is not None
    instance = {**(form.example or {}), "filing_for": "family", "agent_name": "测试家人", "agent_statement": True}
    assert signers(form, instance, PAPERS, dt.date(2026, 11, 22)) == {"income-check": [], "mandate": ["测试人员"]}
    assert people(form, instance) == 1, "the agent is none of those it is about"


def expected(**answers: Any) -> dict[str, list[str]]:
    form = load_library(SCHEMAS).current("medical-assistance")
    assert form is not None
    instance = {**(form.example or {}), "situation": "poverty", **answers}
    return signers(form, instance, PAPERS, dt.date(2026, 11, 22))


def test_whoever_is_ill_signs_as_one_of_the_household_and_gives_no_mandate() -> None:
    spouse = {"name": "测试家人", "relation": "spouse", "resident_id": SICK["patient_id"]}
    found = expected(**SICK, has_household=True, household_members=[spouse, CHILD])
    assert found == {"income-check": ["测试人员", "测试家人"], "mandate": ["测试人员"]}


def test_a_child_signs_nothing() -> None:
    ill = {"patient_is_applicant": False, "patient_name": CHILD["name"], "patient_id": CHILD["resident_id"]}
    assert expected(**ill, has_household=False)["income-check"] == ["测试人员"]
