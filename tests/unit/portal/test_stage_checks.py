"""No guide has stages that an application could not go through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"
LAST = "{id: confirmation, title: 审查决定, office: decide}"
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("new", "line", "problem", "remedy"),
    [
        (LAST.replace("decide", "accept"), 13, "最后一步不在作决定的单位", "office 写 decide"),
        (LAST.replace("decide", "nobody"), 13, "这一步的 office 在 offices 里没有", "写成 offices 里的名字"),
        (LAST.replace("confirmation", "inquiry"), 13, "有两步的 id 都是 inquiry", "不能重复"),
    ],
)
def test_a_stage_that_leads_nowhere_is_told(edit: Edit, new: str, line: int, problem: str, remedy: str) -> None:
    (found,) = check_content(edit(GUIDE, LAST, new))
    assert (found.file, found.line, found.problem) == (GUIDE, line, problem)
    assert remedy in found.remedy


def test_a_list_of_no_stages_is_refused(content: Path) -> None:
    path = content / GUIDE
    text = path.read_text(encoding="utf-8")
    start, end = text.index("stages: ["), text.index("materials:\n")
    path.write_text(text[:start] + "stages: []\n" + text[end:], encoding="utf-8")
    (found,) = check_content(content)
    assert (found.line, found.problem) == (11, "stages：写法不对")
