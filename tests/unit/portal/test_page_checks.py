"""What Markdown may hold, found before anything is built."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.site import check_content

PAGE = "docs/about.md"
GUIDE = "docs/services/minimum-living-allowance.md"
OLD = "不用注册，不用登录。"
LINE = (Path(__file__).parents[3] / PAGE).read_text(encoding="utf-8").split(OLD)[0].count("\n") + 1
Edit = Callable[[str, str, str], Path]


def found(root: Path) -> list[tuple[str, int, str]]:
    return [(each.file, each.line, each.problem) for each in check_content(root)]


@pytest.mark.parametrize(
    "code",
    [
        "<script>alert(1)</script>", "好<b onclick=x>的</b>", "<!-- 记得改 -->", "<!-- include: secrets -->",
        "**好**{: style=color:red }", "{" * 9 + "a=b}", "&#49;39", "&#x202e;好", "&ZeroWidthSpace;", "<https://example.org/>",
        r"\`<script>\`", "`` ` `` <script> `` ` ``",
    ],
)  # fmt: skip
def test_web_code_in_a_page_is_a_finding(edit: Edit, code: str) -> None:
    assert (PAGE, LINE, "这一行有网页代码") in found(edit(PAGE, OLD, code))


def test_an_include_with_something_behind_it_is_web_code(edit: Edit) -> None:
    include = "<!-- include: materials -->"
    assert [problem for *_, problem in found(edit(GUIDE, include, f"{include}<img src=x>"))] == ["这一行有网页代码"]


@pytest.mark.parametrize("text", ["3 < 5", "写成 `<b>` 的样子", "写成 ``<b>`</b>`` 的样子", "{#what} 不是代码"])
def test_what_only_looks_like_code_passes(edit: Edit, text: str) -> None:
    assert found(edit(PAGE, OLD, text)) == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("/nowhere/", "没有去处"), ("/track", "没有去处"), ("track.md", "没有去处"), ("../track/", "没有去处"),
        ("https://example.org/", "没有去处"), ("//[", "没有去处"), ("javascript:run", "没有去处"),
        ("#nothing", "要去的那一段没有"), ("/services/minimum-living-allowance/#nothing", "要去的那一段没有"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_found_at_its_line(edit: Edit, link: str, problem: str) -> None:
    assert found(edit(PAGE, OLD, f"见[这里]({link})。")) == [(PAGE, LINE, f"链接 {link} {problem}")]


@pytest.mark.parametrize(
    "link",
    [
        "[12345](tel:+8816812345678)",
        "[打](tel:16812345678)",
        "[打](tel:12345?x)",
        "[12345](tel:120)",
    ],
)
def test_a_link_dials_only_the_number_it_shows(edit: Edit, link: str) -> None:
    findings = check_content(edit(PAGE, OLD, link))
    assert {(one.file, one.line, one.rule) for one in findings} == {(PAGE, LINE, "number-unconfirmed")}


@pytest.mark.parametrize(
    "link",
    [
        "/", "/track/", "/places/", "/find/", "/services/", "/apply/minimum-living-allowance/", "#privacy", "tel:12345",
        "/services/minimum-living-allowance/#how", "/services/minimum-living-allowance/#basis",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_passes(edit: Edit, link: str) -> None:
    assert found(edit(PAGE, OLD, f"见[这里]({link})。")) == []


def test_links_that_never_end_are_read_in_time(edit: Edit) -> None:
    """Each place of a line is looked at once more at most: this took minutes."""
    began = time.process_time()
    check_content(edit(PAGE, OLD, "\n".join(["[a](" * 490] * 20)))
    assert time.process_time() - began < 20
