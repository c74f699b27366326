"""What VS Code is told of this project is true: files are there, lists valid, findings found as they are told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from doorstep.editing.session import BEGUN, DONE, line_of
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import plain
from doorstep.portal.handbook.lists import SCHEMAS
from doorstep.portal.handbook.snippets import FILE, snippets, write_snippets

ROOT = Path(__file__).parents[3]
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
TASKS = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]


def read(path: str) -> Any:
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def test_every_list_with_a_schema_is_held_to_it_while_it_is_written() -> None:
    lists = {path.stem for path in (ROOT / "docs" / "_data").glob("*.yml")}
    described = {path.stem for path in (ROOT / "schemas" / "content").glob("*.json")} & lists
    told = {f"schemas/content/{name}.json": f"docs/_data/{name}.yml" for name in described}
    assert SETTINGS["yaml.schemas"] == told


@pytest.mark.parametrize("schema", SETTINGS["yaml.schemas"])
def test_every_list_is_valid_by_the_schema_it_is_written_with(schema: str) -> None:
    data = plain(yaml.safe_load((ROOT / SETTINGS["yaml.schemas"][schema]).read_text(encoding="utf-8")))
    assert list(Draft202012Validator(read(schema)).iter_errors(data)) == []


@pytest.mark.parametrize("schema", SCHEMAS.values())
def test_every_schema_an_editor_writes_by_is_one(schema: str) -> None:
    Draft202012Validator.check_schema(read(schema))


def test_every_command_is_there() -> None:
    assert [task["command"] for task in TASKS] == ["make edit", ".venv/bin/doorstep check"]
    assert re.search(r"^edit:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_finding_in_the_terminal_is_one_in_the_editor() -> None:
    found = Finding("docs/services/id-card.md", 12, "写法不对", "改成 2026-11-22", "value-wrong")
    lines = {"make edit": f"  {line_of(vars(found))}", ".venv/bin/doorstep check": str(found)}
    for task in TASKS:
        pattern = task["problemMatcher"]["pattern"]
        seen = re.search(pattern["regexp"], lines[task["command"]])
        assert seen is not None
        assert seen[pattern["file"]] == found.file
        assert seen[pattern["line"]] == "12"
        assert seen[pattern["message"]] == "写法不对 → 改成 2026-11-22"
    around = TASKS[0]["problemMatcher"]["background"]
    assert re.search(around["beginsPattern"], f"12:00:00 {BEGUN}docs/services/id-card.md")
    assert re.search(around["endsPattern"], f"12:00:03 {DONE}，没有问题")


def test_every_name_of_front_matter_is_offered(content: Path) -> None:
    write_snippets(content)
    offered = json.loads((content / FILE).read_text(encoding="utf-8"))
    assert offered == snippets(content)
    for path in SCHEMAS.values():
        for name in read(path)["properties"]:
            one = offered[f"{Path(path).stem} {name}"]
            assert one["prefix"][0] == name
            assert one["body"][0].startswith(f"{name}: ")
    themes = yaml.safe_load((content / "docs" / "_data" / "themes.yml").read_text(encoding="utf-8"))
    assert offered["guide theme"]["body"] == [f"theme: ${{1|{','.join(theme['title'] for theme in themes)}|}}"]
    assert "\\}" in offered["guide fee"]["body"][0]  # a bare one would end a placeholder


def test_what_is_made_anew_each_time_is_not_kept() -> None:
    assert f"/{FILE}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
