"""What the open tables hold is never run by the program that opens them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.portal.checks.formula_checks import is_formula
from doorstep.portal.site import check_content
from tests.unit.portal.conftest import ROOT

GUIDE = "docs/services/minimum-living-allowance.md"
RESOURCE = "docs/resources/aed-location-guide.md"
LAWS = "docs/_data/laws.yml"
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|x", "-2+3", "@SUM(1)", "\t=1", "\n=1", " =1", "\uff1d1+1", "\t1", "|calc", "%x"]
)
def test_a_value_that_begins_as_a_formula_is_known(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "1-2岁", "免费=不收钱", "“+”号", "60岁以上", "。", "\n好"])
def test_an_honest_value_passes(text: str) -> None:
    assert not is_formula(text)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (GUIDE, "fits: [", 'fits: ["=HYPERLINK(1)", '),
        (GUIDE, "fee: {yuan: 0}", 'fee: {yuan: 0, note: "@SUM(1)"}'),
        (LAWS, "- {id: assistance-2014, title: ", "- {id: assistance-2014, title: +"),
    ],
)
def test_a_formula_is_a_finding_at_its_line(edit: Edit, file: str, old: str, new: str) -> None:
    root = edit(file, old, new)
    line = (root / file).read_text(encoding="utf-8").split(new)[0].count("\n") + 1
    assert (file, line, "formula") in {(one.file, one.line, one.rule) for one in check_content(root)}


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "**+1**", "&#61;1", "@SUM(1)\n\n后面是正文", "－1", "[=1](/about/)", "> %x"]
)
def test_a_resources_text_that_begins_so_is_a_finding_at_its_line(content: Path, text: str) -> None:
    whole = (ROOT / RESOURCE).read_text(encoding="utf-8").replace("---\n\n", f"---\n\n\n{text}\n\n", 1)
    (content / RESOURCE).write_text(whole, encoding="utf-8")
    line = whole.split(text)[0].count("\n") + 1
    assert (RESOURCE, line, "formula") in {(one.file, one.line, one.rule) for one in check_content(content)}


def test_no_cell_of_the_open_tables_begins_so(demo: Path) -> None:
    tables = sorted((demo / "site" / "open-data").rglob("*.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert [cell for row in csv.reader(file) for cell in row if is_formula(cell)] == [], path
