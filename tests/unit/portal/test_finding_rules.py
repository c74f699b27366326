"""Every finding names a rule of the one table, every rule is raised, and programs and GitHub are told all of it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from doorstep.cli import main
from doorstep.commands.telling import FORMATS
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.rules import ERROR, RULES, WARNING, is_error
from doorstep.portal.site import check_content

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "doorstep/portal/findings/rules.py"
SOURCES = [path for folder in ("portal", "forms") for path in sorted((ROOT / "doorstep" / folder).rglob("*.py"))]


def trees() -> Iterator[tuple[Path, ast.Module]]:
    return ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES if path != TABLE)


def test_every_rule_is_raised_somewhere() -> None:
    named = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(RULES.keys() - named) == []


def test_every_finding_names_a_rule() -> None:
    """Positions: file, line, problem, remedy, rule. What comes in a starred tuple brings its rule with it."""
    nameless = []
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                starred = any(isinstance(part, ast.Starred) for part in node.args)
                rule = node.args[4] if len(node.args) > 4 else None
                unknown = isinstance(rule, ast.Constant) and rule.value not in RULES
                if not starred and (rule is None or unknown):
                    nameless.append(f"{path.name}:{node.lineno}")
    assert nameless == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_and_what_to_do_in_chinese_sentences(name: str) -> None:
    rule = RULES[name]
    assert rule.means.endswith("。")
    assert rule.cure.endswith("。")
    assert rule.severity in (ERROR, WARNING)


SPOILED = {
    "docs/services/minimum-living-allowance.md": (
        ("theme: 生活有困难", "theme: 没有的"),
        ("id: minimum-living-allowance", "id: another"),
        ("[approval-2021", "[approval-2021, nothing-2020 第一条, approval-2021"),
    ),
    "docs/services/medical-assistance.md": (
        ("theme: 看病和医保", "theme: 没有的"),
        ("how: photo, when", "how: shown, when"),
    ),
    "docs/about.md": (("不用注册，", "不用受理，[看](/nowhere/)"),),
    "schemas/forms/home-care-for-elderly.json": (('"x-section": "', '"x-section": "no-'),),
}


def test_all_at_once_with_file_line_and_a_known_rule(content: Path) -> None:
    for file, changes in SPOILED.items():
        text = (content / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (file, old)
            text = text.replace(old, new, 1)
        (content / file).write_text(text, encoding="utf-8")
    findings = check_content(content)
    assert {found.file for found in findings} >= set(SPOILED)
    assert {found.rule for found in findings} <= set(RULES)
    assert {
        "id-not-file",
        "law-unknown",
        "theme-unknown",
        "paper-unknown",
        "plain-words",
        "link-dead",
        "section-unknown",
    } <= {found.rule for found in findings}
    assert [str(found) for found in findings if not found.line] == []


FOUND = Finding("docs/a,b.md", 3, "100%不对：\n甲", "改成“乙”", "link-dead")
WARNED = Finding("docs/c.md", 0, "不好比", "改", "limit-unit-differs")


def test_programs_are_told_everything() -> None:
    first, second = json.loads(FORMATS["json"]([FOUND, WARNED]))
    assert first == {
        "file": "docs/a,b.md", "line": 3, "pointer": "", "rule": "link-dead", "severity": "error",
        "problem": "100%不对：\n甲", "remedy": "改成“乙”",
    }  # fmt: skip
    assert second["severity"] == "warning"
    assert (is_error(FOUND), is_error(WARNED)) == (True, False)


def test_github_shows_them_beside_their_lines() -> None:
    first, second = FORMATS["github"]([FOUND, WARNED]).splitlines()
    assert first == "::error file=docs/a%2Cb.md,line=3,title=链接没有去处::100%25不对：%0A甲 → 改成“乙”"
    assert second.startswith("::warning file=docs/c.md,line=1,title=")
    assert FORMATS["github"]([]) == ""


def test_the_command_says_so_when_there_is_nothing() -> None:
    done = CliRunner().invoke(main, ["check", "--format", "json"])
    assert (done.exit_code, [one for one in json.loads(done.output) if one["severity"] == "error"]) == (0, [])
