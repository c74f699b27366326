"""Files that would stop whoever reads them, or show what is not there, are findings: at once, and never a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.commands.telling import FORMATS
from doorstep.portal.facts.confirmed import unconfirmed
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.refused import MOST_BYTES
from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"
ABOUT = "docs/about.md"
FORM = "schemas/forms/minimum-living-allowance.json"
LAWS = "docs/_data/laws.yml"
ODD = "docs/services/odd.md"
Edit = Callable[[str, str, str], Path]

LAUGHS = "\n".join(
    [
        "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)),
    ]
)


def rules(root: Path, file: str) -> set[str]:
    return {found.rule for found in check_content(root) if found.file == file}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("id: minimum", f"{LAUGHS}\nid: minimum", "yaml-alias"),
        ("fits: [", "fits: &a [*a, ", "yaml-alias"),
        ("fee: {", "fee: &f {x: *f, ", "yaml-alias"),
        ("fits: [", f"x: {'[' * 90}{']' * 90}\nfits: [", "file-deep"),
        ("fits: [", f"x: {'[' * 900}{']' * 900}\nfits: [", "file-deep"),
        ("theme: 生活有困难", "theme: 老人\ntheme: 生活有困难", "name-twice"),
        ("theme: 生活有困难", '"theme": 老人\ntheme: 生活有困难', "name-twice"),
        ("fee: {yuan: 0}", "fee: {yuan: 20, yuan: 0}", "name-twice"),
        ("theme: 生活有困难", 'theme: "生活有困难\\u202e"', "hidden-character"),
        ("theme: 生活有困难", "theme: 生活有\u200b困难", "hidden-character"),
    ],
    ids=["laughs", "itself", "itself too", "deep", "deeper", "twice", "quoted", "inside", "escaped", "no width"],
)
def test_front_matter_that_deceives_or_has_no_end_is_refused(edit: Edit, old: str, new: str, rule: str) -> None:
    assert rule in rules(edit(GUIDE, old, new), GUIDE)


def test_brackets_without_end_are_refused(edit: Edit) -> None:
    root = edit(LAWS, "- {id: assistance-2014,", f"- {'[' * 1900}\n- {{id: assistance-2014,")
    assert rules(root, LAWS) & {"file-deep", "yaml-unreadable"}


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\u2066", "\ufeff", "\x07", "\x1b[31m", "\u3164"], ids=ascii)
def test_what_nobody_sees_is_a_finding_at_its_line(edit: Edit, letter: str) -> None:
    root = edit(ABOUT, "不用登录。", f"不用{letter}登录。")
    line = (root / ABOUT).read_text(encoding="utf-8").split(f"不用{letter}登录")[0].count("\n") + 1
    assert (ABOUT, line, "hidden-character") in {(one.file, one.line, one.rule) for one in check_content(root)}


def test_what_nobody_sees_in_a_form_is_a_finding(content: Path) -> None:
    path = content / FORM
    path.write_text(path.read_text(encoding="utf-8").replace('"title": "', '"title": "\\u202e', 1), encoding="utf-8")
    assert "hidden-character" in rules(content, FORM)


@pytest.mark.parametrize("depth", [200, 50_000])
def test_a_form_of_brackets_is_refused(content: Path, depth: int) -> None:
    (content / FORM).write_text('{"title": ' + "[" * depth + "]" * depth + "}", encoding="utf-8")
    assert rules(content, FORM) == {"file-deep"}


def make_link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, make_link, make_loop])
@pytest.mark.parametrize("where", [ODD, "docs/_data/odd.yml", "docs/resources/odd.md"])
def test_what_is_no_file_is_a_finding(content: Path, make: Callable[[Path], None], where: str) -> None:
    (content / where).parent.mkdir(exist_ok=True)
    make(content / where)
    assert rules(content, where) == {"file-kind"}
    unconfirmed(content)  # which reads pages that nothing has checked


def test_a_fifo_in_place_of_a_list_is_a_finding(content: Path) -> None:
    (content / LAWS).unlink()
    os.mkfifo(content / LAWS)
    assert rules(content, LAWS) == {"file-kind"}
    unconfirmed(content)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("字" * MOST_BYTES, "file-large"), ("[a](" * 20_000, "line-long"), ("{=" * 20_000, "line-long")],
    ids=["large", "links", "braces"],
)
def test_more_than_anybody_reads_is_refused_before_it_is_searched(edit: Edit, text: str, rule: str) -> None:
    assert rules(edit(ABOUT, "不用登录。", text), ABOUT) == {rule}


def test_a_finding_stays_on_its_line_of_text() -> None:
    told = FORMATS["text"]([Finding("docs/a\n::error::b.md", 1, "“\x1b[31m\r”不对", "改\u202e成　“乙”", "link-dead")])
    assert told == r"docs/a\n::error::b.md:1: “\x1b[31m\r”不对 → 改\u202e成　“乙”"
