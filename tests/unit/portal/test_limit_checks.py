"""No guide may give an office more time than the law, nor stretch what it does not cite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from doorstep.portal.findings.rules import WARNING, severity
from doorstep.portal.services import services
from doorstep.portal.site import check_content, load_portal

GUIDE = "docs/services/minimum-living-allowance.md"
LAW = "{id: decision, from: accepted, days: 30, at_most: 45, unit: working_day, basis: approval-2021 第二十二条}"
BY = "confirmed_by: 区民政局, confirmed_on: 2026-11-01}"
Edit = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (LAW.replace("at_most: 45", "at_most: 20"), "at_most（20）比 days（30）还短"),
        ("{id: decision, from: accepted, days: 10, at_most: 20, unit: working_day, " + BY, "没有依据就不能延长"),
        (f"{LAW}, {LAW.replace('days: 30', 'days: 20')}", "有两条 decision"),
        (LAW + ", {id: decision, from: accepted, days: 31, unit: working_day, " + BY, "承诺的 31 比法定的 30 长"),
        (LAW + ", {id: decision, from: accepted, days: 43, unit: calendar_day, " + BY, "承诺的 43 比法定的 30 长"),
        (
            LAW + ", {id: decision, from: accepted, days: 20, unit: working_day, " + BY.replace("区民政局", "局里"),
            "confirmed_by “局里”不在单位的名单里",
        ),
        (LAW.replace("decision", "acceptance"), "期限的 id 不能叫 acceptance"),
        (LAW.replace("days: 30, at_most: 45", "days: 401"), "limits.0.days：写法不对"),
        (LAW.replace("at_most: 45", "at_most: 401"), "limits.0.at_most：写法不对"),
    ],
)
def test_a_limit_that_contradicts_the_law_is_told(edit: Edit, new: str, problem: str) -> None:
    (found,) = check_content(edit(GUIDE, LAW, new))
    assert (found.file, found.line, found.problem) == (GUIDE, 20, problem)


def test_what_is_applied_for_here_is_not_done_on_the_spot(edit: Edit) -> None:
    at_once = "{id: decision, from: received, unit: on_the_spot, basis: approval-2021 第二十二条}"
    (found,) = check_content(edit(GUIDE, LAW, at_once))
    assert (found.rule, found.line) == ("limit-at-once", 20)


def test_what_is_done_on_the_spot_has_no_days(edit: Edit) -> None:
    new = "{id: other, from: received, days: 1, unit: on_the_spot, basis: approval-2021 第二十二条}"
    found = check_content(edit(GUIDE, LAW, f"{LAW}, {new}"))
    assert ("limits.1：写法不对", 20) in [(one.problem, one.line) for one in found]


@pytest.mark.parametrize(
    "new",
    [
        LAW + ", {id: decision, from: accepted, days: 10, unit: working_day, " + BY,
        LAW + ", {id: decision, from: received, days: 40, unit: working_day, " + BY,
        LAW + ", {id: payment, from: accepted, days: 60, unit: working_day, " + BY,
    ],
)
def test_a_commitment_within_the_law_stands(edit: Edit, new: str) -> None:
    assert check_content(edit(GUIDE, LAW, new)) == []


def test_what_is_counted_otherwise_than_by_the_law_is_told_and_stands(edit: Edit) -> None:
    root = edit(GUIDE, LAW, LAW + ", {id: decision, from: accepted, days: 42, unit: calendar_day, " + BY)
    (found,) = check_content(root)
    assert (found.rule, found.line, severity(found)) == ("limit-unit-differs", 20, WARNING)
    assert len(load_portal(root, demo=True).guides) == 3


def test_nothing_is_confirmed_tomorrow(edit: Edit) -> None:
    root = edit(GUIDE, LAW, LAW + ", {id: decision, from: accepted, days: 10, unit: working_day, " + BY)
    (found,) = [each for each in check_content(root, date(2026, 10, 30)) if "confirmed" in each.problem]
    assert (found.line, found.problem) == (20, "confirmed_on 还没有到")
    assert check_content(root, date(2026, 11, 22)) == check_content(root) == []


def test_a_pause_and_its_basis_reach_the_functions(edit: Edit) -> None:
    root = edit(GUIDE, LAW, LAW[:-1] + ", pauses: {while: returned, basis: approval-2021 第十条}}")
    portal = load_portal(root, demo=True)
    (limit,) = services(portal.guides, portal.laws, portal.remedies, portal.offices)["minimum-living-allowance"][
        "limits"
    ]
    assert limit["pauses"] == {"while": "returned", "basis": "《最低生活保障审核确认办法》（民发〔2021〕57号）第十条"}


@pytest.mark.parametrize("pauses", ["{while: returned}", "{while: accepted, basis: approval-2021 第十条}"])
def test_a_pause_without_a_cited_rule_is_refused(edit: Edit, pauses: str) -> None:
    found = check_content(edit(GUIDE, LAW, LAW[:-1] + f", pauses: {pauses}}}"))
    assert [each.line for each in found] == [20]


def test_telling_within_days_says_which_days(edit: Edit) -> None:
    (found,) = check_content(edit(GUIDE, "if_silent: none, basis", "if_silent: none, notify_within: 5, basis"))
    assert "缺少 unit" in found.problem
