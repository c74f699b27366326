"""Help with medical costs from the gate to the account: photos, one that is unclear, acceptance, decision."""

from __future__ import annotations

import re
from contextlib import ExitStack

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import medical, steps
from tests.browser.photos import file
from tests.browser.site import Site
from tests.browser.staff import STREET, at_work
from tests.browser.test_accessible import context, flaws  # noqa: F401 — the fixture of the three widths

DECIDES = "medical-insurance-650203"


def test_from_the_gate_to_the_account(browser: Browser, site: Site, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    found = turned_away_at_the_gate(page)
    slip = apply_with_a_photo(page, found)
    with ExitStack() as stack:
        clerk = stack.enter_context(at_work(browser, site, "测试医疗受理员", STREET, "clerk"))
        decider = stack.enter_context(at_work(browser, site, "测试医疗审批员", DECIDES, "decider"))
        look_and_ask_again(clerk, slip, found)
        add_a_photo(page, slip, found)
        accept_and_hand_over(clerk, slip, found)
        approve(decider, slip, found)
        fill_in_the_account(page, slip, found)
    assert not found


def turned_away_at_the_gate(page: Page) -> list[str]:
    medical.open_form(page)
    page.locator("#aided--destitute").check()
    expect(page.locator("main")).to_contain_text("不用申请。低保家庭的人和特困人员，医疗救助由医保局直接办")
    return flaws(page, "gate")


def apply_with_a_photo(page: Page, found: list[str]) -> steps.Slip:
    for fill in medical.BEFORE:
        fill(page)
        medical.next_section(page)
    medical.by_photo(page)
    field = page.locator("#field-bill_papers")
    field.locator("input[type=file][multiple]").set_input_files([file(21)])
    expect(field.locator(".ds-file")).to_contain_text("能打开，共1页", timeout=60_000)
    found += flaws(page, "papers")
    medical.next_section(page)
    medical.truth(page)
    page.get_by_role("button", name="继续").locator("visible=true").last.click()
    steps.confirm(page)
    slip = steps.read_slip(page)
    steps.follow(page, slip)
    expect(page.locator("main")).to_contain_text("这项业务还没有公布办理天数")
    return slip


def look_and_ask_again(clerk: Page, slip: steps.Slip, found: list[str]) -> None:
    clerk.goto("/")
    clerk.get_by_role("link", name=slip.reference).first.click()
    clerk.get_by_role("button", name="打开看").click()
    with clerk.context.expect_page() as opened:
        clerk.locator(".of-file").first.click()
    opened.value.locator(".of-picture").wait_for()
    found += flaws(opened.value, "a paper")
    clerk.locator("#f-bill_papers").check()
    clerk.locator("#f-bill_papers-unclear").check()
    clerk.get_by_role("button", name="发给居民补正").click()
    expect(clerk.locator("main")).to_contain_text("等居民改")


def add_a_photo(page: Page, slip: steps.Slip, found: list[str]) -> None:
    steps.follow(page, slip)
    expect(page.locator("main")).to_contain_text("看不清")
    page.get_by_role("button", name="去改").click()
    field = page.locator("#field-bill_papers")
    expect(field.locator(".ds-file")).to_have_count(1)
    field.locator("input[type=file][multiple]").set_input_files([file(22)])
    expect(field.locator(".ds-file").nth(1)).to_contain_text("能打开，共1页", timeout=60_000)
    field.locator(".ds-file-drop").first.click()
    found += flaws(page, "a paper added")
    page.get_by_role("button", name="继续").locator("visible=true").click()
    page.get_by_role("button", name="确认提交").click()
    page.get_by_role("heading", name="改好了，收到了").wait_for()


def accept_and_hand_over(clerk: Page, slip: steps.Slip, found: list[str]) -> None:
    clerk.goto("/?list=corrected")
    clerk.get_by_role("link", name=slip.reference).first.click()
    clerk.get_by_role("button", name="打开看").click()
    clerk = steps.beside(clerk, clerk.get_by_role("button", name="正式受理"))
    found += flaws(clerk, "accept")
    clerk.locator("#identity_checked").check()
    for paper in clerk.locator("[name=seen]").all():
        paper.check()
    clerk.get_by_role("main").get_by_role("button", name=re.compile("受理")).last.click()
    expect(clerk.locator("main")).to_contain_text("正在办")
    for stage in ("公示", "审查决定"):
        clerk.goto(f"/applications/{slip.reference}")
        clerk.get_by_role("link", name="转到下一步").click()
        expect(clerk.locator("main")).to_contain_text(stage)
        clerk.get_by_role("main").get_by_role("button").last.click()
        clerk.get_by_role("heading", level=1).wait_for()


def approve(decider: Page, slip: steps.Slip, found: list[str]) -> None:
    decider.goto("/?list=working")
    decider.get_by_role("link", name=slip.reference).first.click()
    decider.get_by_role("button", name="打开看").click()
    with decider.context.expect_page() as opened:
        decider.locator(".of-file").first.click()
    opened.value.locator(".of-picture").wait_for()
    decider.goto(f"/applications/{slip.reference}/steps/approve")
    decider.locator("#text").fill("符合条件，同意。")
    decider.get_by_role("main").get_by_role("button").last.click()
    decider.get_by_role("heading", level=1).wait_for()


def fill_in_the_account(page: Page, slip: steps.Slip, found: list[str]) -> None:
    steps.follow(page, slip)
    expect(page.get_by_role("heading", level=1)).to_contain_text("同意了")
    expect(page.locator("main")).to_contain_text("收款账户")
    found += flaws(page, "approved")


def test_care_at_home_is_applied_for_at_three_widths(context: BrowserContext) -> None:  # noqa: F811
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/apply/home-care-for-elderly/")
    page.get_by_role("button", name=re.compile("测试人员")).click()
    page.locator("#filing_for--self:checked").wait_for(state="attached")
    found: list[str] = []
    while medical.step(page)[0] < medical.step(page)[1]:
        found += flaws(page, page.locator(".ds-section:visible h2").first.inner_text())
        medical.next_section(page)
    page.get_by_role("button", name="继续").locator("visible=true").last.click()
    found += flaws(page, "answers")
    steps.confirm(page)
    steps.read_slip(page)
    assert not found
