"""From the front page to a verified receipt, following and withdrawing: with JavaScript and without."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.site import ROOT, Site


def test_without_javascript(plain_page: Page, site: Site, tmp_path: Path) -> None:
    page = plain_page
    steps.from_front_page_to_form(page)
    page.get_by_role("button", name="继续").last.click()
    expect(page.locator("#error-summary")).to_be_visible()
    steps.fill_for_whom(page)
    steps.fill_applicant(page)
    steps.fill_home(page)
    steps.fill_income(page)
    steps.add_member(page)
    expect(page.locator("#applicant_name")).to_have_value("测试人员")
    steps.fill_truth(page)
    page.get_by_role("button", name="继续").last.click()
    steps.confirm(page)
    slip = steps.read_slip(page)
    verify_receipt(page, site, tmp_path)
    follow_and_withdraw(page, slip)


def test_with_javascript(page: Page, site: Site, tmp_path: Path) -> None:
    steps.from_front_page_to_form(page)
    steps.fill_section_by_section(page)
    steps.confirm(page)
    slip = steps.read_slip(page)
    expect(page.locator(".ds-receipt")).to_contain_text("本人或家里人")
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2, "the code is on a sheet of its own"
    verify_receipt(page, site, tmp_path)
    follow_and_withdraw(page, slip)


def verify_receipt(page: Page, site: Site, folder: Path) -> None:
    link = page.locator("a[href*='/verify/?receipt=']").first
    token = str(link.get_attribute("href")).partition("receipt=")[2]
    for content, accepted in ((token, True), (token[:40] + ("A" if token[40] != "A" else "B") + token[41:], False)):
        file = folder / "receipt.txt"
        file.write_text(content)
        done = subprocess.run(
            [sys.executable, "-m", "doorstep", "verify", str(file)],
            cwd=ROOT,
            env={"PATH": "", "DOORSTEP_VAR": str(site.var)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode == 0) == accepted
        answer = page.context.request.get(f"{site.url}/verify/?receipt={content}")
        assert ("这张回执是真的" in answer.text()) == accepted


def follow_and_withdraw(page: Page, slip: steps.Slip) -> None:
    steps.follow(page, slip)
    expect(page.locator("main")).to_contain_text("收到了")
    page.get_by_role("button", name=re.compile("看我填的")).click()
    expect(page.locator("main")).to_contain_text("测试人员")
    steps.follow(page, slip)
    steps.withdraw(page)
    steps.follow(page, slip)
    expect(page.locator("main")).to_contain_text("撤回")
