"""The working days an editor writes reach the functions, or are refused with line and remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

FILE = "docs/_data/working-days.yml"
Edit = Callable[[str, str, str], Path]


def line_of(root: Path, text: str) -> int:
    return (root / FILE).read_text(encoding="utf-8").split(text)[0].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("from: 2026-04-04, to: 2026-04-06", "from: 2026-04-06, to: 2026-04-04", "清明节的 to 比 from 早"),
        ("from: 2026-04-04, to: 2026-04-06", "from: 2026-04-04, to: 2026-06-06", "清明节一共放了 64 天"),
        ("from: 2026-04-04, to: 2026-04-06", "from: 2024-04-04, to: 2024-04-06", "2024-04-04 不是 2026 年的日子"),
        ("at_work: [2026-05-09]", "at_work: [2026-05-08]", "2026-05-08 本来就是上班的日子"),
        ("at_work: [2026-05-09]", "at_work: [2026-05-02]", "2026-05-02 在劳动节里已经写过了"),
        ("from: 2026-04-04, to: 2026-04-06", "from: 2026-05-04, to: 2026-05-06", "2026-05-04 在清明节里已经写过了"),
        ("to: 2026-04-06", "to: 2026/4/6", "years.1.notices.0.closed.2.to：写法不对"),
        ("国庆节: ['10-01'", "国庆节: ['10-1'", "every_year.closed.国庆节.0：写法不对"),
        ("name: 中秋节, from", "name: 中秋节, form", "years.1.notices.0.closed.5：缺少 from"),
    ],
)
def test_a_fault_is_told_at_its_line(edit: Edit, old: str, new: str, problem: str) -> None:
    root = edit(FILE, old, new)
    found = check_content(root)
    assert {each.file for each in found} == {FILE}
    assert problem in [each.problem for each in found]
    assert all(each.remedy for each in found)
    # Days named twice are told where they come the second time.
    assert line_of(root, new) - found[0].line in {0, -1}


def test_a_confirmed_holiday_cites_its_notice_and_another_says_what_it_rests_on(edit: Edit) -> None:
    root = edit(FILE, "    - confirmed: false\n", "    - confirmed: true\n")
    assert ["缺少 title、number、issuer、published_on" in each.problem for each in check_content(root)] == [True]
    root = edit(FILE, "    - confirmed: true\n      rests_on", "    - confirmed: false\n      from_whom")
    assert any("缺少 rests_on" in each.problem for each in check_content(root))


def test_years_follow_one_another(edit: Edit) -> None:
    (found,) = check_content(edit(FILE, "- year: 2025", "- year: 2024"))[-1:]
    assert (found.file, bool(found.remedy)) == (FILE, True)


def test_what_is_wrong_here_points_to_no_guide(edit: Edit) -> None:
    found = check_content(edit(FILE, "name: 中秋节, from", "name: 中秋节, form"))
    assert [each.remedy for each in found if "不认识 form" in each.problem] == ["检查有没有写错；照着别的几条写"]
    assert not [each for each in found if "指南" in each.remedy or "正文" in each.remedy]


def test_no_notice_was_published_tomorrow(content: Path) -> None:
    (found,) = [each for each in check_content(content, date(2025, 11, 1)) if each.file == FILE]
    told = (content / FILE).read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert (found.problem, told.strip()) == ("published_on 还没有到", "published_on: 2025-11-04")
    assert [each for each in check_content(content, date(2025, 11, 4)) if each.file == FILE] == []


@pytest.mark.parametrize("text", ["", "[]", "2026", "- {year: 2026, notices: []}", "- {year: [, notices: x"])
def test_a_file_that_holds_nothing_is_told(content: Path, text: str) -> None:
    (content / FILE).write_text(text, encoding="utf-8")
    assert {each.file for each in check_content(content)} == {FILE}
    (content / FILE).unlink()
    assert [each.problem for each in check_content(content)] == ["没有这个文件"]


def test_the_build_hands_it_to_the_functions(demo: Path) -> None:
    known = json.loads((demo / "intake" / "calendar.json").read_text(encoding="utf-8"))
    assert known["years"][-1] >= 2026
    assert "2026-05-27" in known["closed"]
    assert "2026-05-27" in known["unconfirmed"]
    assert "2026-10-10" in known["at_work"]
    assert known["every_year"] == ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]
    assert {notice["year"] for notice in known["notices"]} == set(known["years"])
