"""A copied form keeps nothing of the service it was copied of: its title, mandate and readers are the guide's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

ALLOWANCE = "minimum-living-allowance"
MEDICAL = "medical-assistance"
MANDATE = "who: agent, "
Edit = Callable[[str, str, str], Path]


def guide(service: str) -> str:
    return f"docs/services/{service}.md"


def form(service: str) -> str:
    return f"schemas/forms/{service}.json"


def told(root: Path, rule: str) -> list[tuple[str, str, str]]:
    return [(one.file, one.pointer, one.problem) for one in check_content(root) if one.rule == rule]


def test_a_form_has_its_guides_title(edit: Edit) -> None:
    root = edit(form(MEDICAL), '"title": "', '"title": "最低生活保障，')
    assert told(root, "form-title") == [
        (form(MEDICAL), "/title", f"表的名字和指南的不一样（{guide(MEDICAL)}:3）"),
    ]
    assert [one.rule for one in check_content(root)] == ["form-title"]


def test_where_others_may_file_the_guide_asks_for_a_mandate(edit: Edit) -> None:
    (found,) = told(edit(guide(MEDICAL), MANDATE, "who: each_adult, "), "mandate")
    assert found[0] == guide(MEDICAL)
    assert "没有来办的人要交的委托书" in found[2]


def test_where_nobody_else_may_file_it_asks_for_none(edit: Edit, content: Path) -> None:
    text = (content / form(MEDICAL)).read_text(encoding="utf-8")
    at = text.index('    {\n      "$ref": "urn:doorstep:questions#/$defs/agent"')
    end = text.index('    {\n      "$ref": "urn:doorstep:questions#/$defs/acting"')
    root = edit(form(MEDICAL), text[at:end], "")
    (found,) = told(root, "mandate")
    assert found[0] == guide(MEDICAL)
    assert "表里却不能替别人办" in found[2]


def test_guardians_sign_no_mandate(edit: Edit) -> None:
    (found,) = told(edit(guide(MEDICAL), ", only_if: {acting_as: [entrusted]}", ""), "mandate")
    assert "却叫监护人也签委托书" in found[2]


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("区民政局办", "区残联办", ["区民政局"]),
        ("户口所在街道（乡镇）和区民政局办", "办", ["户口所在的街道（乡镇）", "区民政局"]),
        ("户口所在街道（乡镇）", "街道", []),
    ],
)
def test_every_office_that_has_it_in_hand_is_said_to_read_it(
    edit: Edit, old: str, new: str, missing: list[str]
) -> None:
    root = edit(form(ALLOWANCE), old, new)
    said = [problem.split("的工作人员会看到")[0] for _, _, problem in told(root, "readers")]
    assert sorted(said) == sorted(f"没有说{title}" for title in missing)
