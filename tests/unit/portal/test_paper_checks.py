"""What a guide wants photographed and what its form asks to be photographed are one fact: the build fails otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.findings.finding import Finding
from doorstep.portal.site import check_content

GUIDE = "docs/services/medical-assistance.md"
FORM = "schemas/forms/medical-assistance.json"
BILLS = "/allOf/7/then/properties/bill_papers"
Edit = Callable[[str, str, str], Path]


def line_of(root: Path, words: str) -> int:
    return (root / GUIDE).read_text(encoding="utf-8").split(words)[0].count("\n") + 1


def only(root: Path) -> Finding:
    (found,) = check_content(root)
    return found


def test_a_paper_to_photograph_that_the_form_does_not_take(edit: Edit) -> None:
    root = edit(GUIDE, "how: filled_in", "how: photo")
    found = only(root)
    assert (found.file, found.line) == (GUIDE, line_of(root, "{id: application"))
    assert found.problem == "材料“申请表”写着拍照交，表里没有地方交"
    assert "x-material: application" in found.remedy


def test_a_photo_that_the_guide_does_not_name(edit: Edit) -> None:
    found = only(
        edit(
            GUIDE,
            "id: diagnosis, title: 诊断证明或出院小结, how: photo, optional: true",
            "id: diagnosis, title: 诊断证明或出院小结, how: shown",
        )
    )
    assert (found.file, found.pointer) == (FORM, "/allOf/7/then/properties/diagnosis_papers/x-material")
    assert found.problem == "指南的材料里没有这一份要拍照的"
    assert GUIDE in found.remedy


def test_another_id_is_told_on_both_sides(edit: Edit) -> None:
    root = edit(FORM, '"x-material": "bills"', '"x-material": "invoices"')
    found = {(each.file, each.pointer or str(each.line)) for each in check_content(root)}
    assert found == {(FORM, f"{BILLS}/x-material"), (GUIDE, str(line_of(root, "{id: bills")))}


def test_one_paper_has_one_name(edit: Edit) -> None:
    root = edit(FORM, '"title": "医疗费用结算单和发票"', '"title": "发票"')
    found = only(root)
    assert (found.file, found.pointer) == (FORM, f"{BILLS}/title")
    assert found.problem == f"和指南里这份材料的名字不一样（{GUIDE}:{line_of(root, '{id: bills')}）"
    assert found.remedy == "写成“医疗费用结算单和发票”，或者改指南"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (GUIDE, "how: photo, when: 费", "how: photo, optional: true, when: 费", "表里却一定要交"),
        (FORM, '"required": ["bill_papers"]', '"required": []', "表里却可以不交"),
    ],
)
def test_what_may_be_missing_may_be_missing_in_both(edit: Edit, file: str, old: str, new: str, problem: str) -> None:
    found = only(edit(file, old, new))
    assert (found.file, found.pointer) == (FORM, BILLS)
    assert problem in found.problem


def test_a_paper_is_asked_for_once(edit: Edit) -> None:
    edit(FORM, '"x-material": "diagnosis"', '"x-material": "bills"')
    problems = [
        found.problem for found in check_content(edit(FORM, '"title": "诊断证明或出院小结"', '"title": "单子"'))
    ]
    assert "bills 问了两次" in problems


def test_a_guide_without_a_form_takes_no_photos(edit: Edit) -> None:
    root = edit(GUIDE, "form: medical-assistance\n", "")
    assert "改 how，或者加一张表" in {found.remedy for found in check_content(root) if found.file == GUIDE}


@pytest.mark.parametrize(
    ("old", "new", "problem", "remedy"),
    [
        ("{situation: [poverty]}", "{poor: [poverty]}", "only_if 里的 poor 不是表里的选择题", "一道选择题的名字"),
        (
            "{situation: [poverty]}",
            "{situation: [poor]}",
            "only_if 里的 poor 不是 situation 能选的",
            "margin、poverty、unsure",
        ),
        ("{situation: [poverty]}", "{situation: []}", "materials.5.only_if.situation：写法不对", "至少要有 1 条"),
    ],
)
def test_what_calls_for_a_signature_is_an_answer_one_can_give(
    edit: Edit, old: str, new: str, problem: str, remedy: str
) -> None:
    root = edit(GUIDE, old, new)
    found = next(each for each in check_content(root) if each.file == GUIDE)
    assert (found.line, found.problem) == (line_of(root, "{id: income-check"), problem)
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"const": "counter", "title": "带到窗口"}', '{"const": "later", "title": "以后再交"}'),
        ('{"papers_how": {"const": "photo"}}', '{"papers_how": {"enum": ["photo", "counter"]}}'),
        (
            '{"papers_how": {"const": "photo"}}, "required": ["papers_how"]',
            '{"situation": {"const": "poverty"}}, "required": ["situation"]',
        ),
    ],
)
def test_whoever_cannot_photograph_can_finish(edit: Edit, old: str, new: str) -> None:
    found = [one for one in check_content(edit(FORM, old, new)) if one.problem.startswith("不会拍照的人填不完")]
    assert [(one.file, one.pointer) for one in found] == [(FORM, BILLS)]
