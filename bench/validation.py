"""Checking an application for the allowance: Doorstep's checker beside jsonschema alone, the same instances."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
import timeit
from collections.abc import Callable, Iterable, Mapping
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
            ours.append(seconds(lambda: checker.check(instance)))  # noqa: B023
            theirs.append(seconds(lambda: list(peer.iter_errors(instance))))  # noqa: B023
        ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
        found = {error.pointer: error.keyword for error in checker.check(instance)}
        print(
            f"validation, {name:7}: Doorstep {statistics.median(ours) * 1e6:8.1f} µs, jsonschema alone "
            f"{statistics.median(theirs) * 1e6:8.1f} µs, {ratio:6.1f} × as fast, same faults: "
            f"{same_faults(found, faults(peer.iter_errors(instance)))} ({len(found)})",
            flush=True,
        )


def seconds(check: Callable[[], object]) -> float:
    """Processor time of one call: the best of several runs, so that others on this machine count little."""
    return min(timeit.repeat(check, timer=time.process_time, number=100, repeat=5)) / 100


def same_faults(ours: Mapping[str, str], theirs: Mapping[str, set[str]]) -> bool:
    """Whether Doorstep names every field jsonschema faults and none besides, by a keyword that jsonschema gives too.

    It says one thing a field, the most helpful one.
    """
    return ours.keys() == theirs.keys() and all(keyword in theirs[pointer] for pointer, keyword in ours.items())


def faults(errors: Iterable[Any]) -> dict[str, set[str]]:
    """Field → keywords that failed there; a missing field is named as itself.

    A failed `then` leaves its object's properties unevaluated, which jsonschema then reports of the object: said of
    an object that has other faults, it is that echo and not a fault.
    """
    found: dict[str, set[str]] = {}
    echoes = set()
    for error in errors:
        path = "".join(f"/{part}" for part in error.absolute_path)
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    found.setdefault(f"{path}/{name}", set()).add("required")
        elif error.validator == "unevaluatedProperties":
            echoes.add(path)
        else:
            found.setdefault(path, set()).add(error.validator)
    strangers = {path for path in echoes if not any(pointer.startswith(f"{path}/") for pointer in found)}
    return found | {path: {"unevaluatedProperties"} for path in strangers}
