"""Who need not apply is told so calmly, once, with ways on; whoever chose wrong goes back to the choice."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import medical
from tests.browser.test_accessible import context, flaws  # noqa: F401 — the fixture of the three widths

WHY = "医疗救助由医保局直接办"
RED_AND_WARM = """() => ['--bad', '--warm-ink'].map((name) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
})"""


def test_the_gate_is_an_end_with_ways_on(context: BrowserContext) -> None:  # noqa: F811
    page = context.new_page()
    page.goto(medical.FORM)
    turned_away(page)
    assert not flaws(page, "the end at the gate")
    page.get_by_role("link", name="选错了，改一改").click()
    expect(page.locator("#aided--allowance")).to_be_focused()
    expect(page.locator("#aided--destitute")).to_be_checked()
    page.locator("#aided--allowance").check()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="您不用申请")).to_be_visible()
    page.get_by_role("link", name="选错了，改一改").click()
    medical.gate(page)
    medical.next_section(page)
    assert medical.step(page)[0] == 2


def turned_away(page: Page) -> None:
    page.locator("#aided--destitute").check()
    page.get_by_role("button", name="下一步").click()
    panel = page.locator("#error-summary")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading")).to_have_text("您不用申请")
    expect(page.get_by_text(WHY).locator("visible=true")).to_have_count(1)
    expect(page.locator(".ds-error, .ds-field--error")).to_have_count(0)
    expect(page.locator("main").get_by_role("button").locator("visible=true")).to_have_count(0)
    links = panel.get_by_role("link").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert links == ["tel:12393", "#aided--allowance", "/places/", "/services/medical-assistance/"]
    red, warm = page.evaluate(RED_AND_WARM)
    colours = panel.evaluate("one => [one, ...one.querySelectorAll('a')].map((part) => getComputedStyle(part).color)")
    assert red != warm
    assert set(colours) == {warm}
    assert panel.evaluate("one => getComputedStyle(one).borderLeftColor") == warm
