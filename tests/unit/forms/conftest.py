from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from doorstep.forms.bundle import bundle
from doorstep.forms.checker import Checker
from doorstep.forms.fields import Form
from doorstep.forms.form import build_form
from doorstep.forms.library import FormLibrary, load_library
from doorstep.places import Places, load_places

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def schemas_dir() -> Path:
    return ROOT / "schemas"


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places(ROOT / "docs" / "places" / "divisions.json")


@pytest.fixture(scope="session")
def library(schemas_dir: Path) -> FormLibrary:
    return load_library(schemas_dir)


@pytest.fixture(scope="session")
def allowance(library: FormLibrary) -> Form:
    form = library.current("minimum-living-allowance")
    assert form is not None
    return form


@pytest.fixture(scope="session")
def every_kind(schemas_dir: Path) -> Form:
    """A form with one question of every kind, and every sort of condition."""
    schema = json.loads(Path(__file__).with_name("every_kind.json").read_text(encoding="utf-8"))
    return build_form(
        bundle(schema, json.loads((schemas_dir / "vocabulary" / "types.json").read_text(encoding="utf-8")))
    )


@pytest.fixture(scope="session")
def allowance_checker(allowance: Form, places: Places) -> Checker:
    return Checker(allowance, places, today=lambda: TODAY)


@pytest.fixture(scope="session")
def every_kind_checker(every_kind: Form, places: Places) -> Checker:
    return Checker(every_kind, places, today=lambda: TODAY)
