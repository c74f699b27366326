"""Who says to have filed an application for somebody is held to the register, before anybody decides."""

from __future__ import annotations

import secrets

import pytest

from chalicelib.answers import confirm
from doorstep.applications.keys import mint_submission_key
from doorstep.counter.staff import Staff
from office.words import NOT_REGISTERED, NOT_SIGNED_IN
from tests.functional.house import FORM
from tests.functional.office.hall import DISTRICT, Hall, Tab, opened, to_the_district
from tests.functional.office.people import house_of


def filed(hall: Hall, filer: str) -> str:
    """An application that this staff id stands in, on intake's word."""
    key = mint_submission_key(secrets.token_bytes)
    submitted, _ = confirm(hall.intake.function.start(), FORM, None, key, hall.answers, filer=filer)
    assert submitted is not None
    return submitted.reference


def revoked(hall: Hall, staff: Staff, at: str) -> None:
    house_of(hall.office).records.staff.put(staff._replace(revoked_at=at))


def test_a_filer_nobody_knows_is_told_to_who_opens_and_to_who_decides(hall: Hall) -> None:
    clerk, reference = hall.person(), filed(hall, "s-nobody")
    assert NOT_REGISTERED in Tab(clerk).open(f"/applications/{reference}").text
    assert NOT_REGISTERED in opened(clerk, reference).text
    assert NOT_REGISTERED in Tab(clerk).open(f"/applications/{reference}/steps/accept").text
    to_the_district(clerk, reference)
    decider = hall.person("decider", DISTRICT)
    for path in ("", "/steps/approve", "/steps/refuse"):
        assert NOT_REGISTERED in Tab(decider).open(f"/applications/{reference}{path}").text


@pytest.mark.parametrize(
    ("at", "doubted"), [("2026-11-01T00:00:00Z", True), ("2099-01-01T00:00:00Z", False), ("", False)]
)
def test_a_pass_of_somebody_who_was_revoked_counts_for_what_was_filed_before(
    hall: Hall, at: str, doubted: bool
) -> None:
    filer, clerk = hall.hired(name="替填的"), hall.person()
    reference = filed(hall, filer.id)
    revoked(hall, filer, at)
    page = Tab(clerk).open(f"/applications/{reference}")
    assert (NOT_REGISTERED in page.text) == doubted
    assert "工作人员替居民填" in page.text


def test_who_only_says_to_be_of_the_community_is_called_so(hall: Hall) -> None:
    said = {"filing_for": "community", "agent_name": "测试代办", "agent_statement": True, "acting_as": "entrusted"}
    page = Tab(hall.person()).open(f"/applications/{hall.reference(**said)}")
    assert page.text.count(NOT_SIGNED_IN) == 2, "among the facts, and in the journal"
    assert NOT_REGISTERED not in page.text
    assert NOT_SIGNED_IN not in Tab(hall.person(name="乙")).open(f"/applications/{hall.reference()}").text
