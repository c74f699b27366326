"""What the intake reads of each service."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doorstep.portal.services import services
from doorstep.portal.site import load_portal

GUIDE = "docs/services/minimum-living-allowance.md"
BY_57 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"


@pytest.fixture(scope="session")
def allowance(demo: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((demo / "intake" / "services.json").read_text(encoding="utf-8"))
    service: dict[str, Any] = known["minimum-living-allowance"]
    return service


def test_the_service_knows_form_and_guide(allowance: dict[str, Any]) -> None:
    assert allowance["title"] == "申请低保"
    assert (allowance["form"], allowance["guide"]) == (
        "minimum-living-allowance", "/services/minimum-living-allowance/",
    )  # fmt: skip


def test_the_limit_runs_from_acceptance_and_cites_its_article(allowance: dict[str, Any]) -> None:
    assert allowance["limits"] == [
        {
            "id": "decision", "from": "accepted", "days": 30, "at_most": 45, "unit": "working_day",
            "basis": BY_57 + "第二十二条", "statutory": True,
        }
    ]  # fmt: skip


def test_silence_accepts_nothing(allowance: dict[str, Any]) -> None:
    assert allowance["acceptance"] == {"missing_told": "once", "if_silent": "none", "basis": BY_57 + "第十条"}


def test_what_must_be_signed_and_by_whom(allowance: dict[str, Any]) -> None:
    assert [(paper["id"], paper["who"], paper["basis"]) for paper in allowance["signatures"]] == [
        ("income-check", "each_adult", BY_57 + "第九条"),
        ("mandate", "agent", BY_57 + "第六条"),
    ]


def test_each_stage_names_the_office_that_holds_it(allowance: dict[str, Any]) -> None:
    assert [(stage["id"], stage["office_title"]) for stage in allowance["stages"]] == [
        ("inquiry", "户口所在的街道（乡镇）"),
        ("public_notice", "户口所在的街道（乡镇）"),
        ("confirmation", "区民政局"),
    ]


def test_a_confirmed_commitment_is_not_called_statutory(edit: Callable[[str, str, str], Path]) -> None:
    root = edit(
        GUIDE, "at_most: 45, unit: working_day, basis: approval-2021 第二十二条",
        "unit: working_day, confirmed_by: 区民政局, confirmed_on: 2026-11-01",
    )  # fmt: skip
    portal = load_portal(root, demo=True)
    known = services(portal.guides, portal.laws, portal.remedies, portal.offices)
    (limit,) = known["minimum-living-allowance"]["limits"]
    assert (limit["statutory"], limit["confirmed_on"]) == (False, "2026-11-01")


def test_a_stage_that_must_last_cites_its_rule(edit: Callable[[str, str, str], Path]) -> None:
    least = "at_least: {days: 7, unit: calendar_day, basis: approval-2021 第二十二条}"
    root = edit(GUIDE, "公示7天, office: accept}", f"公示7天, office: accept, {least}}}")
    portal = load_portal(root, demo=True)
    known = services(portal.guides, portal.laws, portal.remedies, portal.offices)
    posted = known["minimum-living-allowance"]["stages"][1]
    assert posted["at_least"] == {"days": 7, "unit": "calendar_day", "basis": BY_57 + "第二十二条"}
