"""Every form without JavaScript: a fault is told, nothing typed is lost, a receipt comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from doorstep.forms.conditions import asked_fields
from doorstep.forms.fields import Form
from tests import generated
from tests.browser import steps
from tests.browser.every_form import FORMS, named
from tests.browser.filling import fill, fill_all
from tests.browser.test_accessible import flaws


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_a_fault_and_then_the_receipt(plain_page: Page, form: Form) -> None:
    page, answers = plain_page, generated.fewest(form)
    asked = asked_fields(form.fields, answers)
    spoiled = next(field for field in asked if field.required and field.kind == "person-name")
    page.goto(f"/apply/{form.id}/")
    fill_all(page, form, answers | {spoiled.name: generated.WRONG["person-name"]})
    page.get_by_role("button", name="继续").click()
    summary = page.locator("#error-summary")
    expect(summary.locator("a")).to_have_count(1)
    found = flaws(page, "a fault")
    summary.locator("a").click()
    expect(page.locator(f"#{spoiled.name}")).to_have_value(generated.WRONG["person-name"])
    fill(page, spoiled, answers[spoiled.name])
    page.get_by_role("button", name="继续").click()
    steps.confirm(page)
    assert steps.read_slip(page).reference
    assert not found
