"""By when an application is answered, as its resident reads it on the page and programs in the API."""

from __future__ import annotations

from typing import Any

from chalicelib.due import due
from tests.functional.house import Answer, Intake

BEFORE = "还没有正式受理；正式受理后30个工作日内有结果（依据某办法第一条）"


def own(intake: Intake, stored: Any) -> Answer:
    code = {"Authorization": f"Bearer {stored['access_code']}"}
    return intake.client.get(f"/api/applications/{stored['reference']}", **code)


def page(intake: Intake, stored: Any) -> str:
    return intake.client.post_form(
        "/track/", [("reference", stored["reference"]), ("code", stored["access_code"]), ("_do", "follow")]
    ).text


def test_before_acceptance_there_is_no_date_yet(intake: Intake) -> None:
    stored = intake.submitted()
    answered = own(intake, stored).json
    assert (answered["respond_by"], answered["respond_by_words"]) == (None, BEFORE)
    day, _, behind = BEFORE.removesuffix("）").partition("（")
    shown = page(intake, stored).replace("\n", "")
    assert f'<dt>什么时候有结果</dt><dd>{day}</dd><dd class="ds-behind">{behind}</dd>' in shown


def test_a_withdrawn_application_waits_for_nothing(intake: Intake) -> None:
    stored = intake.submitted()
    withdrawn = intake.client.post_json(
        f"/api/applications/{stored['reference']}/withdrawal", {"reason": "x"},
        Authorization=f"Bearer {stored['access_code']}",
    ).json  # fmt: skip
    assert (withdrawn["respond_by"], withdrawn["respond_by_words"]) == (None, "")
    assert "什么时候有结果" not in page(intake, stored)


def test_acceptance_gives_the_date_and_time_passing_says_so(intake: Intake) -> None:
    stored = intake.submitted()
    house = intake.function.start()
    head = house.desk.store.head(stored["reference"])
    token = house.desk.keys.signer.sign({"type": "accepted", "at": "2026-11-23T02:00:00Z"})
    accepted = head._replace(events=(*head.events, token))
    intake.time.pass_(days=2)
    found = due(house, accepted)
    assert str(found.by) == "2027-01-05"
    assert found.words == (
        "最晚2027年1月5日（从正式受理起30个工作日，依据某办法第一条，放假安排还没有全部公布，日子可能差几天）"
    )
    intake.time.pass_(days=60)
    assert due(house, accepted).words == found.words + "，已经过了这一天"


def test_a_service_no_longer_published_says_nothing(intake: Intake) -> None:
    stored = intake.submitted()
    house = intake.function.start()
    head = house.desk.store.head(stored["reference"])
    gone = due(house, head._replace(service="gone"))
    assert (gone.by, gone.words, gone.correcting) == (None, "", "")
