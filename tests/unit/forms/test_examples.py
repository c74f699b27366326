"""Every file under tests/examples is a form somebody sent: valid ones pass, invalid ones say why."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from doorstep.forms.checker import Checker
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.library import FormLibrary, load_library
from doorstep.places import Places, load_places
from tests.unit.forms.conftest import ROOT, TODAY

EXAMPLES = ROOT / "tests" / "examples"
VALID = sorted(EXAMPLES.glob("*/valid/*.json"))
INVALID = sorted(EXAMPLES.glob("*/invalid/*.json"))


def _name(path: Path) -> str:
    return f"{path.parts[-3]}-{path.stem}"


@cache
def _known() -> tuple[FormLibrary, Places]:
    return load_library(ROOT / "schemas"), load_places(ROOT / "docs" / "places" / "divisions.json")


@cache
def _form(form_id: str) -> tuple[Form, Checker]:
    library, places = _known()
    form = library.current(form_id)
    assert form is not None, f"tests/examples/{form_id} belongs to no form"
    return form, Checker(form, places, today=lambda: TODAY)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_form_somebody_wrote_examples_of_has_enough(library: FormLibrary) -> None:
    """Of every form there are generated answers (test_every_form.py); these hold what only people think of."""
    written = [form_id for form_id in library.ids() if (EXAMPLES / form_id).is_dir()]
    assert {"minimum-living-allowance", "medical-assistance", "home-care-for-elderly"} <= set(written)
    for form_id in written:
        assert len(list((EXAMPLES / form_id / "valid").glob("*.json"))) >= 6, form_id
        assert len(list((EXAMPLES / form_id / "invalid").glob("*.json"))) >= 10, form_id


@pytest.mark.parametrize("path", VALID, ids=_name)
def test_a_valid_example_is_accepted(path: Path) -> None:
    form, checker = _form(path.parts[-3])
    instance = fill(form, _read(path))
    assert checker.errors(instance) == []
    assert checker.accepts(instance)
    assert fill(form, instance) == instance, "what is stored is read back as it is"


@pytest.mark.parametrize("path", INVALID, ids=_name)
def test_an_invalid_example_says_why(path: Path) -> None:
    """The file holds {"answers": …, "errors": [[pointer, keyword], …]}, in the order a resident reads them."""
    form, checker = _form(path.parts[-3])
    example = _read(path)
    instance = fill(form, example["answers"])
    errors = checker.check(instance)
    assert [[error.pointer, error.keyword] for error in errors] == example["errors"]
    assert not checker.accepts(instance)
