"""A page that nobody has looked over for longer than the one interval says so, and is reported; it still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from doorstep.portal.checks.reviews import is_due
from doorstep.portal.facts.settings import SOURCE
from doorstep.portal.findings.rules import is_error
from doorstep.portal.site import check_content, load_portal

GUIDE = "docs/services/medical-assistance.md"
TODAY = dt.date(2027, 12, 1)
Edit = Callable[[str, str, str], Path]


def test_what_is_due_is_a_warning_with_its_line(edit: Edit) -> None:
    root = edit(GUIDE, "checked_on: 2026-11-22", "checked_on: 2026-11-30")
    found = [one for one in check_content(root, TODAY) if one.rule == "review-due"]
    assert GUIDE in {one.file for one in found}
    assert not any(map(is_error, found))
    (guide,) = (one for one in found if one.file == GUIDE)
    assert (root / GUIDE).read_text(encoding="utf-8").splitlines()[guide.line - 1] == "checked_on: 2026-11-30"
    assert [one for one in check_content(root, dt.date(2026, 12, 1)) if one.rule == "review-due"] == []


@pytest.mark.parametrize(
    ("today", "due"), [(dt.date(2027, 11, 22), False), (dt.date(2027, 11, 23), True), (None, False)]
)
def test_the_page_says_so_from_the_day_after(today: dt.date | None, due: bool) -> None:
    assert is_due({"checked_on": "2026-11-22"}, dt.timedelta(days=365), today) is due


@pytest.mark.parametrize("checked_on", ["2026-02-30", None, "昨天"])
def test_a_day_that_there_is_not_is_left_to_others(checked_on: str | None) -> None:
    assert not is_due({"checked_on": checked_on}, dt.timedelta(days=1), TODAY)


def test_the_interval_stands_once_and_decides(edit: Edit) -> None:
    root = edit(SOURCE, "review_after_days: 365", "review_after_days: 900")
    assert [one for one in check_content(root, TODAY) if one.rule == "review-due"] == []
    edit(SOURCE, "900", "3")
    line = (root / SOURCE).read_text(encoding="utf-8").split("review_after_days")[0].count("\n") + 1
    assert {(one.file, one.line) for one in check_content(root, TODAY)} >= {(SOURCE, line)}


@pytest.mark.parametrize(("built_on", "said"), [(TODAY, 1), (None, 0)])
def test_the_page_leads_to_people_on_the_day_it_is_built(content: Path, built_on: dt.date | None, said: int) -> None:
    portal = load_portal(content, demo=True, built_on=built_on)
    theme = Environment(loader=FileSystemLoader(content / "theme"), autoescape=True)
    part = theme.from_string('{% import "partials/macros.html" as ui with context %}{{ ui.due(facts) }}')
    icons = content / "theme" / ".icons" / "material"
    icons.mkdir(parents=True)
    (icons / "phone.svg").write_text("<svg/>")
    shown = part.render(portal=portal, facts={"checked_on": "2026-11-22"})
    assert shown.count("这一页该复核了") == shown.count('href="tel:12345"') == said
