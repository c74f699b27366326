"""Who is expected to sign which paper: the people the answers name, found by the kinds of the form's fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from doorstep.applications.authorisations import Authorisation, adults
from doorstep.forms import text
from doorstep.forms.fields import Field, Form
from doorstep.forms.marks import objects_of

LONGEST_NAME = 60

APPLICANT, AGENT = "applicant_name", "agent_name"
"""What every form calls the names of whoever applies, and of whoever fills it in for them."""


def signers(
    form: Form, instance: Mapping[str, Any], papers: Iterable[Authorisation], today: dt.date
) -> dict[str, list[str]]:
    """Paper's id → the names that stand in the answers for it, in their order: everybody of age for a paper that each
    adult signs, the applicant for an agent's mandate. One who is named twice is one.
    """
    known: dict[str, tuple[str, str, str]] = {}
    for person in _people(form, instance):
        known.setdefault(person[2], person)
    of_age = [name for _, name, resident_id in known.values() if adults(resident_id, today)]
    applicants = [str(instance[APPLICANT])] if instance.get(APPLICANT) else []
    return {paper.id: of_age if paper.who == "each_adult" else applicants for paper in papers}


def people(form: Form, instance: Mapping[str, Any]) -> int:
    """How many people the answers are about: all whom they name with a resident ID (one who is named twice is one), or,
    where they give none, all whom they name but for the agent.
    """
    known = {resident_id for _, _, resident_id in _people(form, instance)}
    return len(known or set(_names(form, instance)))


def same_name(name: str) -> str:
    """A name as a form's answer has it: two spellings of one name are one; "" for what is none."""
    return text.name(name, LONGEST_NAME + 1) or ""


def _people(form: Form, instance: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(pointer of the item, name, resident ID) of everybody who gave both, in one section or one item of a group: an
    agent, who gives no ID, is none of the household.
    """
    for fields, answers, where in objects_of(form, instance):
        ids = {field.section: str(answers[field.name]) for field in _given(fields, answers, "resident-id")}
        for field in _given(fields, answers, "person-name"):
            if field.section in ids:
                yield where, str(answers[field.name]), ids[field.section]


def _names(form: Form, instance: Mapping[str, Any]) -> Iterator[str]:
    for fields, answers, _ in objects_of(form, instance):
        yield from (str(answers[one.name]) for one in _given(fields, answers, "person-name") if one.name != AGENT)


def _given(fields: Iterable[Field], answers: Mapping[str, Any], kind: str) -> Iterator[Field]:
    return (field for field in fields if field.kind == kind and field.name in answers)
