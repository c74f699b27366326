"""The editors' handbook is true: what it names is there, what it lists is all there is, and residents never see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from jsonschema import Draft202012Validator

from doorstep.cli import main
from doorstep.portal.checks.page_reader import read_pages
from doorstep.portal.findings.rules import HEADINGS, RULES
from doorstep.portal.findings.yaml_faults import plain
from doorstep.portal.handbook.lists import SCHEMAS, read_handbook

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "docs" / "editing").glob("*.md"))
SAID = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
CODE = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", SAID)


def schemas() -> Iterator[dict[str, Any]]:
    return (json.loads((ROOT / path).read_text(encoding="utf-8")) for path in SCHEMAS.values())


def test_every_verb_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = [code.split() for code in CODE if code.startswith(("make ", ".venv/bin/doorstep "))]
    assert {"make", ".venv/bin/doorstep"} == {words[0] for words in named}
    for program, *words in named:
        if program == "make":
            assert words[0] in targets
            continue
        verb: click.Command | None = main
        for word in (word for word in words if not word.startswith("--")):
            assert isinstance(verb, click.Group), words
            verb = verb.get_command(click.Context(verb), word)
        assert verb is not None, words
        options = {option for parameter in verb.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, words


def test_every_file_it_names_is_there() -> None:
    named = [code for code in CODE if re.match(r"(docs|schemas|doorstep|theme|\.vscode)/|[A-Z]+\.md$", code)]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_it_names_every_list_an_editor_may_change() -> None:
    lists = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "_data").glob("*.yml")}
    assert lists - set(CODE) == set()


def test_every_fact_it_shows_may_stand_so() -> None:
    """“`name: value`” in its prose is a name of some page, and as YAML it reads as it says."""
    known = {name for schema in schemas() for name in schema["properties"]} | {"how", "retired", "read", "popular"}
    shown = [code for code in CODE if re.match(r"[a-z_]+: ", code)]
    for code in shown:
        assert set(yaml.safe_load(code)) <= known, code
    assert len(shown) >= 5


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_name_of_a_page_is_told_with_an_example_that_is_right(name: str) -> None:
    schema = json.loads((ROOT / SCHEMAS[name]).read_text(encoding="utf-8"))
    told = read_handbook(ROOT).facts[name]
    assert [fact.name for fact in told] == list(schema["properties"])
    for fact in told:
        assert fact.title
        assert fact.text
        if fact.example:
            only = {"$defs": schema["$defs"], "properties": {fact.name: schema["properties"][fact.name]}}
            assert list(Draft202012Validator(only).iter_errors(plain(yaml.safe_load(fact.example)))) == []


def test_every_rule_stands_in_it_once(demo: Path) -> None:
    page = read_pages(demo / "site")["/editing/findings/"]
    assert [name for name in page.ids if name in RULES] == list(RULES)
    assert [name for name in page.ids if name.startswith("of-")] == [f"of-{name}" for name in HEADINGS]
    assert next(iter(HEADINGS)) == next(iter(RULES))  # none stands above all headings


def test_its_lists_are_filled_in(demo: Path) -> None:
    built = sorted((demo / "site" / "editing").rglob("index.html"))
    assert len(built) == len(PAGES)
    assert [page for page in built if "<!-- include" in page.read_text(encoding="utf-8")] == []


def test_residents_never_see_it(published: Path, demo: Path) -> None:
    assert not (published / "site" / "editing").exists()
    for url, page in read_pages(demo / "site").items():
        if not url.startswith("/editing/"):
            assert not [link for _, link in page.links if link.startswith("/editing/")], url
