"""What is asked only after approval is a form of its own, which guides name, and with which nobody applies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from doorstep.forms.library import load_library
from doorstep.portal.pages.form_pages import form_pages
from doorstep.portal.services import services
from doorstep.portal.site import check_content, load_portal

GUIDE, FORM = "docs/services/minimum-living-allowance.md", "payment-account"
Edit = Callable[[str, str, str], Path]


def test_a_guide_names_what_is_asked_and_no_page_applies_with_it(content: Path) -> None:
    portal = load_portal(content, demo=True)
    known = services(portal.guides, portal.laws, portal.remedies, portal.offices)
    assert known["minimum-living-allowance"]["after_approval"] == FORM
    assert FORM not in {page.form for page in form_pages(content, {guide.id for guide in portal.guides}, demo=True)}
    library = load_library(content / "schemas")
    assert (library.current(FORM), FORM in library.ids()) == (None, False)
    form = library.after_approval(FORM)
    assert form is not None
    assert library.find(FORM, form.version) is form
    assert library.after_approval("minimum-living-allowance") is None


def test_no_application_asks_for_an_account(content: Path) -> None:
    """Until it is approved nobody holds one: not even a form of tomorrow may ask for it."""
    for form in load_library(content / "schemas").forms.values():
        everything = [part for field in form.fields for part in (field, *field.fields)]
        assert not [field.name for field in everything if field.kind == "bank-card"], form.id


def test_a_guide_that_asks_with_a_form_of_another_sort_is_told(edit: Edit) -> None:
    root = edit(GUIDE, f"after_approval: {FORM}", "after_approval: minimum-living-allowance")
    (found, *others) = check_content(root)
    assert (found.file, found.problem) == (GUIDE, "没有批准以后才问的表 minimum-living-allowance")
    assert FORM in found.remedy
    assert all(other.problem == "没有指南在批准以后问这张表" for other in others)


def test_a_form_nobody_asks_is_told(content: Path) -> None:
    for path in (content / "docs/services").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"after_approval: {FORM}\n", "# asks nothing after approval\n"), encoding="utf-8")
    (found,) = check_content(content)
    assert (found.file, found.problem) == (f"schemas/forms/{FORM}.json", "没有指南在批准以后问这张表")


def test_a_form_belongs_to_a_guide_or_is_asked_after_approval_and_never_both(content: Path) -> None:
    path = content / f"schemas/forms/{FORM}.json"
    form = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(form | {"x-service": "minimum-living-allowance"}), encoding="utf-8")
    assert ("/x-service", "keyword-unknown") in {(found.pointer, found.rule) for found in check_content(content)}
    form.pop("x-asked")
    path.write_text(json.dumps(form), encoding="utf-8")
    assert any("x-service" in found.remedy for found in check_content(content))
    path.write_text("{", encoding="utf-8")
    assert any(found.file.endswith(f"{FORM}.json") for found in check_content(content))
