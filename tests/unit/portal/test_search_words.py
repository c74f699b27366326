"""The lists that residents search by: what is wrong in them is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("sayings", "track:", "services/nowhere:", "没有 /services/nowhere/ 这一页"),
        ("around", "track: [办到哪一步了]", "track: []", "track"),
        ("synonyms", "- [孩子, 娃娃,", "- [孩子, 孩子,", "有两项一样"),
        ("sayings", "track: [办到哪一步了]", "track: [办到哪一步了，批了没有]", "中文的逗号"),
        ("around", "track: [办到哪一步了]", "track: [？]", "“？”不是话"),
        ("sayings", "track:", "hotlines/99999:", "没有 99999 这条热线"),
        ("sayings", "track:", "/Track/:", "没有 //Track// 这一页"),
        ("search", "  sound:", "  soond:", "soond"),
        ("search", "  sound: 70", "  sound: 0", "sound"),
    ],
)
def test_what_is_wrong_in_a_list_is_told(edit: Edit, file: str, old: str, new: str, problem: str) -> None:
    found = check_content(edit(f"docs/_data/{file}.yml", old, new))
    assert found
    assert {one.file for one in found} == {f"docs/_data/{file}.yml"}
    assert all(one.line for one in found)
    assert any(problem in one.problem + one.remedy for one in found)


def test_a_word_stands_in_one_group(edit: Edit) -> None:
    (found,) = check_content(edit("docs/_data/synonyms.yml", "\n- [", "\n- [重复的词, 别的词]\n- [重复的词, "))
    assert (found.problem, found.rule) == ("“重复的词”写在了两处", "list-twice")


def test_office_words_may_be_searched_by_though_no_page_says_them(edit: Edit) -> None:
    assert check_content(edit("docs/_data/sayings.yml", "办到哪一步了", "受理到哪一步了")) == []
