"""Papers go with an application: with scripts, without, and on a slow phone that loses its network on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import medical, steps
from tests.browser.photos import file
from tests.browser.site import Site
from tests.browser.slow_network import network

SLOW = 30_000
"""Bytes a second upwards, of an old phone at the edge of its network."""


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
    medical.truth(page)
    page.get_by_role("button", name="继续").last.click()  # sends what was chosen as well
    expect(page.locator("main")).to_contain_text("2份")
    expect(page.locator("main")).not_to_contain_text("secret-name")
    steps.confirm(page)
    slip = steps.read_slip(page)
    steps.follow(page, slip)
    page.get_by_role("button", name="看我填的").click()
    expect(page.locator("main")).to_contain_text("医疗费用结算单和发票")


def test_on_a_slow_phone_that_loses_its_network(browser: Browser, site: Site) -> None:
    with network(site.url) as between:
        context = browser.new_context(
            base_url=between.url, viewport={"width": 360, "height": 740}, locale="zh-CN", has_touch=True, is_mobile=True
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        medical.open_form(page)
        for fill in medical.BEFORE:
            fill(page)
            medical.next_section(page)
        medical.by_photo(page)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        between.rate = SLOW
        field = page.locator("#field-bill_papers")
        field.locator("input[type=file][multiple]").set_input_files([file(11), file(12)])
        first, second = field.locator(".ds-file").nth(0), field.locator(".ds-file").nth(1)
        expect(first).to_contain_text("正在传", timeout=60_000)
        before = between.up
        while between.up < before + 2 * SLOW:  # the first photo is on its way, and not all of it is there
            page.wait_for_timeout(100)
        expect(first).to_contain_text("正在传")
        between.cut()
        expect(first).to_contain_text("网断了", timeout=30_000)
        expect(second).to_contain_text(re.compile("等着传|网断了"))
        between.mend()
        for photo in (first, second):
            expect(photo).to_contain_text("收到了", timeout=120_000)
        between.rate = None
        medical.next_section(page)
        medical.truth(page)
        page.get_by_role("button", name="继续").locator("visible=true").last.click()
        expect(page.locator("main")).to_contain_text("2份")
        steps.confirm(page)
        steps.read_slip(page)
        context.close()
