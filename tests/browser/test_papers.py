"""Papers go with an application: with scripts, without, and on a slow phone that loses its network on the way."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import medical, steps
from tests.browser.photos import file


def test_without_javascript(plain_page: Page) -> None:
    page = plain_page
    medical.open_form(page)
    page.locator("#aided--allowance").check()
    page.get_by_role("button", name="继续").last.click()
    expect(page.locator("#error-summary")).to_contain_text("不用申请")
    for fill in medical.BEFORE:
        fill(page)
    medical.by_photo(page)
    page.locator("#bill_papers").set_input_files([file(1), file(2)])
    page.locator("#field-bill_papers .ds-file-upload").click()
    papers = page.locator("#field-bill_papers .ds-file")
    expect(papers).to_have_count(2)
    expect(page.locator("#bills-0-hospital")).to_have_value("测试医院（演示用）")
    page.locator("#field-bill_papers .ds-file-drop").first.click()
    expect(papers).to_have_count(1)
    page.locator("#bill_papers").set_input_files([file(3)])
    medical.situation(page)
    medical.truth(page)
    page.get_by_role("button", name="继续").last.click()  # sends what was chosen as well
    expect(page.locator("main")).to_contain_text("2份")
    expect(page.locator("main")).not_to_contain_text("secret-name")
    steps.confirm(page)
    slip = steps.read_slip(page)
    steps.follow(page, slip)
    page.get_by_role("button", name="看我填的").click()
    expect(page.locator("main")).to_contain_text("医疗费用结算单和发票")
