"""Checking an application for the allowance: Doorstep's checker beside jsonschema alone, the same instances."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import timeit
from pathlib import Path
from typing import Any

from doorstep.forms.checker import Checker
from doorstep.forms.library import load_library
from doorstep.places import load_places

ROOT = Path(__file__).parents[1]
FORM = "minimum-living-allowance"


def run(*, rounds: int = 7) -> None:
    """Print the median ratio for a valid and an invalid application."""
    places = load_places(ROOT / "docs" / "places" / "divisions.json")
    form = load_library(ROOT / "schemas").current(FORM)
    assert form is not None
    checker = Checker(form, places, today=lambda: dt.datetime.now(dt.UTC).date())
    valid: dict[str, Any] = dict(form.example or {})
    invalid = json.loads(json.dumps(valid)) | {"applicant_id": "650203196901010003", "phone": "12"}
    del invalid["home_address"]
    peer = checker.authority
    for name, instance in (("valid", valid), ("invalid", invalid)):
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(min(timeit.repeat(lambda: checker.check(instance), number=50, repeat=3)) / 50)  # noqa: B023
            theirs.append(min(timeit.repeat(lambda: list(peer.iter_errors(instance)), number=50, repeat=3)) / 50)  # noqa: B023
        ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
        same = {pointer_of(error) for error in peer.iter_errors(instance)} == {
            (found.pointer, found.keyword) for found in checker.check(instance)
        }
        print(
            f"validation, {name:7}: Doorstep {statistics.median(ours) * 1e6:8.1f} µs, jsonschema alone "
            f"{statistics.median(theirs) * 1e6:8.1f} µs, {ratio:6.1f} × as fast, same errors: {same}",
            flush=True,
        )


def pointer_of(error: Any) -> tuple[str, str]:
    """Where jsonschema says the error is; a missing property is named as the field that is missing."""
    path = "".join(f"/{part}" for part in error.absolute_path)
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        path += f"/{missing}"
    return path, error.validator
