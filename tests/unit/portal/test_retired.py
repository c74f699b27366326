"""A service that is no longer offered is in no list, and what was received of it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from doorstep.portal.facts.confirmed import unconfirmed
from doorstep.portal.findings.rules import is_error
from doorstep.portal.pages.form_pages import form_pages
from doorstep.portal.services import services
from doorstep.portal.site import check_content, load_portal

GUIDE, SERVICE = "docs/services/minimum-living-allowance.md", "minimum-living-allowance"
Edit = Callable[[str, str, str], Path]


def retired(edit: Edit, day: str = "2026-11-20") -> Path:
    return edit(GUIDE, "owner: portal-editors\n", f"retired_on: {day}\nowner: portal-editors\n")


def test_neither_build_offers_it(edit: Edit) -> None:
    root = retired(edit)
    assert check_content(root, date(2026, 11, 22)) == []
    for demo in (True, False):
        portal = load_portal(root, demo=demo)
        shown = {guide.id for guide in portal.guides}
        assert SERVICE not in shown
        assert "/services/minimum-living-allowance/" in portal.gone  # so nothing leads there
        assert SERVICE not in {page.form for page in form_pages(root, shown, demo=demo)}
    assert GUIDE not in {page.file for page in unconfirmed(root)}  # nobody need confirm it any more


def test_its_applications_have_all_they_had(edit: Edit, content: Path) -> None:
    before = load_portal(content, demo=True)
    known = services(before.every_guide, before.laws, before.remedies, before.offices)
    after = load_portal(retired(edit), demo=True)
    gone = {guide.id for guide in after.every_guide} - {guide.id for guide in after.guides}
    still = services(after.every_guide, after.laws, after.remedies, after.offices, gone)
    assert still[SERVICE] == known[SERVICE] | {"open": False}


def test_pages_that_still_lead_there_are_named_and_stop_nothing(edit: Edit) -> None:
    root = retired(edit)
    about = root / "docs" / "about.md"
    about.write_text(
        about.read_text(encoding="utf-8") + f"\n见[低保](/services/{SERVICE}/#bring)。\n", encoding="utf-8"
    )
    (found,) = check_content(root, date(2026, 11, 22))
    assert (found.file, found.rule, is_error(found)) == ("docs/about.md", "link-retired", False)


def test_its_address_says_so_where_the_guide_was_shown(edit: Edit) -> None:
    root = retired(edit)
    assert set(load_portal(root, demo=True).retired) == {GUIDE.removeprefix("docs/")}
    assert load_portal(root, demo=False).retired == {}  # which never showed it
    edit(GUIDE, "owner: ", "confirmed_by: 区民政局\nconfirmed_on: 2026-11-01\nowner: ")
    assert set(load_portal(root, demo=False).retired) == {GUIDE.removeprefix("docs/")}


def test_the_day_has_come(edit: Edit) -> None:
    (found,) = check_content(retired(edit, "2026-12-01"), date(2026, 11, 22))
    assert (found.file, found.rule) == (GUIDE, "day-to-come")
