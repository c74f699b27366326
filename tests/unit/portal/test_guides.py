"""A guide that cannot be published says where it is wrong and what to do, all at once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content, load_portal

GUIDE = "docs/services/minimum-living-allowance.md"
ONE_LINE = "offices: {accept: 户口所在的街道（乡镇）, decide: 区民政局, help: 社区居委会（村委会）}\n"
ROOT = Path(__file__).resolve().parents[3]
Edit = Callable[[str, str, str], Path]

SPOILED = [
    ("theme: 生活有困难\n", "", 2, "缺少 theme"),
    ("theme: 生活有困难\n", "theme: 生活有困难\nprice: 3\n", 2, "不认识 price"),
    ("id: minimum-living-allowance", "id: allowance", 2, "id 和文件名不一样"),
    ("how: shown}", "how: brought}", 16, "materials.1.how：写法不对"),
    ("申请表，含收入和财产的说明", "申请表等相关材料", 15, "材料写成了“其他”“等材料”"),
    ("who: agent, ", "", 19, "缺少 who"),
    (", basis: approval-2021 第二十二条", "", 20, "limits.0：写法不对"),
    ("approval-2021 第二十二条", "approval-1999 第二十二条", 20, "引用了没有登记的法规 approval-1999"),
    ("if_silent: none, basis: approval-2021 第十条", "if_silent: accepted_from_receipt", 21, "缺少 notify_within"),
    ("office: decide}", "office: province}", 13, "这一步的 office 在 offices 里没有"),
    ("fee: {yuan: 0}", "fee: {yuan: 20}", 23, "缺少 basis"),
    ("## 带什么 {#bring}", "## 材料 {#bring}", 40, "正文的标题和规定的不一样"),
    ("<!-- include: materials -->", "", 28, "正文里没有 <!-- include: materials -->"),
    ("checked_on: 2026-11-22", "checked_on: 2026-11-31", 25, "没有 2026-11-31 这一天"),
]


def test_the_repository_has_no_findings(content: Path) -> None:
    assert check_content(content) == []


@pytest.mark.parametrize(("old", "new", "line", "problem"), SPOILED, ids=[case[3] for case in SPOILED])
def test_a_flaw_is_found_at_its_line(edit: Edit, old: str, new: str, line: int, problem: str) -> None:
    findings = check_content(edit(GUIDE, old, new))
    assert [(finding.file, finding.line) for finding in findings if problem in finding.problem] == [(GUIDE, line)]
    assert all(finding.remedy for finding in findings)


def test_all_flaws_are_told_at_once(edit: Edit) -> None:
    edit(GUIDE, "theme: 生活有困难\n", "")
    edit(GUIDE, "how: shown}", "how: brought}")
    findings = check_content(edit(GUIDE, "低保看的是一家人", "低保由户籍地受理，看的是一家人"))
    assert {finding.problem for finding in findings} >= {
        "页面开头：缺少 theme", "materials.1.how：写法不对", "“户籍地”不好懂", "“受理”不好懂",
    }  # fmt: skip


def test_a_flaw_stops_the_build(edit: Edit) -> None:
    root = edit(GUIDE, "how: shown}", "how: brought}")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("\nwatch:")[0]  # folders a preview looks at
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(root / "mkdocs.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"{GUIDE}:16: materials.1.how：写法不对" in done.stderr
    assert not (root / "build" / "intake").exists()


def test_front_matter_stays_short(edit: Edit) -> None:
    long = "offices:\n  accept: 户口所在的街道（乡镇）\n  decide: 区民政局\n  help: 社区居委会（村委会）\n"
    (found,) = check_content(edit(GUIDE, ONE_LINE, long))
    assert (found.line, found.problem) == (1, "开头的信息除了一条一行的材料、步骤、期限，有 21 行，最多20行")


def test_a_service_has_as_many_papers_as_it_has(edit: Edit) -> None:
    row = "  - {id: application, title: 申请表，含收入和财产的说明, how: filled_in}\n"
    more = [f"  - {{id: more-{number}, title: 证件, how: shown}}\n" for number in range(20)]
    assert check_content(edit(GUIDE, row, row + "".join(more))) == []


def test_front_matter_that_is_too_long_is_still_compared_with_its_form(edit: Edit) -> None:
    edit(
        GUIDE,
        ONE_LINE,
        "offices:\n  accept: 户口所在的街道（乡镇）\n  decide: 区民政局\n  help: 社区居委会（村委会）\n",
    )
    problems = [found.problem for found in check_content(edit(GUIDE, "how: filled_in", "how: photo"))]
    assert any("最多20行" in problem for problem in problems)
    assert any("表里没有地方交" in problem for problem in problems)


def test_a_guide_gives_its_facts(content: Path) -> None:
    guides = load_portal(content, demo=True).guides
    guide = next(guide for guide in guides if guide.id == "minimum-living-allowance")
    assert (guide.id, guide.title, guide.url) == (
        "minimum-living-allowance", "申请低保", "/services/minimum-living-allowance/",
    )  # fmt: skip
    assert "吃低保" in guide.aliases
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", guide.facts["checked_on"])
