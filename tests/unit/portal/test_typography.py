"""Slips of Chinese punctuation are told with their line; our house style, and what is not Chinese, passes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.checks.typography import check_typography, slips, slips_in
from doorstep.portal.facts.front_matter import read_front_matter
from doorstep.portal.site import check_content

ROOT = Path(__file__).parents[3]
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    "text",
    [
        "到窗口,再交。", "打12345问.", "他说:好", "真的?", "要交(没有就不用)", "“甲”,乙", "（甲）,乙", "，，好",
        "ＡＢ１２", "你好 ，世界", "真的！！", "好。。",
    ],
)  # fmt: skip
def test_a_slip_is_found(text: str) -> None:
    found = list(slips(text))
    assert found
    assert all(problem and remedy for problem, remedy in found)


@pytest.mark.parametrize(
    "text",
    [
        "填写18位公民身份号码", "打12345问", "9:00—18:00", "见[窗口](/places/)。", "A4纸", "第2、3条", "好（真的）！",
        "给“甲”、“乙”", "等一等……", "Doorstep, a portal (for people).", "`a,b`", "civil-code 第一百六十五条",
    ],
)  # fmt: skip
def test_our_house_style_passes(text: str) -> None:
    assert list(slips(text, "markdown")) == []


def test_a_slip_is_told_with_file_and_line(edit: Edit) -> None:
    root = edit("docs/services/medical-assistance.md", "summary: 报销完还负担不起，", "summary: 报销完还负担不起,")
    edit("docs/services/medical-assistance.md", "网上填表的时候，手边", "网上填表的时候,手边")
    edit("docs/about.md", "不用注册，不用登录。", "不用注册，不用登录。。")
    edit("schemas/forms/home-care-for-elderly.json", "工作人员", "工作人员(正式的)")
    found = [one for one in check_content(root) if one.rule == "typography"]
    lines = {(one.file, (root / one.file).read_text(encoding="utf-8").splitlines()[one.line - 1]) for one in found}
    assert len(lines) == len({one.file + str(one.line) for one in found}) == 4
    assert all(any(slip in line for slip in ("起,", "候,", "。。", "(正式的)")) for _, line in lines)


def test_all_content_is_read_in_a_moment() -> None:
    pages = [(path.name, read_front_matter(path)) for path in (ROOT / "docs").rglob("*.md")]
    began = time.process_time()
    assert [found for name, page in pages for found in slips_in(page, name)] == list(check_typography(ROOT)) == []
    assert time.process_time() - began < 1
