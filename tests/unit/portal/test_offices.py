"""Every office follows from its kind and the divisions, and a guide names none that is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from doorstep.applications.offices import load_offices
from doorstep.portal.site import check_content

GUIDE = "docs/services/minimum-living-allowance.md"


def test_applications_find_their_offices(demo: Path) -> None:
    offices = load_offices(demo / "intake" / "offices.json")
    service = json.loads((demo / "intake" / "services.json").read_text(encoding="utf-8"))["minimum-living-allowance"]
    street = offices.in_role(service, "accept", "650203001001")
    assert (street.id, street.kind) == ("street-650203001", "street")
    assert offices.in_role(service, "decide", "650203001001").title == "克拉玛依区民政局"
    assert offices.in_role(service, "accept", "unknown").title == "市级窗口"
    assert offices.in_role({}, "accept", "650203001001").kind == "city-desk"
    assert len([office for office in offices.all if office.kind == "street"]) == 15
    assert offices.title("street-gone") == "street-gone"
    assert offices.get("street-gone") is None


def test_an_office_nobody_listed_is_a_finding(edit: Callable[[str, str, str], Path]) -> None:
    root = edit(GUIDE, "decide: 区民政局", "decide: 区财政局")
    (finding,) = check_content(root)
    assert finding.file == GUIDE
    assert "区财政局" in finding.problem
    assert "docs/_data/offices.yml" in finding.remedy


def test_a_kind_of_no_level_is_a_finding(edit: Callable[[str, str, str], Path]) -> None:
    (finding,) = check_content(edit("docs/_data/offices.yml", "level: district", "level: county"))
    assert "civil-affairs" in finding.problem
