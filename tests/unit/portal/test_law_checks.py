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
