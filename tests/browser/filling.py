"""Any form filled in by generated answers, question by question, as a resident would: with scripts and without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from doorstep.forms.conditions import asked_fields
from doorstep.forms.fields import Field, Form
from doorstep.forms.kinds import RADIOS_AT_MOST

_BOXES, _DATES = {"consent", "yes-no", "choices"}, {"date", "past-date"}


def fill_all(page: Page, form: Form, answers: Mapping[str, Any]) -> None:
    """Without scripts: every question of the one long page. Groups get their items first, for each loads the page."""
    asked = asked_fields(form.fields, answers)
    for field in asked:
        if field.kind == "group" and answers.get(field.name):
            add_item(page, field)
    for field in asked:
        fill(page, field, answers.get(field.name))


def fill_section(page: Page, form: Form, answers: Mapping[str, Any]) -> None:
    """With scripts: the questions of the section that is shown."""
    for field in asked_fields(form.fields, answers):
        place = page.locator(f"#field-{field.name}")
        if field.name in answers and place.is_visible():
            if field.kind == "group":
                add_item(page, field)
            fill(page, field, answers[field.name])


def add_item(page: Page, group: Field) -> None:
    first = page.locator(f'#{group.name} .ds-item[data-index="0"]')
    if not first.count():
        page.locator(f"#{group.name} .ds-add").click()
        expect(first).to_be_visible()


def fill(page: Page, field: Field, value: Any, *, prefix: str = "") -> None:
    """One question; None leaves it as it is."""
    name = f"{prefix}{field.name}"
    if value is None:
        return
    if field.kind == "group":
        for inner in asked_fields(field.fields, value[0]):
            fill(page, inner, value[0].get(inner.name), prefix=f"{name}-0-")
    elif field.kind in _BOXES:
        _check(page, name, field.kind, value)
    elif field.kind == "community" or len(field.choices) > RADIOS_AT_MOST:
        page.locator(f"#{name}").select_option(value)
    elif field.choices:
        page.locator(f"#{name}--{value}").check()
    elif field.kind in _DATES:
        for part, text in zip(("year", "month", "day"), value.split("-"), strict=True):
            page.locator(f"#{name}-{part}").fill(text)
    else:
        page.locator(f"#{name}").fill(str(value))


def _check(page: Page, name: str, kind: str, value: Any) -> None:
    if kind == "consent":
        page.locator(f"#{name}").check()
    for one in value if kind == "choices" else [str(value).lower()] if kind == "yes-no" else ():
        page.locator(f"#{name}--{one}").check()


def next_section(page: Page) -> None:
    """With scripts: on to the next section, which is shown alone."""
    before = page.locator(".ds-section:visible").first.get_attribute("id")
    page.get_by_role("button", name="下一步").locator("visible=true").last.click()
    page.wait_for_function("id => document.querySelector('.ds-section:not([hidden])').id !== id", arg=before)
