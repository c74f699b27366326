"""A resident is asked to correct two fields, does so, and reads the result: every page by axe, at three widths."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from doorstep.applications.counter_pass import issue
from doorstep.applications.office_keys import load_office_signer
from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance, extend
from tests.browser import steps
from tests.browser.site import Site
from tests.browser.test_accessible import context, flaws  # noqa: F401 — the fixture of the three widths
from tests.counter_desk import CounterDesk, counter_desk

FORM = "/apply/minimum-living-allowance/"
DATE = ("dd:has(+ .ds-behind)", ".ds-behind")


@pytest.fixture
def office(site: Site) -> Iterator[CounterDesk]:
    with counter_desk(site.var, site.var.parent / "build") as desk:
        yield desk


def apply(page: Page) -> steps.Slip:
    """An application of the test person, without looking at the way there."""
    page.goto(FORM)
    page.get_by_role("button", name=re.compile("测试人员")).click()
    page.locator("#filing_for--self:checked").wait_for()
    while page.get_by_role("button", name="下一步").locator("visible=true").count():
        heading = page.locator(".ds-section:visible h2").first.inner_text()
        page.get_by_role("button", name="下一步").locator("visible=true").click()
        page.wait_for_function(
            "text => document.querySelector('.ds-section:not([hidden]) h2').innerText !== text", arg=heading
        )
    page.get_by_role("button", name="继续").locator("visible=true").click()
    steps.confirm(page)
    return steps.read_slip(page)


def test_asked_corrected_accepted_decided(context: BrowserContext, office: CounterDesk) -> None:  # noqa: F811
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    slip, found = apply(page), []
    office.ask(
        slip.reference, "/phone", "/lives_there", "/household_members/0/name", "/assets",
        papers=("identity", "income-check"),
    )  # fmt: skip
    steps.follow(page, slip)
    page.get_by_role("button", name="去改").wait_for()
    found += flaws(page, "returned")
    page.get_by_role("button", name=re.compile("一次性告知书")).click()
    page.get_by_role("heading", name="一次性告知书").wait_for()
    found += flaws(page, "notice")
    page.get_by_role("button", name="回到进度").click()
    page.get_by_role("button", name="去改").click()
    page.locator("#phone").wait_for()
    found += flaws(page, "correction")
    expect(page.locator(".ds-own-device")).to_have_count(0)
    expect(page.locator("#field-living_community")).to_be_hidden()
    page.locator("#phone").fill("打不通")
    page.locator("#lives_there--false").check()
    expect(page.locator("#living_community")).to_be_visible()
    page.get_by_role("button", name="继续").locator("visible=true").click()
    page.locator("#error-summary").wait_for()
    found += flaws(page, "errors")
    page.locator("#phone").fill("13900000001")
    page.locator("#living_community").select_option("650203002001")
    page.get_by_role("button", name="继续").locator("visible=true").click()
    page.locator(".ds-not-sent").wait_for()
    found += flaws(page, "changes")
    page.get_by_role("button", name="确认提交").click()
    page.get_by_role("heading", name="改好了，收到了").wait_for()
    found += flaws(page, "corrected")
    page.get_by_text("还要做：把下面写的材料带到窗口").wait_for()
    page.get_by_role("button", name="看我填的内容").click()
    page.get_by_role("heading", name="我填的内容").wait_for()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += flaws(page, "own answers, letters twice as large")
    assert office.opened(slip.reference).instance["living_community"] == "650203002001"
    office.accept(slip.reference)
    for stage in ("public_notice", "confirmation"):
        advance(office.counter, office.taking(slip.reference), stage=stage)
    approve(office.counter, office.taking(slip.reference, "decider"), text="同意。从下个月起发给，按月打到账户里。")
    steps.follow(page, slip)
    page.get_by_role("button", name=re.compile("结果页")).wait_for()
    found += flaws(page, "decided")
    page.get_by_role("button", name=re.compile("结果页")).click()
    page.get_by_role("button", name="打印").wait_for()
    found += flaws(page, "result")
    assert not found


def test_an_extension_is_read_and_printed(context: BrowserContext, office: CounterDesk) -> None:  # noqa: F811
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    slip, found = apply(page), []
    office.accept(slip.reference)
    extend(office.counter, office.taking(slip.reference), limit="decision", reason="要到外地核对收入。")
    steps.follow(page, slip)
    page.get_by_text("为什么延长").wait_for()
    weights = [page.locator(f".ds-facts {dd}").evaluate("e => getComputedStyle(e).fontWeight") for dd in DATE]
    assert weights == ["700", "400"], "the day stands out, where it comes from does not"
    found += flaws(page, "extended")
    page.get_by_role("button", name="延长的说明").click()
    page.get_by_role("heading", name="办理时间延长了").wait_for()
    found += flaws(page, "extension")
    assert not found


def test_a_correction_without_scripts(browser: Browser, site: Site, office: CounterDesk) -> None:
    with_scripts = browser.new_context(base_url=site.url)
    slip = apply(with_scripts.new_page())
    with_scripts.close()
    office.ask(slip.reference, "/filing_for")
    plain = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = plain.new_page()
    steps.follow(page, slip)
    page.get_by_role("button", name="去改").click()
    expect(page.locator("#agent_name")).to_be_visible()
    page.locator("#filing_for--family").check()
    page.get_by_role("button", name="继续").last.click()
    expect(page.locator("#error-summary")).to_contain_text("填表人")
    page.locator("#agent_name").fill("测试代办")
    page.locator("#agent_phone").fill("13900000002")
    page.locator("#agent_statement").check()
    page.locator("#acting_as--entrusted").check()
    page.get_by_role("button", name="继续").last.click()
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("改好了，收到了")
    assert office.opened(slip.reference).instance["agent_name"] == "测试代办"
    plain.close()


def test_a_form_opened_at_a_counter(context: BrowserContext, site: Site) -> None:  # noqa: F811
    page, found = context.new_page(), []
    token = issue(load_office_signer(site.var), "s-0123", dt.datetime.now(dt.UTC))
    page.goto(f"{FORM}?counter={token}")
    found += flaws(page, "at a counter")
    expect(page.locator(".ds-own-device")).to_have_count(0)
    page.get_by_role("button", name=re.compile("测试人员")).click()
    page.locator("#filing_for--community:checked").wait_for()
    expect(page.locator(".ds-notice")).to_contain_text("窗口替居民填（工作人员 s-0123）")
    expect(page.locator("[name=_counter]")).to_have_value(token)
    page.goto(f"{FORM}?counter=x")
    expect(page.locator(".ds-notice")).to_contain_text("照样能交")
    found += flaws(page, "a bad pass")
    assert not found
