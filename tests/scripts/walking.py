"""The sample form's way, step by step."""

from __future__ import annotations

from playwright.sync_api import Page, expect

CANARIES = ("650203196901010002", "650203197001010001", "43210.98", "七十七辆")


def forward(page: Page, title: str) -> None:
    page.locator(".ds-steps-next").click()
    expect(page.locator(".ds-section:visible h2")).to_contain_text(title)


def to_answers(page: Page) -> None:
    page.locator("#filing_for--self").check()
    forward(page, "申请人")
    page.locator("#applicant_name").fill("测试人员")
    page.locator("#applicant_id").fill(CANARIES[0])
    forward(page, "家人")
    forward(page, "收入和财产")
    page.locator("#income_work").fill(CANARIES[2])
    forward(page, "最后一件事")
    page.locator("#truth").check()
    page.get_by_role("button", name="继续").locator("visible=true").last.click()
    expect(page.locator("[data-page=answers]")).to_be_visible()
