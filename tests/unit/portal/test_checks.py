"""Checks that look across files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.checks.unconfirmed_text import unconfirmed_in
from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"
FORM = "schemas/forms/minimum-living-allowance.json"
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/about.md", "不用注册，不用登录。", "由代理人申办。"),
        (FORM, "一家人一起申请", "代理人申办"),
        ("theme/verify.html", "能验出什么", "代理人申办？"),
        ("doorstep/forms/templates/track.html", "查询码丢了怎么办？", "代理人申办？"),
    ],
)
def test_office_words_are_found_wherever_residents_read(edit: Edit, file: str, old: str, new: str) -> None:
    root = edit(file, old, new)
    line = (root / file).read_text(encoding="utf-8").split(new)[0].count("\n") + 1
    assert [(found.file, found.line, found.problem) for found in check_content(root)] == [
        (file, line, "“代理人”不好懂"),
        (file, line, "“申办”不好懂"),
    ]


def test_office_words_are_found_in_shared_questions_too(edit: Edit) -> None:
    file = "schemas/vocabulary/questions.json"
    found = check_content(edit(file, "您给谁申请？", "代理人申办？"))
    assert [one.problem for one in found if one.file == file] == ["“代理人”不好懂", "“申办”不好懂"]


def test_a_longer_word_is_told_alone(edit: Edit) -> None:
    (found,) = check_content(edit("docs/about.md", "不用注册", "共同生活的家庭成员不用注册"))
    assert found.remedy == "改成“和您一起生活、一起花钱的家人”"


def test_titles_of_laws_and_what_people_search_for_may_hold_office_words(edit: Edit) -> None:
    edit(GUIDE, "aliases: [", "aliases: [低保受理, ")
    assert check_content(edit("docs/about.md", "不用注册", "见《行政受理办法》，不用注册")) == []


@pytest.mark.parametrize(
    "words",
    ["打0990-1234567。", "找王师傅13812345678。", "地址待填。", "标准是XX元。", "[www.gov.cn](/about/)"],
)
def test_no_page_carries_a_number_nobody_confirmed_or_a_blank(edit: Edit, words: str) -> None:
    (found,) = check_content(edit("docs/about.md", "不用注册，不用登录。", words))
    assert (found.file, found.problem[:4]) == ("docs/about.md", "这一行有")


TYPED = """
139-9999-9999
1 3 9 9 9 9 9 9 9 9 9
一三九九九九九九九九九
０９９０－６２２２２２２
(0990) 6222 222
0990‐6222222
400-820-8820
+8613999999999
打6222222
电话是：62222222
6222021234567890123
6222 0212 3456 7890 123
加微信abc123
www.gov.cn.evil.example
https://evil.example
Evil.Gov.CN
WWW.evil.example
[https://www.gov.cn](/about/)
"""


@pytest.mark.parametrize("words", TYPED.split("\n")[1:-1])
def test_a_number_or_an_address_is_known_however_it_is_typed(words: str) -> None:
    assert [rule for *_, rule in unconfirmed_in(f"请看{words}。")] in (["number-unconfirmed"], ["web-address"])


HONEST = ("拨打12345、12333。", "在20200101以后打12345。", "2026-11-22到2027-01-01。", "社区代码650203001001。")


@pytest.mark.parametrize("words", [*HONEST, "拨打" * 400], ids=lambda words: words[:9])
def test_what_only_looks_like_a_number_passes(words: str) -> None:
    assert list(unconfirmed_in(words)) == []


def test_a_guide_names_a_form_that_exists(edit: Edit) -> None:
    findings = check_content(edit(GUIDE, "form: minimum-living-allowance", "form: another-form"))
    assert [(found.file, found.problem) for found in findings] == [
        (GUIDE, "没有为这项业务准备的表 another-form"),
        (FORM, "没有指南用这张表（x-service: minimum-living-allowance）"),
    ]


def test_a_form_names_a_guide_that_exists(edit: Edit) -> None:
    findings = check_content(edit(FORM, '"x-service": "minimum-living-allowance"', '"x-service": "medical-help"'))
    assert {found.file for found in findings} == {GUIDE, FORM}


def test_what_a_form_may_not_say_stops_the_build_at_its_pointer(edit: Edit) -> None:
    root = edit(FORM, '"x-routing"', '"x-rooting"')
    (found,) = check_content(root)
    assert str(found).startswith(f"{FORM}:{found.line}: ")
    assert found.pointer == "/properties/registered_community"
    lines = (root / FORM).read_text(encoding="utf-8").splitlines()
    assert '"registered_community"' in lines[found.line - 1]
    assert "x-rooting" in found.problem
    assert "去掉" in found.remedy


def test_form_and_guide_are_told_together_and_publishing_comes_last(content: Path) -> None:
    form, guide = content / FORM, content / GUIDE
    form.write_text(form.read_text(encoding="utf-8").replace("一家人一起申请，", "一家人申请，"), encoding="utf-8")
    good = guide.read_text(encoding="utf-8")
    guide.write_text(good.replace("form: minimum-living-allowance\n", ""), encoding="utf-8")
    assert [found.problem for found in check_content(content)] == [
        "only_if 里的 acting_as 不是表里的选择题",
        "没有指南用这张表（x-service: minimum-living-allowance）",
    ]
    guide.write_text(good.replace("theme: 生活有困难\n", ""), encoding="utf-8")
    assert [found.problem for found in check_content(content)] == ["页面开头：缺少 theme"]
    guide.write_text(good, encoding="utf-8")
    (found,) = check_content(content)
    assert found.remedy.endswith(".venv/bin/doorstep publish minimum-living-allowance")


def test_a_form_that_cannot_be_read_does_not_make_its_guide_wrong(content: Path) -> None:
    (content / FORM).write_text("{", encoding="utf-8")
    assert [found.file for found in check_content(content)] == [FORM]


def test_one_alias_of_two_guides_is_told(edit: Edit) -> None:
    root = edit(GUIDE, "aliases: [", "aliases: [看不起病, 申请医疗救助（大病救助）, ")
    found = [one for one in check_content(root) if one.rule == "said-twice"]
    assert {(one.file, one.problem.partition("”")[0]) for one in found} == {
        (f"docs/services/{name}.md", said)
        for name in ("minimum-living-allowance", "medical-assistance")
        for said in ("“看不起病", "“申请医疗救助（大病救助）")
    }


def test_a_guides_title_is_no_alias_of_it(edit: Edit, content: Path) -> None:
    title = (content / GUIDE).read_text(encoding="utf-8").split("title: ")[1].split("\n")[0]
    (found,) = check_content(edit(GUIDE, "aliases: [", f"aliases: [{title}, "))
    assert (found.file, found.rule) == (GUIDE, "alias-title")


def test_what_no_list_knows_is_told_beside_the_guides_own_faults(edit: Edit) -> None:
    edit(GUIDE, "owner: portal-editors\n", "remedies: [the-king]\n")
    edit(GUIDE, "theme: 生活有困难", "theme: 魔法")
    root = edit(GUIDE, "decide: 区民政局", "decide: 区财政局")
    rules = sorted(found.rule for found in check_content(root) if found.file == GUIDE)
    assert rules == ["name-missing", "office-unknown", "remedy-unknown", "theme-unknown"]


def test_what_has_a_fault_of_its_own_is_looked_up_in_no_list(edit: Edit) -> None:
    edit(GUIDE, "theme: 生活有困难", "theme: [生活有困难]")
    root = edit(GUIDE, "decide: 区民政局", "decide: 3")
    assert {found.rule for found in check_content(root) if found.file == GUIDE} == {"value-wrong"}
