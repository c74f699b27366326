"""Applications stand at an office and a stage by their ids: what was once published is never renamed or taken out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from doorstep.portal.checks.lasting import ARCHIVE
from doorstep.portal.publishing import publish_checked
from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"
KINDS = "docs/_data/offices.yml"
Edit = Callable[[str, str, str], Path]


def test_a_stage_that_was_published_is_missed(edit: Edit) -> None:
    (found,) = check_content(edit(GUIDE, "id: public_notice", "id: posted"))
    assert (found.file, found.problem) == (GUIDE, "stages 里的 public_notice 不见了，有的申请可能正停在这一步")
    assert "id: public_notice" in found.remedy


def test_a_kind_of_office_that_was_published_is_missed(edit: Edit) -> None:
    edit(KINDS, "id: committee", "id: village")
    root = edit(KINDS, "level: district", "level: street")
    found = [each.problem.split(" 不见了")[0] for each in check_content(root) if each.file == KINDS]
    assert found == ["community 级的 committee", "district 级的 civil-affairs"]


def test_a_guide_that_was_published_is_missed(content: Path) -> None:
    (content / GUIDE).unlink()
    found = {each.file: each for each in check_content(content)}[GUIDE]
    assert (found.problem, found.rule) == ("这份指南不见了，有的申请可能还没办完", "lasting-gone")
    assert "retired_on" in found.remedy


def test_a_guide_that_cannot_be_read_is_not_gone(edit: Edit) -> None:
    found = [
        each.rule for each in check_content(edit(GUIDE, "title: 申请低保", "title 申请低保")) if each.file == GUIDE
    ]
    assert "lasting-gone" not in found


def test_a_stage_that_was_retired_is_there(edit: Edit) -> None:
    assert check_content(edit(GUIDE, "{id: public_notice, ", "{id: public_notice, retired: true, ")) == []


def test_other_words_for_them_are_nobodys_loss(edit: Edit) -> None:
    edit(GUIDE, "title: 审查决定", "title: 审查和决定")
    assert check_content(edit(KINDS, "name: 市级窗口", "name: 市政务服务中心窗口")) == []


def test_what_is_new_is_kept_and_nothing_is_taken_out(content: Path) -> None:
    path = content / ARCHIVE
    before = json.loads(path.read_text(encoding="utf-8"))
    older = json.loads(path.read_text(encoding="utf-8"))
    older["stages"] = {"minimum-living-allowance": ["inquiry"], "gone": ["looked_at"]}
    del older["offices"]["committee"]
    path.write_text(json.dumps(older), encoding="utf-8")
    publish_checked(content, [], date(2026, 11, 22))
    after = json.loads(path.read_text(encoding="utf-8"))
    assert after == {"offices": before["offices"], "stages": before["stages"] | {"gone": ["looked_at"]}}
    assert [found.file for found in check_content(content)] == ["docs/services/gone.md"]


def test_an_archive_that_cannot_be_read_is_named(content: Path) -> None:
    for text in ("{", "[]", "{}"):
        (content / ARCHIVE).write_text(text, encoding="utf-8")
        (found,) = check_content(content)
        assert (found.file, found.remedy) == (ARCHIVE, "从版本历史里找回来")
