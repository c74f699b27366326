"""No post of 64 KB makes a page larger than a megabyte, whichever way the page came about."""

from __future__ import annotations

import json

import pytest

from tests.functional.house import FORM, Intake

KEY = "AAECAwQFBgcICQoLDA0ODw"
RETIRED = "0" * 64
MEMBERS = "household_members"


@pytest.mark.parametrize("item", [1, {}, {"name": "x"}, {"x": "x"}])
def test_answers_to_a_retired_form_are_read_before_they_are_shown(intake: Intake, item: object) -> None:
    household = {"has_household": True, MEMBERS: [item] * 1_000}
    answers = json.dumps({**household, "filing_for": "self", "agent_name": "不再问的"})
    pairs = [("_do", "confirm"), ("_version", RETIRED), ("_key", KEY), ("_answers", answers)]
    page = intake.client.post_form(f"/apply/{FORM}/", pairs)
    assert page.status == 410
    assert len(page.content) < 1_000_000
    assert page.text.count('class="ds-item"') <= 13
    assert "不再问的" not in page.text


@pytest.mark.parametrize("do", ["check", f"add:{MEMBERS}", f"remove:{MEMBERS}:2", "change", "confirm"])
@pytest.mark.parametrize("version", ["", RETIRED])
def test_a_thousand_members_are_not_shown(intake: Intake, do: str, version: str) -> None:
    pairs = [("_do", do), ("_version", version), ("_key", KEY)]
    pairs += [("_answers", json.dumps({"has_household": True, MEMBERS: [{"name": "x"}] * 1_000}))]
    pairs += [("has_household", "true")]
    pairs += [(f"{MEMBERS}-{index}-name", "x") for index in range(999)]
    page = intake.client.post_form(f"/apply/{FORM}/", pairs)
    assert page.status in {200, 410, 422}
    assert len(page.content) < 1_000_000
    assert page.text.count('class="ds-item"') == 13
