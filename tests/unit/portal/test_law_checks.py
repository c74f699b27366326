"""A question rests on a law that the list of laws knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

FORM = "schemas/forms/home-care-for-elderly.json"
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize("basis", ["无障碍环境建设法第四十条", "老年人权益保障法", "按规定"])
def test_a_law_that_is_not_in_the_list_is_named_with_its_place(edit: Edit, basis: str) -> None:
    (found,) = check_content(edit(FORM, '"basis": "民法典第七条"', f'"basis": "{basis}"'))
    assert (found.file, found.pointer) == (FORM, "/properties/truth_statement/x-why/basis")
    assert found.problem == f"依据“{basis}”不是登记过的法规"
    assert "docs/_data/laws.yml" in found.remedy


def test_a_law_may_be_called_by_its_whole_title_its_usual_one_or_its_number(edit: Edit) -> None:
    for basis in ("中华人民共和国民法典第七条", "《民法典》第七条", "民发〔2021〕57号第七条"):
        root = edit(FORM, '"basis": "民法典第七条"', f'"basis": "{basis}"')
        assert check_content(root) == []
        edit(FORM, f'"basis": "{basis}"', '"basis": "民法典第七条"')


def test_what_nobody_read_is_named_alone_and_what_was_read_by_its_article(edit: Edit) -> None:
    assert check_content(edit(FORM, '"basis": "民法典第七条"', '"basis": "国务院关于全面建立临时救助制度的通知"')) == []
    (found,) = check_content(edit(FORM, '"basis": "国务院关于全面建立临时救助制度的通知"', '"basis": "民法典"'))
    assert found.problem == "依据“民法典”不是登记过的法规"


def test_a_guide_cites_a_law_that_was_read_by_its_article(edit: Edit) -> None:
    guide = "docs/services/home-care-for-elderly.md"
    (found,) = check_content(edit(guide, "laws: [", "laws: [civil-code, destitute-2016, "))
    assert (found.problem, found.remedy) == ("引用 civil-code 没有写第几条", "写成“civil-code 第…条”")
