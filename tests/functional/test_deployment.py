"""What stands in front of intake, and what goes into the functions' packages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chalice.app import Request

from chalicelib.receipt_page import origin
from chalicelib.seeking import INDEX
from tests.functional.house import ROOT, Intake
from weblib.requests import address

SHARED = {"doorstep": ROOT / "doorstep", "schemas": ROOT / "schemas", "weblib": ROOT / "functions/common/weblib"}
EXAMINER = ROOT / "functions/examiner"
SHIPPED = {
    "intake": SHARED,
    "office": SHARED | {"office": ROOT / "functions/office/office"},
    "examiner": {"doorstep": SHARED["doorstep"], "examining": EXAMINER / "examining"},  # no page, no form
}


def request(**headers: str) -> Request:
    return Request(
        {
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "multiValueQueryStringParameters": None,
            "pathParameters": None,
            "stageVariables": None,
            "body": None,
            "requestContext": {"httpMethod": "GET", "resourcePath": "/", "identity": {"sourceIp": "198.51.100.9"}},
        }
    )


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.1", "198.51.100.9"),
        (1, "", "198.51.100.9"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "a lie, 203.0.113.1", "203.0.113.1"),
        (2, "a lie, 203.0.113.1, 192.0.2.1", "203.0.113.1"),
        (2, "203.0.113.1", "198.51.100.9"),
    ],
)
def test_forwarded_addresses_count_only_as_far_as_our_own_proxies_wrote_them(
    proxies: int, forwarded: str, expected: str
) -> None:
    assert address(request(X_Forwarded_For=forwarded), proxies) == expected


def test_the_receipts_address_is_the_one_the_browser_asked_for(intake: Intake) -> None:
    house = intake.function.start()
    assert origin(house, request(Host="doorstep.test:8000")) == "http://doorstep.test:8000"
    assert origin(house, request(Host="doorstep.test", X_Forwarded_Proto="https")) == "http://doorstep.test"
    assert origin(house, request(Host='"><script>')) == ""


@pytest.mark.parametrize("function", SHIPPED)
def test_the_package_holds_what_the_function_imports(function: str) -> None:
    """Chalice follows links in vendor/ only, and crashes on a broken one."""
    folder = ROOT / "functions" / function
    assert {link.name: link.resolve() for link in (folder / "vendor").iterdir()} == SHIPPED[function]
    for link in (folder / "vendor").iterdir():
        assert link.is_symlink()
        assert not Path(link.readlink()).is_absolute()
    config = json.loads((folder / ".chalice" / "config.json").read_text())
    assert config["app_name"] == f"doorstep-{function}"
    for stage, wanted in config["stages"].items():
        assert wanted["autogen_policy"] is False
        assert (folder / ".chalice" / f"policy-{stage}.json").exists()


def test_the_search_goes_where_everything_else_goes_that_the_build_hands_over(intake: Intake) -> None:
    assert (ROOT / "functions/intake/vendor/doorstep/search/ranking.py").exists()
    handed = intake.settings.build / "intake"
    assert {path.name for path in handed.iterdir()} >= {"services.json", "shell.html", INDEX.name}
    assert handed == (intake.settings.build / INDEX).parent


@pytest.mark.parametrize("function", SHIPPED)
def test_only_the_examiner_may_read_the_quarantine(function: str) -> None:
    policy = json.loads((ROOT / "functions" / function / ".chalice" / "policy-production.json").read_text())
    allowed = [one for one in policy["Statement"] if {"s3:GetObject", "s3:*", "*"} & set(one["Action"])]
    places = {
        place
        for one in allowed
        for place in ([one["Resource"]] if isinstance(one["Resource"], str) else one["Resource"])
    }
    shelves = {place.partition(":::")[2].partition("/")[2] for place in places}
    assert ("quarantine/*" in shelves) == (function == "examiner")
    assert shelves <= {"quarantine/*", "ready/*", "refused/*", "swept/*"}
    assert "ready/*" in shelves
