"""A service that the site no longer offers takes no new application; what was received goes on as before."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, Intake, example, run_intake
from tests.functional.html_pages import Browser

PAGE, API = f"/apply/{FORM}/", f"/api/forms/{FORM}"


@pytest.fixture
def before(settings: ServeSettings) -> Iterator[Intake]:
    running = run_intake(settings)
    yield running
    running.function.stop()


def closed(settings: ServeSettings) -> Intake:
    """The same intake, started again after a build that left the guide out."""
    path = settings.build / "intake" / "services.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known[FORM]["open"] = False
    path.write_text(json.dumps(known), encoding="utf-8")
    page = settings.build / "site" / "apply" / FORM / "index.html"
    page.unlink()
    return run_intake(settings)


def test_nothing_new_is_taken_and_people_are_told_where_to_go(settings: ServeSettings) -> None:
    intake = closed(settings)
    key = "AAECAwQFBgcICQoLDA0ODw"
    pages = [
        intake.client.get(f"{PAGE}?counter=any"),  # as staff open it; the plain address is the 404 of the site
        *(intake.client.post_form(PAGE, [("_do", verb), ("_key", key)]) for verb in ("check", "add:x", "change")),
        intake.client.post_form(PAGE, [("_do", "confirm"), ("_key", key), ("_answers", json.dumps(example()))]),
    ]
    assert [page.status for page in pages] == [404] * 5
    assert all("这件事现在不能在网上申请" in page.text and "12345" in page.text for page in pages)
    asked = [
        intake.client.get(API),
        intake.client.post_json(f"{API}/check", {"answers": example()}),
        intake.client.post_json(f"{API}/files", {"digest": "A" * 43, "size": 3}),
        intake.submit(example(), key),
    ]
    assert [answer.json["type"] for answer in asked] == ["urn:doorstep:problem:not-offered"] * 4
    assert FORM not in [form["id"] for form in intake.client.get("/api/forms").json["forms"]]
    assert FORM not in intake.client.get("/api/openapi.json").json["components"]["schemas"]
    intake.function.stop()


def test_what_was_received_is_followed_replayed_and_withdrawn(settings: ServeSettings, before: Intake) -> None:
    checked = before.check(example()).json
    received = before.submit(checked["answers"], checked["submission_key"]).json
    before.function.stop()
    intake = closed(settings)
    again = intake.submit(checked["answers"], checked["submission_key"])
    assert (again.status, again.json["receipt"]) == (200, received["receipt"])
    pressed_again = intake.client.post_form(
        PAGE,
        [("_do", "confirm"), ("_key", checked["submission_key"]), ("_answers", json.dumps(checked["answers"]))],
    )
    assert pressed_again.status in (200, 201)
    assert received["reference"] in pressed_again.text.replace(" ", "")
    browser = Browser(intake.client)
    browser.answer = intake.client.post_form(
        "/track/", [("reference", received["reference"]), ("code", received["access_code"])]
    )
    assert browser.answer.status == 200
    authorised = {"Authorization": f"Bearer {received['access_code']}"}
    withdrawn = intake.client.post_json(
        f"/api/applications/{received['reference']}/withdrawal", {"reason": "不需要了"}, **authorised
    )
    assert withdrawn.status == 200
    after = intake.client.post_form(
        "/track/", [("reference", received["reference"]), ("code", received["access_code"])]
    )
    assert f'href="{PAGE}"' not in after.text, "nobody is sent to a form that is not offered"
    assert "可以重新申请" not in browser.page.text + after.text
    assert "以后要办，打12345问到哪里办" in after.text
    intake.function.stop()
