"""What an editor's keyboard and editor program put into files: told with file, line and remedy, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"
FORM = "schemas/forms/minimum-living-allowance.json"
LAWS = "docs/_data/laws.yml"
Edit = Callable[[str, str, str], Path]


def line_of(root: Path, file: str, text: str) -> int:
    return (root / file).read_text(encoding="utf-8").split(text)[0].count("\n") + 1


FAULTS = [
    ("theme: 生活有困难", "theme:\t[生活困难", "这一行有制表符", "改成空格"),
    ("theme: 生活有困难", "theme：生活困难", "这一行的冒号是中文的“：”", "英文冒号"),
    ("decide: 区民政局, help: ", "decide: 区民政局，help: ", "这一行的逗号是中文的“，”", "英文逗号"),
    ("checked_on: 2026-11-22", "checked_on: 2026-11-31", "没有 2026-11-31 这一天", "改成有的日子"),
    ("fits: [", "fits: [[", "这一行读不出来", "括号"),
]


@pytest.mark.parametrize(("old", "new", "problem", "remedy"), FAULTS, ids=[case[2] for case in FAULTS])
def test_each_fault_of_front_matter_has_its_remedy(edit: Edit, old: str, new: str, problem: str, remedy: str) -> None:
    root = edit(GUIDE, old, new)
    (found,) = check_content(root)
    assert (found.file, found.problem) == (GUIDE, problem)
    assert remedy in found.remedy
    assert abs(found.line - line_of(root, GUIDE, new)) <= (problem == "这一行读不出来")


def test_a_page_without_front_matter_is_told_so(content: Path) -> None:
    (content / GUIDE).write_text("# 指南\n", encoding="utf-8")
    assert "页面开头没有信息" in [found.problem for found in check_content(content)]


def test_a_byte_order_mark_is_nothing(content: Path) -> None:
    path = content / GUIDE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check_content(content) == []


@pytest.mark.parametrize("file", [GUIDE, "docs/about.md", FORM, LAWS, "docs/_data/plain-words.yml"])
def test_a_file_of_another_encoding_is_named(content: Path, file: str) -> None:
    path = content / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    found = [(each.file, each.problem, each.remedy) for each in check_content(content)]
    assert found == [(file, "这个文件不是UTF-8编码", "另存为UTF-8")]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LAWS, "- {id: assistance-2014,", "- {id：assistance-2014, ["),
        (LAWS, "- {id: assistance-2014,", "- {id: assistance-2014, {"),
        (LAWS, ", ref: 国务院令第649号", ", number: 国务院令第649号"),
        ("docs/_data/hotlines.yml", '"12333"', "12333"),
        ("docs/_data/hotlines.yml", '"12333"', '"12333;phone-context=1"'),
        ("docs/_data/hotlines.yml", '"12333"', '"0990-12333"'),
        ("docs/_data/hotlines.yml", '"12333"', '"１２３３３"'),
        ("docs/_data/hotlines.yml", '"12333"', '"12"'),
        ("docs/_data/remedies.yml", "- {id: appeal,", "- {id: {appeal,"),
    ],
)
def test_a_fault_in_shared_data_is_told_at_its_line(content: Path, edit: Edit, file: str, old: str, new: str) -> None:
    line = (content / file).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    (found,) = check_content(edit(file, old, new))
    assert found.file == file
    assert line <= found.line <= line + 1
    assert found.remedy


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("checked_on: 2026-11-22", "checked_on: 2026年11月22日", "写成 2026-11-22"),
        ("checked_on: 2026-11-22", "checked_on: 2026/1/2", "写成 2026-01-02"),
        ("days: 30", "days: 三十", "这里要写整数"),
        ("approval-2021 第二十二条", "approval-1999 第二十二条", "先把 approval-1999 写进"),
        ("fee: {yuan: 0}", "fee: {yuan：0}", "冒号、逗号用英文的"),
        ("aliases: [", "aliases: [不会办，没人管, ", "几样分开写：用英文逗号"),
    ],
)
def test_a_wrong_value_is_told_in_words(edit: Edit, old: str, new: str, remedy: str) -> None:
    assert any(found.remedy.startswith(remedy) for found in check_content(edit(GUIDE, old, new)))


@pytest.mark.parametrize(("old", "new"), [("fee: {yuan: 0}", "fee: {yuan：0，note：不收}"), ("accept: ", "accept：")])
def test_a_chinese_mark_is_told_and_nothing_that_comes_of_it(edit: Edit, old: str, new: str) -> None:
    (found,) = check_content(edit(GUIDE, old, new))
    assert (found.file, found.rule) == (GUIDE, "yaml-punctuation")


def test_nobody_has_confirmed_anything_tomorrow(edit: Edit) -> None:
    root = edit(GUIDE, "owner: ", "confirmed_by: 区民政局\nconfirmed_on: 2027-11-22\nowner: ")
    (found,) = check_content(root, date(2026, 11, 22))
    assert (found.line, found.problem) == (line_of(root, GUIDE, "confirmed_on"), "confirmed_on 还没有到")


def test_nobody_has_checked_anything_tomorrow(edit: Edit) -> None:
    root = edit(GUIDE, "checked_on: 2026-11-22", "checked_on: 2027-11-22")
    (found,) = check_content(root, date(2026, 11, 22))
    assert (found.line, found.problem) == (line_of(root, GUIDE, "checked_on"), "checked_on 还没有到")
    assert check_content(root, date(2027, 11, 22)) == []
    assert check_content(root) == []
