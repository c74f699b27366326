"""The programs' way, end to end."""

from __future__ import annotations

import json

import pytest

from doorstep.applications.receipt import proves, verify_receipt
from doorstep.applications.signing import PublicKeys
from doorstep.forms.library import load_library
from tests.functional.house import FORM, ROOT, Intake, example


def test_the_forms_are_listed_and_their_schemas_shown(intake: Intake) -> None:
    listed = intake.client.get("/api/forms").json["forms"]
    versions = {form["id"]: form["version"] for form in listed}
    library = load_library(ROOT / "schemas")
    assert versions == {form.id: form.version for form in library.forms.values()}
    assert not versions.keys() & {form.id for form in library.asked_after_approval()}, "none asked only after approval"
    shown = intake.client.get(f"/api/forms/{FORM}")
    assert shown.json["title"] == "申请低保"
    assert shown.headers["etag"] == f'"{versions[FORM]}"'


def test_check_gives_the_answers_as_understood_and_stores_nothing(intake: Intake) -> None:
    before = (intake.settings.var / "applications.sqlite3").read_bytes()
    checked = intake.check(example() | {"income_work": " ６００元 "})
    assert checked.status == 200
    assert checked.json["answers"]["income_work"] == "600"
    assert len(checked.json["submission_key"]) == 22
    assert (intake.settings.var / "applications.sqlite3").read_bytes() == before


def test_check_keeps_the_key_it_is_given(intake: Intake) -> None:
    key = intake.check(example()).json["submission_key"]
    again = intake.client.post_json(f"/api/forms/{FORM}/check", {"answers": example(), "submission_key": key})
    assert again.json["submission_key"] == key


def test_submitting_gives_a_receipt_that_verifies_with_the_published_keys(intake: Intake) -> None:
    checked = intake.check(example()).json
    stored = intake.submit(checked["answers"], checked["submission_key"])
    assert stored.status == 201
    keys = PublicKeys.from_jwk_set(intake.client.get("/api/keys").json)
    facts = verify_receipt(stored.json["receipt"], keys)
    assert facts.reference == stored.json["reference"]
    assert facts.form == FORM
    assert facts.filed_by == "applicant"


def test_the_holder_of_the_code_reads_what_was_sent_and_can_prove_it(intake: Intake) -> None:
    checked = intake.check(example() | {"income_work": "６００"}).json
    stored = intake.submit(checked["answers"], checked["submission_key"]).json
    bearer = {"Authorization": f"Bearer {stored['access_code']}"}
    own = intake.client.get(f"/api/applications/{stored['reference']}", **bearer).json
    assert own["answers"] == checked["answers"]
    facts = verify_receipt(own["receipt"], PublicKeys.from_jwk_set(intake.client.get("/api/keys").json))
    assert proves(facts, own["answers"], own["commitment_key"])
    assert not proves(facts, own["answers"] | {"income_work": "601"}, own["commitment_key"])


def test_another_reason_under_the_same_event_id_is_not_swallowed(intake: Intake) -> None:
    checked = intake.check(example()).json
    stored = intake.submit(checked["answers"], checked["submission_key"]).json
    address = f"/api/applications/{stored['reference']}/withdrawal"
    bearer = {"Authorization": f"Bearer {stored['access_code']}"}
    event_id = "AAECAwQFBgcICQoLDA0ODw"
    assert intake.client.post_json(address, {"reason": "甲", "event_id": event_id}, **bearer).status == 200
    other = intake.client.post_json(address, {"reason": "乙", "event_id": event_id}, **bearer)
    assert (other.status, other.json["type"]) == (409, "urn:doorstep:problem:already-taken")


def test_a_replay_is_the_same_byte_for_byte(intake: Intake) -> None:
    checked = intake.check(example()).json
    first = intake.submit(checked["answers"], checked["submission_key"])
    intake.time.pass_(minutes=29)
    again = intake.submit(checked["answers"], checked["submission_key"])
    assert (first.status, again.status) == (201, 200)
    assert again.content == first.content
    intake.time.pass_(minutes=2)
    late = intake.submit(checked["answers"], checked["submission_key"]).json
    assert late == first.json | {"access_code": None}


def test_the_same_key_with_other_content_is_refused_with_the_time(intake: Intake) -> None:
    checked = intake.check(example()).json
    intake.submit(checked["answers"], checked["submission_key"])
    other = intake.submit(checked["answers"] | {"income_work": "700"}, checked["submission_key"])
    assert other.status == 409
    assert "2026年11月22日13点04分（北京时间）收到了" in other.json["detail"]


def test_a_known_key_is_answered_before_anything_is_validated(intake: Intake) -> None:
    checked = intake.check(example()).json
    intake.submit(checked["answers"], checked["submission_key"])
    assert intake.submit({"nothing": "of the form"}, checked["submission_key"]).status == 409


def test_an_application_is_followed_and_withdrawn_once(intake: Intake) -> None:
    stored = intake.submitted()
    bearer = {"Authorization": f"Bearer {stored['access_code']}"}
    address = f"/api/applications/{stored['reference']}"
    assert intake.client.get(address, **bearer).json["status"] == "received"
    key = intake.check(example()).json["submission_key"]
    step = {"reason": "不需要了", "event_id": key}
    withdrawn = intake.client.post_json(f"{address}/withdrawal", step, **bearer)
    assert (withdrawn.status, withdrawn.json["status"]) == (200, "withdrawn")
    assert intake.client.post_json(f"{address}/withdrawal", step, **bearer).content == withdrawn.content
    assert intake.client.post_json(f"{address}/withdrawal", {"reason": "再来"}, **bearer).status == 409
    lines = [event["type"] for event in intake.client.get(address, **bearer).json["events"]]
    assert lines == ["received", "withdrawn"]


def test_wrong_reference_and_wrong_code_cannot_be_told_apart(intake: Intake) -> None:
    one, two = intake.submitted(), intake.submitted()
    wrong_code = intake.client.get(
        f"/api/applications/{one['reference']}", Authorization=f"Bearer {two['access_code']}"
    )
    unknown = intake.client.get("/api/applications/0000-0000-0000-0", Authorization=f"Bearer {two['access_code']}")
    assert (wrong_code.status, wrong_code.content) == (unknown.status, unknown.content)
    assert wrong_code.status == 404
    assert {**wrong_code.headers} == {**unknown.headers}


def test_all_errors_come_at_once_with_pointer_keyword_and_message(intake: Intake) -> None:
    answers = example() | {"applicant_id": "12345", "income_work": "many", "household_members": [{"name": "某"}]}
    refused = intake.check(answers)
    assert refused.status == 422
    found = {(error["pointer"], error["keyword"]) for error in refused.json["errors"]}
    assert ("/household_members/0/relation", "required") in found
    assert {pointer for pointer, _ in found} >= {"/applicant_id", "/income_work", "/household_members/0/resident_id"}
    assert "12345" not in json.dumps(refused.json)
    assert all(error["message"] for error in refused.json["errors"])


@pytest.mark.parametrize("path", ["/api/health", "/api/forms", f"/api/forms/{FORM}", "/api/keys", "/api/openapi.json"])
def test_head_answers_like_get_without_a_body(intake: Intake, path: str) -> None:
    got, head = intake.client.get(path), intake.client.request("HEAD", path)
    assert head.status == got.status == 200
    assert head.headers == got.headers
    assert head.content == b""
