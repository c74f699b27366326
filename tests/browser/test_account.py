"""An approved resident fills in the account for the money, with scripts and without; the office sees that it came."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance
from tests.browser import steps
from tests.browser.site import Site
from tests.browser.staff import DISTRICT, at_work
from tests.browser.test_accessible import context, flaws  # noqa: F401 — the fixture of the three widths
from tests.browser.test_correcting import apply
from tests.counter_desk import CounterDesk, counter_desk

CARD, TAIL = "6200 0000 0000 0005", "最后四位是0005"


@pytest.fixture
def office(site: Site) -> Iterator[CounterDesk]:
    with counter_desk(site.var, site.var.parent / "build") as desk:
        yield desk


def approved(page: Page, office: CounterDesk) -> steps.Slip:
    slip = apply(page)
    office.accept(slip.reference)
    for stage in ("public_notice", "confirmation"):
        advance(office.counter, office.taking(slip.reference), stage=stage)
    approve(office.counter, office.taking(slip.reference, "decider"), text="符合条件，同意。")
    return slip


def fill_in(page: Page, card: str) -> None:
    page.get_by_label("申请人自己的").check()
    page.get_by_label("账户上的名字").fill("测试人员")
    page.get_by_label("银行名称").fill("测试银行（演示用）")
    page.get_by_label("银行卡号").fill(card)
    page.get_by_role("button", name="继续").locator("visible=true").last.click()


def test_the_account_is_filled_in_and_read_by_four_digits(
    context: BrowserContext,  # noqa: F811
    office: CounterDesk,
) -> None:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    slip, found = approved(page, office), []
    steps.follow(page, slip)
    page.get_by_role("heading", name="收款账户", exact=True).wait_for()
    found += flaws(page, "asked")
    page.get_by_role("button", name="去填").click()
    page.locator("#card_number").wait_for()
    found += flaws(page, "form")
    expect(page.locator(".ds-own-device")).to_have_count(0)
    fill_in(page, "6200 0000 0000 0006")
    page.locator("#error-summary").wait_for()
    expect(page.locator("#card_number")).to_have_value("6200 0000 0000 0006")
    found += flaws(page, "errors")
    page.locator("#card_number").fill(CARD)
    page.get_by_role("button", name="继续").locator("visible=true").last.click()
    page.locator(".ds-not-sent").wait_for()
    expect(page.locator("main")).to_contain_text(CARD)
    found += flaws(page, "a last look")
    page.get_by_role("button", name="确认提交").click()
    page.get_by_role("heading", name="收款账户收到了").first.wait_for()
    expect(page.locator("main")).to_contain_text(TAIL)
    found += flaws(page, "came")
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)").count("6200") == 0
    page.get_by_role("button", name="填错了，重新填").click()
    expect(page.locator("#card_number")).to_have_value("")
    expect(page.locator("#holder_name")).to_have_value("测试人员")
    page.get_by_role("button", name="先不填，回到进度").click()
    page.get_by_role("heading", name="同意了").wait_for()
    assert not found


def test_without_scripts_and_at_the_office(
    browser: Browser, plain_page: Page, page: Page, site: Site, office: CounterDesk
) -> None:
    slip = approved(page, office)
    steps.follow(plain_page, slip)
    plain_page.get_by_role("button", name="去填").click()
    fill_in(plain_page, CARD)
    expect(plain_page.locator(".ds-not-sent")).to_contain_text("还没有交")
    plain_page.get_by_role("button", name="确认提交").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("收款账户收到了")
    with at_work(browser, site, "测试打款员", DISTRICT, "decider") as decider:
        decider.goto(f"/applications/{slip.reference}")
        expect(decider.locator("main")).to_contain_text("收款账户收到了")
        found = flaws(decider, "it came")
        decider.get_by_role("button", name="打开看").click()
        expect(decider.locator("main")).to_contain_text(CARD)
        found += flaws(decider, "opened to pay")
    assert not found
