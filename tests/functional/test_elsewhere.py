"""A page of another site can make a resident's browser post here: it gets nowhere, and our own pages do."""

from __future__ import annotations

import json

import pytest

from chalicelib.routes import ROUTES
from doorstep.security_headers import SECURITY_HEADERS
from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, Intake, example, run_intake
from weblib.routes import Route

APPLY = f"/apply/{FORM}/"
FIXED = "AAECAwQFBgcICQoLDA0ODw"
"""A submission key that somebody else chose, and so whoever's answers it seals can be read by them."""

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://doorstep.test"},
    {"Origin": "https://elsewhere.test"},
    {"Origin": "http://doorstep.test:8001"},
    {"Origin": "http://doorstep.test.elsewhere.test"},
    {"Origin": "null"},
    {"Origin": "://"},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://doorstep.test"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://doorstep.test"},
    {"Origin": "https://doorstep.test"},
    {"Origin": "HTTP://DOORSTEP.TEST"},
]


@pytest.mark.parametrize("sent", ELSEWHERE)
@pytest.mark.parametrize("does", ["change:for-whom", "change", "check", "confirm", "add:household_members", "example"])
def test_no_step_of_a_form_begins_elsewhere(intake: Intake, sent: dict[str, str], does: str) -> None:
    pairs = [("_do", does), ("_key", FIXED), ("_answers", json.dumps(example())), ("applicant_name", "测试人员")]
    page = intake.client.post_form(APPLY, pairs, **sent)
    assert page.status == 403
    assert "从别的网站转过来的" in page.text
    assert f'href="{APPLY}"' in page.text  # the way on is the empty form
    assert FIXED not in page.text
    assert "测试人员" not in page.text
    told = intake.client.post_form(APPLY, pairs, Accept="application/json", **sent)
    assert (told.status, told.json["type"]) == (403, "urn:doorstep:problem:from-elsewhere")


@pytest.mark.parametrize("sent", OURS)
def test_our_own_pages_and_programs_pass(intake: Intake, sent: dict[str, str]) -> None:
    pairs = [("_do", "change:for-whom"), ("_key", FIXED), ("_answers", json.dumps(example()))]
    assert f'value="{FIXED}"' in intake.client.post_form(APPLY, pairs, **sent).text


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "POST"], ids=lambda route: route.path)
def test_every_page_that_takes_posts_is_guarded(intake: Intake, route: Route) -> None:
    path = route.path
    address = path.replace("{form}", FORM).replace("{reference}", "x")
    status = intake.client.post_form(address, [], **{"Sec-Fetch-Site": "cross-site"}).status
    # Programs' addresses take JSON, which no page elsewhere may send without asking first; a form of files it may.
    guarded = route.multipart or not path.startswith("/api/")
    assert status == (403 if guarded else 401 if "reference" in path else 415)


def test_nobody_is_shown_an_application_of_somebody_elses_choice(intake: Intake) -> None:
    stored = intake.submitted()
    pairs = [("reference", stored["reference"]), ("code", stored["access_code"])]
    page = intake.client.post_form("/track/", pairs, Origin="https://elsewhere.test")
    assert (page.status, stored["reference"] in page.text) == (403, False)
    assert intake.client.post_form("/track/", pairs, Origin="http://doorstep.test").status == 200


def test_behind_a_proxy_that_changes_the_host_the_public_address_counts(settings: ServeSettings) -> None:
    running = run_intake(settings, DOORSTEP_ORIGIN="https://public.test")
    for origin, status in (("https://public.test", 422), ("https://elsewhere.test", 403), ("http://public.test", 403)):
        assert running.client.post_form(APPLY, [("_do", "check")], Origin=origin).status == status
    # A foreign name that somebody pointed at this server: origin and host agree, and are not ours.
    rebound = {"Origin": "http://elsewhere.test", "Host": "elsewhere.test"}
    assert running.client.post_form(APPLY, [("_do", "check")], **rebound).status == 403
    running.function.stop()


def test_pages_let_their_own_posts_say_where_they_come_from() -> None:
    """With `no-referrer` browsers send `Origin: null`, which a page elsewhere can send too."""
    assert SECURITY_HEADERS["Referrer-Policy"] == "same-origin"
