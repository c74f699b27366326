"""Every file under tests/examples is a form somebody sent: valid ones pass, invalid ones say why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from doorstep.forms.checker import Checker
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "minimum-living-allowance"
VALID = sorted((EXAMPLES / "valid").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.json"))


def test_there_are_examples() -> None:
    assert len(VALID) >= 5
    assert len(INVALID) >= 5


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_example_is_accepted(path: Path, allowance: Form, allowance_checker: Checker) -> None:
    instance = fill(allowance, json.loads(path.read_text(encoding="utf-8")))
    assert allowance_checker.errors(instance) == []
    assert allowance_checker.accepts(instance)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_says_why(path: Path, allowance: Form, allowance_checker: Checker) -> None:
    """The file holds {"answers": …, "errors": [[pointer, keyword], …]}, in the order a resident reads them."""
    example = json.loads(path.read_text(encoding="utf-8"))
    instance = fill(allowance, example["answers"])
    errors = allowance_checker.check(instance)
    assert [[error.pointer, error.keyword] for error in errors] == example["errors"]
    assert not allowance_checker.accepts(instance)
