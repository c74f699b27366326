"""The way through the form for help with medical costs, one step after the other, with scripts or without."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import steps

FORM = "/apply/medical-assistance/"
SOME_NOT = "#settled--some_not"


def open_form(page: Page) -> None:
    page.goto("/services/medical-assistance/")
    expect(page.locator("main")).to_contain_text("低保、特困不用申请，医院直接结算")
    page.get_by_role("link", name="在网上申请").first.click()
    expect(page.locator("#application-form")).to_be_visible()


def gate(page: Page) -> None:
    page.locator("#aided--neither").check()


def for_whom(page: Page) -> None:
    page.locator("#filing_for--self").check()


def applicant(page: Page) -> None:
    page.locator("#applicant_name").fill("测试人员")
    page.locator("#applicant_id").fill(steps.APPLICANT_ID)
    page.locator("#community").select_option("650203001001")


def patient(page: Page) -> None:
    page.locator("#patient_is_applicant--true").check()
    page.locator("#insurance_kind--resident").check()
    page.locator("#insured_where--here").check()


def bill(page: Page) -> None:
    if not page.locator("#bills-0-hospital").count():
        page.get_by_role("button", name=re.compile("添加|加一笔")).locator("visible=true").first.click()
    page.locator("#bills-0-hospital").fill("测试医院（演示用）")
    for part, number in (("year", "2026"), ("month", "9"), ("day", "1")):
        page.locator(f"#bills-0-from-{part}").fill(number)
    page.locator("#bills-0-total").fill("32000")
    page.locator("#bills-0-reimbursed--yes").check()
    page.locator("#bills-0-insurance_paid").fill("18000")
    page.locator("#bills-0-others_paid").fill("0")


def by_photo(page: Page) -> None:
    page.locator(SOME_NOT).check()
    page.locator("#papers_how--photo").check()


def situation(page: Page) -> None:
    page.locator("#situation--margin").check()


def truth(page: Page) -> None:
    page.locator("#truth_statement").check()


BEFORE: tuple[Callable[[Page], None], ...] = (gate, situation, for_whom, applicant, patient, bill)
"""A section each, up to the papers."""


def next_section(page: Page) -> None:
    """With scripts: on to the next section, which is shown alone."""
    heading = page.locator(".ds-section:visible h2").first.inner_text()
    page.get_by_role("button", name="下一步").locator("visible=true").last.click()
    expect(page.locator(".ds-section:visible h2").first).not_to_have_text(heading)


def step(page: Page) -> tuple[int, int]:
    """With scripts: which step is shown, and of how many."""
    said = page.locator(".ds-section:visible .ds-step").first.inner_text()
    number, last = re.findall("[0-9]+", said)
    return int(number), int(last)
