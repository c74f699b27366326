"""Names in Uyghur, Kazakh or Latin script beside Chinese labels and digits: each in the direction of its own script.

A picture of each page is kept in tests/shots for people to look at.
"""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.test_looks import keep

NAMES: Mapping[str, str] = {
    "ئايگۈل ئابلەت": "rtl",
    "Айгүл Әбілқызы": "ltr",
    "Aygul Ablet": "ltr",
    "阿依古丽·阿布来提": "ltr",
}
ADDRESS = "بەخت كوچىسى 12-نومۇر 3号楼"

DIRECTION = "one => getComputedStyle(one).direction"
ALONE = "one => getComputedStyle(one).unicodeBidi"


def fill(page: Page, name: str) -> None:
    page.goto("/apply/minimum-living-allowance/")
    steps.fill_for_whom(page)
    steps.fill_applicant(page)
    page.locator("#applicant_name").fill(name)
    steps.fill_home(page)
    page.locator("#home_address").fill(ADDRESS)


def test_a_field_turns_with_what_is_typed(plain_page: Page) -> None:
    for name, direction in NAMES.items():
        fill(plain_page, name)
        assert plain_page.locator("#applicant_name").evaluate(DIRECTION) == direction
        assert plain_page.locator("#home_address").evaluate(DIRECTION) == "rtl"
        assert plain_page.locator("#phone").evaluate(DIRECTION) == "ltr"
    fill(plain_page, next(iter(NAMES)))
    keep(plain_page, "directions", "form")


def test_what_was_typed_comes_back_in_its_own_direction(plain_page: Page) -> None:
    page = plain_page
    name = next(iter(NAMES))
    fill(page, name)
    steps.fill_income(page)
    page.locator("#has_household--false").check()
    steps.fill_truth(page)
    page.get_by_role("button", name="继续").last.click()
    if page.locator("#error-summary").count():  # every question that was not answered; the name is none of them
        assert page.locator("#applicant_name").input_value() == name
        assert not page.locator("#applicant_name-error").count()
        assert page.locator("#applicant_name").evaluate(DIRECTION) == "rtl"
        keep(page, "directions", "again")
        page.get_by_role("button", name="用测试人员填好").click()
        page.locator("#applicant_name").fill(name)
        page.locator("#home_address").fill(ADDRESS)
        page.get_by_role("button", name="继续").last.click()
    expect(page.locator(".ds-not-sent")).to_be_visible()
    hold(page, name, "answers")
    steps.confirm(page)
    slip = steps.read_slip(page)
    steps.follow(page, slip)
    page.get_by_role("button", name="看我填的内容").click()
    expect(page.get_by_role("heading", name="我填的内容")).to_be_visible()
    hold(page, name, "own-answers")


def hold(page: Page, name: str, kind: str) -> None:
    for typed in (name, ADDRESS):
        said = page.locator("bdi", has_text=typed).first
        assert (said.evaluate(DIRECTION), said.evaluate(ALONE)) == ("rtl", "isolate")
        # Its label and the line it stands in keep theirs.
        assert said.evaluate("one => getComputedStyle(one.closest('dd')).direction") == "ltr"
        assert said.evaluate("one => one.getBoundingClientRect().right <= innerWidth")
    keep(page, "directions", kind)
