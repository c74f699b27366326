"""Browser and server ask the same questions: the page's data-asked-if by the script, the schema's if/then here."""

from __future__ import annotations

import json
import random
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

from doorstep.forms.conditions import asked
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.library import load_library
from doorstep.forms.rendering import render_form
from doorstep.places import load_places

ROOT = Path(__file__).resolve().parents[2]
PLACES = load_places(ROOT / "docs" / "places" / "divisions.json")
FIELD = re.compile(r'<div class="ds-field[^>]*? data-name="([a-z_]+)"[^>]*?>')
ASKED_IF = re.compile(r' data-asked-if="([^"]*)"')


def fields_of_the_page(form: Form) -> list[dict[str, Any]]:
    page = render_form(form, PLACES, tree={}, action="/")
    fields = []
    for match in FIELD.finditer(page):
        asked_if = ASKED_IF.search(match[0])
        fields.append({"name": match[1], "asked_if": json.loads(unescape(asked_if[1])) if asked_if else []})
    assert [field["name"] for field in fields] == [field.name for field in form.fields]
    return fields


def random_answers(form: Form, dice: random.Random) -> dict[str, Any]:
    """Any of the answers a page can give, also to questions that are not asked."""
    answers: dict[str, Any] = {}
    for field in form.fields:
        values = [choice.value for choice in field.choices]
        options: dict[str, list[Any]] = {
            "choice": values,
            "choices": [values[: dice.randint(1, len(values) or 1)], values[-1:]],
            "yes-no": [True, False],
            "consent": [True],
            "community": ["unknown", PLACES.communities[0].code],
        }
        if field.kind in options and dice.random() < 0.8:
            answers[field.name] = dice.choice(options[field.kind])
    return answers


def test_browser_and_server_ask_the_same_questions() -> None:
    dice = random.Random(2019)
    cases: list[dict[str, Any]] = []
    expected: list[list[str]] = []
    for form in load_library(ROOT / "schemas").forms.values():
        fields = fields_of_the_page(form)
        for _ in range(300):
            answers = random_answers(form, dice)
            cases.append({"fields": fields, "answers": answers})
            expected.append([field.name for field in asked(form, fill(form, answers))])
    assert len({len(names) for names in expected}) > 3
    program = ["node", str(Path(__file__).with_name("asked_cli.mjs"))]
    result = subprocess.run(program, input=json.dumps(cases), capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == expected
