"""What a guide's mandate implies stands in every guide alike, and a form that asks in what right one acts is heeded."""

from __future__ import annotations

import pytest

from doorstep.applications.called_for import is_called_for
from doorstep.forms.agents import ACTING, AGENT_IDENTITY, GUARDIAN
from doorstep.portal.checks.paper_checks import questions_of
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.implied_papers import with_implied
from tests.this_city import ROOT, this_portal

GUIDES = [guide for guide in this_portal().guides if guide.form]
MANDATE = {"id": "mandate", "how": "signed", "who": "agent"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.id)
def test_whoever_may_file_for_another_is_told_to_bring_their_own_identity_card(guide: Guide) -> None:
    papers = {paper["id"]: paper for paper in guide.facts["materials"]}
    asked = questions_of(ROOT / "schemas", str(guide.form)) or {}
    assert (AGENT_IDENTITY in papers) == ("filing_for" in asked)
    if ACTING not in asked:
        return
    assert papers["mandate"]["only_if"] == {ACTING: ["entrusted"]}, "the form asks, and the guide heeds it"
    assert is_called_for(papers[GUARDIAN], {"filing_for": "family", ACTING: GUARDIAN})


def test_a_guide_says_it_its_own_way_and_without_a_form_nothing_is_implied() -> None:
    own = {"id": GUARDIAN, "title": "户口簿", "how": "shown"}
    page = {"form": "a", "materials": [own, MANDATE | {"only_if": {ACTING: ["entrusted"]}}]}
    assert [paper["id"] for paper in with_implied(page)["materials"]] == [GUARDIAN, "mandate", AGENT_IDENTITY]
    assert with_implied(page)["materials"][0] == own
    at_counter = {"materials": [MANDATE]}
    assert with_implied(at_counter) == at_counter
    assert [paper["id"] for paper in with_implied({"form": "a", "materials": [own]})["materials"]] == [GUARDIAN]
