"""Every form on a phone: an empty section is told in place, generated answers lead to the receipt."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from doorstep.forms.fields import Form
from tests import generated
from tests.browser import steps
from tests.browser.every_form import FORMS, named
from tests.browser.filling import fill_section, next_section
from tests.browser.test_accessible import flaws


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_from_the_guide_to_the_receipt(page: Page, form: Form) -> None:
    answers = generated.fewest(form)
    page.goto(f"/services/{form.service}/")
    page.get_by_role("link", name="在网上申请").first.click()
    page.locator(".ds-section:visible").first.wait_for()
    page.get_by_role("button", name="下一步").locator("visible=true").click()
    page.locator(".ds-error").first.wait_for()
    found = flaws(page, "nothing answered")
    while True:
        fill_section(page, form, answers)
        if not page.get_by_role("button", name="下一步").locator("visible=true").count():
            break
        next_section(page)
    page.get_by_role("button", name="继续").locator("visible=true").click()
    expect(page.locator(".ds-not-sent")).to_contain_text("还没有提交")
    steps.confirm(page)
    slip = steps.read_slip(page)
    assert slip.reference
    assert not found
