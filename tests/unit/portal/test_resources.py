"""What an editor gets wrong about a resource is named with its line and its cure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from doorstep.portal.facts.catalog_words import SOURCE, read_vocabulary
from doorstep.portal.facts.resources import read_resources
from doorstep.portal.findings.finding import Finding
from tests.unit.portal.near_home import DAY, THREE, around, catalog, put, written


def wrong(root: Path, texts: dict[str, str], today: date | None = None) -> list[Finding]:
    return read_resources(put(root, texts), around(put(root, {})), today)[1]


def test_three_resources_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert [one.id for one in catalog(put(tmp_path, THREE)).resources] == [
        "talking-room", "blood-pressure", "story-hour",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "line", "said"),
    [
        ({"fee": ""}, 2, "缺少 fee"),
        ({"price": "免费"}, 2, "不认识 price"),
        ({"aliases": "[一, 二]"}, 5, "aliases：写法不对"),
        ({"status": "gone"}, 13, "status：写法不对"),
        ({"category": "magic"}, 6, "category “magic”不在名单里"),
        ({"kind": "magic"}, 7, "kind “magic”不在名单里"),
        ({"for": "[everyone, wizards]"}, 8, "for “wizards”不在名单里"),
        ({"places": "['650203999']"}, 16, "places 里的 650203999 查不到"),
        ({"services": "[medical-assistance, magic]"}, 16, "services 里的 magic 查不到"),
        ({"booking": "{link: /magic/}"}, 16, "预约的地址 /magic/ 本站没有"),
        ({"ages": "{from: 12, to: 6}"}, 16, "ages 的 from 比 to 大"),
        ({"checked_on": "'2026-02-30'"}, 14, "没有 2026-02-30 这一天"),
        ({"checked_on": "2026-11-25"}, 14, "checked_on 还没有到"),
        ({"confirmed_by": "社区居委会", "confirmed_on": "2026-11-25"}, 17, "confirmed_on 还没有到"),
        ({"confirmed_by": "社区居委会"}, 2, "写法不对"),
        *(
            ({"confirmed_by": f'"{said}"', "confirmed_on": DAY}, 16, "不是单位的名字")
            for said in (
                "社区",
                " ",
                "-",
                "无",
                "x",
                "暂无确认单位",
                "区民政局（待核）",
                "社区居委会？",
                "————",
                "Office",
            )
        ),
        ({"id": "another"}, 2, "id 和文件名不一样"),
    ],
    ids=lambda value: "" if isinstance(value, int) else str(value)[:30],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, facts: dict[str, str], line: int, said: str) -> None:
    found = wrong(tmp_path, {"one": written("one", **facts)}, date(2026, 11, 22))
    assert [(one.file, one.line) for one in found] == [("docs/resources/one.md", line)]
    assert said in found[0].problem
    assert found[0].remedy


def test_a_name_that_the_site_needs_itself_is_refused(tmp_path: Path) -> None:
    (found,) = wrong(tmp_path, {"category": written("category")})
    assert "本站自己要用" in found.problem


def test_what_cannot_be_read_is_told_and_the_rest_is_read_on(tmp_path: Path) -> None:
    texts = {
        "broken": "---\ntitle： x\n---\n",
        "bare": "没有开头",
        "good": written("good"),
        "poor": written("poor", fee=""),
    }
    assert [one.file for one in wrong(tmp_path, texts)] == [
        f"docs/resources/{name}.md" for name in ("bare", "broken", "poor")
    ]


def test_two_of_one_name_are_told_at_both(tmp_path: Path) -> None:
    texts = {"one": written("one", title="量血压"), "two": written("two", title="量血压", aliases="[one 一, 甲, 乙]")}
    found = wrong(tmp_path, texts)
    both = {(f"docs/resources/{name}.md", line) for name in texts for line in (3, 5)}  # whichever of them is new
    assert {(one.file, one.line) for one in found} == both
    assert all("docs/resources/one.md 里也有" in one.problem for one in found if one.file.endswith("two.md"))


def test_a_title_is_no_alias_of_itself(tmp_path: Path) -> None:
    (found,) = wrong(tmp_path, {"one": written("one", title="量血压", aliases="[甲, 量血压, 乙]")})
    assert (found.file, found.line, found.rule) == ("docs/resources/one.md", 5, "alias-title")


def test_a_day_is_not_called_late_where_no_day_is_given(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"one": written("one", checked_on="2036-11-22")}) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kinds:", "sorts:", "这里要有三串内容"),
        ("{id: venue, title: 场地}", "{id: venue}", "这一条的写法不对"),
        ("id: venue", "id: service", "有两条的 id 都是 service"),
        ("id: everyone", "id: anybody", "没有 everyone"),
        ("kinds:\n", "kinds: 没有\nxs:\n", "这里要有三串内容"),
    ],
)
def test_a_mistake_in_the_vocabulary_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = put(tmp_path, {}) / SOURCE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    vocabulary, found = read_vocabulary(tmp_path)
    assert vocabulary is None
    assert said in found[0].problem


def test_without_a_vocabulary_no_resource_is_blamed(tmp_path: Path) -> None:
    root = put(tmp_path, {"one": written("one", category="magic")})
    assert read_resources(root, replace(around(root), vocabulary=None))[1] == []


def test_a_confirmed_resource_is_one_that_an_office_named_on_a_day(tmp_path: Path) -> None:
    texts = {"one": written("one", confirmed_by="社区居委会", confirmed_on=DAY), "two": written("two")}
    assert [(one.id, one.confirmed) for one in catalog(put(tmp_path, texts)).resources] == [
        ("one", True),
        ("two", False),
    ]
