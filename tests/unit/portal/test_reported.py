"""What was reported: each figure with its source and year, none copied into a page, none shown as a promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doorstep.portal.facts.reported import SOURCE, Figure, read_reported, with_told
from doorstep.portal.site import load_portal

ROOT = Path(__file__).parents[3]


def test_what_is_counted_here_is_counted_at_each_build(content: Path) -> None:
    demo, published = (load_portal(content, demo=demo).counted for demo in (True, False))
    assert (demo["online"], demo["resources"], demo["subdistricts"], demo["communities"]) == (3, 0, 13, 107)
    assert (published["online"], published["one_visit"], published["subdistricts"]) == (0, 0, 13)
    figures, _ = read_reported(ROOT)
    assert {figure.here for figure in figures} - {""} == set(demo)


def test_a_figure_is_told_as_of_then_and_no_promise() -> None:
    figures, findings = read_reported(ROOT)
    assert findings == []
    for figure in figures:
        told = with_told(f"<h2>x</h2>\n<!-- include: reported {figure.id} -->\n<p>y</p>", figures)
        assert re.search(rf"<p>20[0-9]{{2}}年.*{re.escape(figure.said)}.*不是现在的保证。</p>", told)
        assert "<!--" not in told


def test_a_figure_is_text_on_its_page() -> None:
    figure = Figure("x", "<script src=/a.js></script>", '"<b>', "y", "2019年")
    told = with_told("<!-- include: reported x -->", [figure])
    assert "&lt;script" in told
    assert set(re.findall("<[^>]*>", told)) == {"<p>", "</p>"}


def test_a_figure_that_nobody_reported_is_found_by_its_line(content: Path) -> None:
    about = content / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n<!-- include: reported wonders -->\n", encoding="utf-8")
    figures, (found,) = read_reported(content)
    assert figures
    lines = about.read_text(encoding="utf-8").splitlines()
    assert (found.file, lines[found.line - 1]) == ("docs/about.md", "<!-- include: reported wonders -->")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("source: report-2019}", "source: report-2018}", "没有来源 report-2018"),
        ("id: activities", "id: rooms", "有两条的 id 都是 rooms"),
        ("here: online", "here: wonders", "figures.6.here：写法不对"),
        ("said: 19间, ", "", "figures.1：缺少 said"),
    ],
)
def test_a_mistake_in_the_figures_is_named(content: Path, old: str, new: str, problem: str) -> None:
    path = content / SOURCE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    figures, (found,) = read_reported(content)
    assert (figures, found.file, found.problem) == ((), SOURCE, problem)
    assert new in text.replace(old, new, 1).splitlines()[found.line - 1]
