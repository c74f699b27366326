"""What both functions share: each has words for every problem that may be raised in it, and only it."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from chalicelib.problems import FAILING as INTAKE
from chalicelib.routes import ROUTES
from office.problems import FAILING as OFFICE
from tests.functional.house import ROOT
from weblib.logs import RequestLog
from weblib.problems import COMMON, WITH_FILES, Failing

FUNCTIONS: Mapping[str, Failing] = {"intake/chalicelib": INTAKE, "office/office": OFFICE}


def raised_in(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.glob("*.py"):
        found |= set(re.findall(r'ProblemError\(\s*"([a-z-]+)"', path.read_text()))
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_problem_has_its_words(name: str) -> None:
    failing = FUNCTIONS[name]
    assert raised_in(ROOT / "functions" / name) <= set(failing.kinds)
    assert set(failing.kinds) >= COMMON
    assert failing.guesses <= set(failing.kinds)


def test_a_line_of_the_log_says_what_happened_and_when() -> None:
    stream = io.StringIO()
    log = RequestLog(
        stream, lambda: dt.datetime(2026, 11, 23, 12, 0, 1, 5000, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    )
    log.answered(method="GET", route="/health", status=200, milliseconds=1.25, request_id="r")
    log.tampered(ValueError("typed"), request_id="r")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["time"], line["event"]) for line in lines] == [
        ("2026-11-23T04:00:01.005Z", "answered"),
        ("2026-11-23T04:00:01.005Z", "tampered"),
    ]
    assert "typed" not in stream.getvalue()


def test_what_both_raise_is_common() -> None:
    assert raised_in(ROOT / "functions/common/weblib") <= COMMON | WITH_FILES
    assert any(route.multipart for route in ROUTES)
    assert set(INTAKE.kinds) >= WITH_FILES
