"""What Markdown becomes is looked at as a browser would get it: lines that look harmless make a tag together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.utils.meta import get_data

from doorstep.portal.checks.across import check_links
from doorstep.portal.checks.page_html import EXTENSIONS, check_html, foreign, rendered, tangled
from doorstep.portal.facts.front_matter import page_head
from doorstep.portal.site import check_content

ROOT = Path(__file__).parents[3]
PAGE, OLD = "docs/about.md", "不用注册，不用登录。"
Edit = Callable[[str, str, str], Path]


def found(root: Path) -> list[tuple[str, str]]:
    return [(each.problem, each.rule) for each in check_content(root) if each.file == PAGE]


def test_it_is_rendered_as_the_build_does() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert sorted(config.markdown_extensions) == sorted(EXTENSIONS)
    assert not any(config.mdx_configs.values())


@pytest.mark.parametrize(
    ("code", "opening"),
    [
        ('<script src="/services/a.js"></script>', "<script"), ("<!-- 内部：张三 -->", "<!--"),
        ('<meta http-equiv="refresh" content="0;url=https://evil.example/">', "<meta"),
        ('<div style="position:fixed">假</div>', "<div"), ('<iframe srcdoc="x"></iframe>', "<iframe"),
        ('<a href="/about/" ping="https://evil.example/">x</a>', "<a"),
    ],
)  # fmt: skip
def test_code_between_the_backticks_of_two_lines_is_found_at_its_line(code: str, opening: str) -> None:
    page = f"好 ` 的\n不 ` {code} ` 好"
    (found,) = check_html(PAGE, rendered(page), page)
    assert (found.line, found.rule) == (2, "web-code")
    assert found.problem.endswith(f" {opening}")


def test_no_page_with_such_code_passes_the_checks(edit: Edit) -> None:
    root = edit(PAGE, OLD, "好 ` 的\n不 ` <script src=/a.js></script> ` 好")
    assert found(root) == [("正文里有不能用的网页代码 <script", "web-code")]


@pytest.mark.parametrize(
    "text", ["![图](/track/)", "[看](/track/){: .ds-strip #main }", "# 大标题", "| a |\n|--:|\n| 1 |"]
)
def test_what_no_page_needs_is_found(text: str) -> None:
    assert foreign(rendered(f"一\n\n{text}\n"))


@pytest.mark.parametrize(
    "text", ["![图](/track/)", "# 大标题", "### 好 {#a .b}", "<!-- 内部 -->", "[x](/y/){ .ds-strip }"]
)
def test_its_line_is_where_an_editor_wrote_it(text: str) -> None:
    page = f"<!-- include: limits -->\n\n## 一 {{#one}}\n\n{text}\n"
    assert {each.line for each in check_html(PAGE, rendered(page), page)} == {5}


@pytest.mark.parametrize("link", ["[x][y]\n\n[y]:\n  https://evil.example/", "[x](\nhttps://evil.example/)"])
def test_a_link_of_two_lines_is_looked_up(edit: Edit, link: str) -> None:
    assert ("链接 https://evil.example/ 没有去处", "link-dead") in found(edit(PAGE, OLD, f"{link}\n\n"))


@pytest.mark.parametrize("text", ["[a](\n" * 300, "- a\n" + " " * 60 + "- b", "`" * 250])
def test_what_takes_long_to_read_is_refused_at_once(text: str) -> None:
    assert tangled(f"一\n\n二\n{text}") == 3
    assert tangled("一\n\n二\n[a](/b/) `c`\n" * 50) is None


def test_what_markdown_makes_is_our_own() -> None:
    text = (
        '## 好 {#a}\n\n1. **b** `c` *d*\n\n> e\n\n| f |\n|---|\n| 3 < 5 |\n\n```html\n<b>\n```\n\n[g](/h/ "i")\n\n---\n'
    )
    html = rendered(f"---\ntitle: x\n---\n{text}<!-- include: limits -->\n")
    assert html.count("<") > 30
    assert foreign(html) == []


@pytest.mark.parametrize(
    "title", ["a: b", "[x", '"q', "'q", "x\ntemplate: 404.html", "x\n---\n<script>", "2026", "家: 门\u2028"]
)
def test_a_made_pages_title_is_what_it_was(title: str) -> None:
    assert get_data(page_head(title, "find.html")) == ("", {"title": title, "template": "find.html"})


def test_what_the_policy_forbids_is_found_in_the_built_site(tmp_path: Path) -> None:
    html = '<meta http-equiv="refresh" content="0"><iframe srcdoc="x"></iframe><p style="x" onclick="y">z</p>'
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    assert {each.problem.split()[-1] for each in check_links(tmp_path)} == {
        "http-equiv", "<iframe>", "srcdoc", "style", "onclick",
    }  # fmt: skip
