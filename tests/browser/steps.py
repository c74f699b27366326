"""What a resident does, step by step; the same for a page with and without JavaScript where the page is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

APPLICANT_ID = "650203196901010002"
MEMBER_ID = "650203197001010001"


@dataclass(frozen=True)
class Slip:
    """What a resident takes away: reference and access code."""

    reference: str
    code: str


def beside(page: Page, control: Locator) -> Page:
    """The tab that this control opens; the page it stands on stays as it is."""
    with page.context.expect_page() as opened:
        control.click()
    opened.value.wait_for_load_state()
    return opened.value


def from_front_page_to_form(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("申请低保")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("低保")
    page.get_by_role("link", name=re.compile("在网上申请")).first.click()
    expect(page.locator("#application-form")).to_be_visible()


def fill_for_whom(page: Page) -> None:
    page.locator("#filing_for--self").check()


def fill_applicant(page: Page) -> None:
    page.locator("#applicant_name").fill("测试人员")
    page.locator("#applicant_id").fill(APPLICANT_ID)
    page.locator("#phone").fill("0990-6220000")


def fill_home(page: Page) -> None:
    page.locator("#registered_community").select_option("650203001001")
    page.locator("#lives_there--true").check()
    page.locator("#home_address").fill("测试小区（演示用）")
    page.locator("#apply_alone--family").check()


def fill_income(page: Page) -> None:
    page.locator("#income_work").fill("６００元")


def add_member(page: Page) -> None:
    page.locator("#has_household--true").check()
    page.locator(".ds-add").click()
    page.locator("#household_members-0-name").fill("测试家人")
    page.locator("#household_members-0-relation").select_option("spouse")
    page.locator("#household_members-0-resident_id").fill(MEMBER_ID)


def fill_truth(page: Page) -> None:
    page.locator("#staff_relative--false").check()
    page.locator("#truth_statement").check()


def fill_section_by_section(page: Page) -> None:
    """With JavaScript, to the page where all is read once more."""
    for fill in (
        fill_for_whom,
        fill_applicant,
        fill_home,
        fill_income,
        add_member,
        lambda _page: None,
        fill_truth,
    ):
        heading = page.locator(".ds-section:visible h2").first.inner_text()
        fill(page)
        last = fill is fill_truth
        page.get_by_role("button", name="继续" if last else "下一步").locator("visible=true").last.click()
        if not last:
            expect(page.locator(".ds-section:visible h2").first).not_to_have_text(heading)


def confirm(page: Page) -> None:
    expect(page.locator(".ds-not-sent")).to_contain_text("还没有提交")
    page.get_by_role("button", name="确认提交").click()


def read_slip(page: Page) -> Slip:
    receipt = page.locator(".ds-receipt")
    expect(receipt).to_contain_text("我们收到了您的申请，还没有正式受理")
    code = page.locator("#access-code").inner_text().strip()
    reference = page.locator(".ds-reference").first.inner_text().strip()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
    assert re.fullmatch(r"[0-9A-Z-]{13,17}", reference)
    return Slip(reference, code)


def follow(page: Page, slip: Slip) -> None:
    page.goto("/track/")
    page.locator("#reference").fill(slip.reference.lower().replace("-", " "))
    page.locator("#code").fill(slip.code)
    page.get_by_role("button", name=re.compile("查进度|查办理进度|查询|查看")).click()


def withdraw(page: Page) -> None:
    page.get_by_role("button", name=re.compile("撤回")).click()
    page.locator("input[name=reason]").first.check()
    page.get_by_role("button", name=re.compile("撤回")).last.click()
    expect(page.locator("main")).to_contain_text("撤回")
