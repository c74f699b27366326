"""One application from the resident's kitchen to the decision and the auditor, every page of the way held by axe."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import ExitStack

from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.site import Site
from tests.browser.staff import DISTRICT, STREET, at_work
from tests.browser.test_accessible import flaws
from tests.browser.test_correcting import apply

NAME, ADDRESS = "测试人员", "测试小区（演示用）"


def test_from_applying_to_the_auditor(browser: Browser, site: Site, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    slip, found = apply(page), []
    with ExitStack() as stack:
        clerk = stack.enter_context(at_work(browser, site, "测试受理员", STREET, "clerk"))
        decider = stack.enter_context(at_work(browser, site, "测试审批员", DISTRICT, "decider"))
        auditor = stack.enter_context(at_work(browser, site, "测试审计员", STREET, "auditor"))
        found += ask_for_two_fields(clerk, slip)
        found += correct_them(page, slip)
        found += accept(clerk, slip)
        found += hand_over(clerk, slip)
        found += approve(decider, slip)
        found += read_the_result(page, slip)
        found += see_all_and_no_answer(auditor, slip)
    assert not found


def ask_for_two_fields(clerk: Page, slip: steps.Slip) -> list[str]:
    found = flaws(clerk, "unread")
    clerk.get_by_role("link", name=slip.reference).first.click()
    found += flaws(clerk, "application")
    expect(clerk.locator("main")).not_to_contain_text(NAME)
    clerk.get_by_role("button", name="打开看").click()
    expect(clerk.locator("main")).to_contain_text(NAME)
    found += flaws(clerk, "opened")
    for pointer, reason in (("/income_work", "填的像是全年的，请填平均每月的。"), ("/home_address", "请写到门牌号。")):
        clerk.locator(f'input[name=field][value="{pointer}"]').check()
        clerk.locator(f'[name="field-why:{pointer}"]').fill(reason)
    clerk.get_by_role("button", name="发给居民补正").click()
    clerk.get_by_role("heading", level=1).wait_for()
    expect(clerk.locator("main")).to_contain_text("等居民改")
    return found + flaws(clerk, "returned")


def correct_them(page: Page, slip: steps.Slip) -> list[str]:
    steps.follow(page, slip)
    expect(page.locator("main")).to_contain_text("请写到门牌号。")
    found = flaws(page, "what to correct")
    page.get_by_role("button", name="去改").click()
    page.locator("#home_address").fill("测试小区1栋1单元101（演示用）")
    expect(page.locator("#applicant_name")).to_have_count(0)
    page.locator("#income_work").fill("550")
    page.get_by_role("button", name="继续").locator("visible=true").click()
    page.get_by_role("button", name="确认提交").click()
    page.get_by_role("heading", name="改好了，收到了").wait_for()
    return found + flaws(page, "corrected")


def accept(clerk: Page, slip: steps.Slip) -> list[str]:
    clerk.goto("/?list=corrected")
    clerk.get_by_role("link", name=slip.reference).first.click()
    clerk.get_by_role("button", name="打开看").click()
    expect(clerk.locator("main")).to_contain_text("550元")
    found = flaws(clerk, "opened again")
    clerk = steps.beside(clerk, clerk.get_by_role("button", name="正式受理"))
    found += flaws(clerk, "accept")
    clerk.get_by_role("main").get_by_role("button", name=re.compile("受理")).last.click()
    clerk.locator("#error-summary").wait_for()
    found += flaws(clerk, "accept, unfinished")
    clerk.locator("#identity_checked").check()
    for paper in clerk.locator("[name=seen]").all():
        paper.check()
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8)))
    for row, name in enumerate((NAME, "测试家人")):
        signer = clerk.get_by_role("group", name=f"第{row + 1}个签字的人")
        signer.get_by_role("textbox").first.fill(name)
        for part, number in (("年", today.year), ("月", today.month), ("日", today.day)):
            signer.get_by_role("textbox", name=part, exact=True).fill(str(number))
    clerk.get_by_role("main").get_by_role("button", name=re.compile("受理")).last.click()
    expect(clerk.locator("main")).to_contain_text("正在办")
    return found + flaws(clerk, "accepted")


def hand_over(clerk: Page, slip: steps.Slip) -> list[str]:
    found = []
    for stage in ("公示", "审查决定"):
        clerk.goto(f"/applications/{slip.reference}")
        clerk.get_by_role("link", name="转到下一步").click()
        expect(clerk.locator("main")).to_contain_text(stage)
        found += flaws(clerk, f"advance to {stage}")
        clerk.get_by_role("main").get_by_role("button").last.click()
        clerk.get_by_role("heading", level=1).wait_for()
    clerk.goto("/?list=working")
    expect(clerk.get_by_role("link", name=slip.reference)).to_have_count(0)
    return found


def approve(decider: Page, slip: steps.Slip) -> list[str]:
    decider.goto("/?list=working")
    decider.get_by_role("link", name=slip.reference).first.click()
    decider.get_by_role("button", name="打开看").click()
    expect(decider.locator("main")).to_contain_text(NAME)
    found = flaws(decider, "opened by the district")
    decider.goto(f"/applications/{slip.reference}/steps/approve")
    decider.locator("#text").fill("符合条件，同意。")
    found += flaws(decider, "approve")
    decider.get_by_role("main").get_by_role("button").last.click()
    decider.get_by_role("heading", level=1).wait_for()
    return found + flaws(decider, "approved")


def read_the_result(page: Page, slip: steps.Slip) -> list[str]:
    steps.follow(page, slip)
    expect(page.get_by_role("heading", level=1)).to_contain_text("同意了")
    found = flaws(page, "result")
    page.get_by_role("button", name=re.compile("决定|结果")).first.click()
    expect(page.locator("main")).to_contain_text("符合条件，同意。")
    page.emulate_media(media="print")
    expect(page.locator("main")).to_contain_text("行政复议")
    page.emulate_media(media="screen")
    return found + flaws(page, "decision")


def see_all_and_no_answer(auditor: Page, slip: steps.Slip) -> list[str]:
    auditor.goto("/audit")
    found = flaws(auditor, "audit")
    auditor.locator("#reference").fill(slip.reference)
    auditor.get_by_role("button", name="查", exact=True).click()
    everything = auditor.locator("main")
    for line in ("收到申请", "请居民补正", "正式受理", "同意"):
        expect(everything).to_contain_text(line)
    for answer in (NAME, ADDRESS, "符合条件", "550", steps.APPLICANT_ID):
        expect(everything).not_to_contain_text(answer)
    auditor.goto(f"/applications/{slip.reference}/steps/approve")
    expect(auditor.locator("main")).not_to_contain_text("符合条件")
    return found + flaws(auditor, "journal")
