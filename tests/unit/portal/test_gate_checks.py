"""Who need not apply stands in the guide and in the form: whichever loses it, the other one misses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from doorstep.portal.findings.finding import Finding
from doorstep.portal.site import check_content

GUIDE = "docs/services/medical-assistance.md"
FORM = "schemas/forms/medical-assistance.json"
TOLD = "not_needed: {aided: [allowance, destitute]}\n"
Edit = Callable[[str, str, str], Path]


def only(root: Path) -> Finding:
    (found,) = [each for each in check_content(root) if "the archive" not in each.problem]
    return found


def without_gate(content: Path) -> Path:
    path = content / FORM
    form = json.loads(path.read_text(encoding="utf-8"))
    del form["properties"]["aided"]["not"], form["properties"]["aided"]["x-messages"]
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return content


def test_a_gate_that_vanished_from_the_form_is_missed_by_the_guide(content: Path) -> None:
    found = only(without_gate(content))
    assert (found.file, found.pointer) == (FORM, "/properties/aided")
    assert "指南说选 allowance、destitute 的不用申请" in found.problem
    assert '"not": {"enum": ["allowance", "destitute"]}' in found.remedy
    assert '"x-messages"' in found.remedy


def test_half_a_gate_is_missed_and_written_back_whole(edit: Edit) -> None:
    found = only(edit(FORM, '"not": {"enum": ["allowance", "destitute"]}', '"not": {"const": "destitute"}'))
    assert "选 allowance 的" in found.problem
    assert '{"enum": ["destitute", "allowance"]}' in found.remedy


def test_a_gate_that_the_guide_does_not_tell_is_found_in_the_form(edit: Edit) -> None:
    found = only(edit(GUIDE, TOLD, ""))
    assert (found.file, found.pointer) == (FORM, "/properties/aided/not")
    assert "not_needed: {aided: [allowance, destitute]}" in found.remedy


def test_a_question_that_is_not_there_stops_nobody(edit: Edit) -> None:
    problems = {found.problem for found in check_content(edit(GUIDE, "{aided: [", "{aid: ["))}
    assert "not_needed 里的 aid，表里没有这道题" in problems


def test_a_guide_without_a_form_has_no_gate(edit: Edit) -> None:
    root = edit("docs/services/home-care-for-elderly.md", "form: home-care-for-elderly\n", TOLD)
    assert "没有表，not_needed 没有用处" in {found.problem for found in check_content(root)}


def test_a_reason_without_a_gate_says_how_to_write_it_back(edit: Edit) -> None:
    root = edit(FORM, ',\n      "not": {"enum": ["allowance", "destitute"]}', "")
    found = {each.pointer: each for each in check_content(root)}
    assert set(found) == {"/properties/aided", "/properties/aided/x-messages/not"}, "missed by its guide, too"
    assert all('"not": {"enum": [' in each.remedy for each in found.values())
