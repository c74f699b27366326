"""Where the place of files does not answer, nothing is lost, and forms that ask for none go on."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, Intake
from tests.functional.papers import answers, fresh_key, out_of_order, photo, run_with_papers
from tests.functional.test_files_api import ask, sent
from tests.functional.test_problems import is_problem


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


def test_a_replay_is_answered_before_files_are_looked_at(intake: Intake, settings: ServeSettings) -> None:
    """Also when they rest where nobody can look, or were destroyed since."""
    key = fresh_key()
    given = answers(bills=[sent(intake, photo(), key)])
    first = intake.submit(given, key)
    assert first.status == 201
    with out_of_order(settings):
        again = intake.submit(given, key)
    assert (again.status, again.json["receipt"]) == (200, first.json["receipt"])
    other = intake.submit(given | {"home_address": "别处"}, key)
    assert is_problem(other, 409, "already-submitted")


def test_a_place_of_files_that_is_out_of_order_loses_no_application(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    given = answers(bills=[sent(intake, photo(), key)])
    check = {"answers": given, "submission_key": key}
    with out_of_order(settings):
        for answer in (intake.submit(given, key), intake.client.post_json(f"/api/forms/{FORM}/check", check)):
            assert is_problem(answer, 503, "files-unavailable")
            assert answer.headers["retry-after"]
        assert ask(intake, photo(), key).status == 503
        wrong = intake.submit(given | {"home_address": ""}, key)
        assert is_problem(wrong, 422, "invalid")
        kept = [("_key", key), ("_answers", json.dumps(given)), ("_do", "confirm")]
        page = intake.client.post_form(f"/apply/{FORM}/", kept, Accept="text/html")
        assert page.status == 503
        assert "还没有交" in page.text
        assert "确认提交" in page.text
        assert key in page.text
        form = intake.client.post_form(f"/apply/{FORM}/", [("_key", key), ("bills", given["bills"][0])])
        assert form.status == 422
        assert given["bills"][0] in form.text
        pressed = [("_key", key), ("applicant_name", "留着"), ("_do", "upload:bills")]
        down = intake.client.post_files(f"/apply/{FORM}/", pressed, [("_file-bills", photo(5))], Accept="text/html")
        assert down.status == 503
        assert "过几分钟再传一次" in down.text
        assert "留着" in down.text
        bare = answers(papers_how="window")
        assert intake.submit(bare, fresh_key()).status == 201
    assert intake.submit(given, key).status == 201
