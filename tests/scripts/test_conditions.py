"""Questions that are not asked are neither seen nor sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.scripts.stub import FORM, Stub
from tests.scripts.walking import forward


def test_a_question_appears_with_its_condition_and_is_sent_only_then(form: Page, stub: Stub) -> None:
    expect(form.locator("#agent_name")).to_be_hidden()
    form.locator("#filing_for--family").check()
    expect(form.locator("#agent_name")).to_be_visible()
    expect(form.locator(".ds-condition").first).to_be_hidden()
    form.locator("#agent_name").fill("帮忙的人")
    form.locator("#filing_for--self").check()
    expect(form.locator("#agent_name")).to_be_hidden()
    forward(form, "申请人")
    assert "agent_name" not in stub.posts[0]
    form.locator(".ds-steps-previous").click()
    form.locator("#filing_for--family").check()
    forward(form, "申请人")
    assert stub.posts[1]["agent_name"] == ["帮忙的人"]


def test_an_optional_choice_can_be_taken_back(form: Page) -> None:
    form.locator("#section-for-whom").evaluate("one => { one.hidden = true; }")
    form.locator("#section-assets").evaluate("one => { one.hidden = false; }")
    expect(form.locator(".ds-unpick")).to_have_count(1)  # what must be answered has none
    expect(form.locator(".ds-unpick")).to_be_hidden()
    form.locator("#help--true").check()
    form.get_by_role("button", name="不选了").click()
    expect(form.locator("#help--true")).not_to_be_checked()
    expect(form.locator("#help--true")).to_be_focused()
    expect(form.locator(".ds-unpick")).to_be_hidden()


def test_full_width_digits_become_plain_ones(form: Page) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.locator("#applicant_name").fill("测试人员１")
    form.locator("#applicant_id").fill("６５０２０３１９６９０１０１０００２")
    form.locator("#applicant_id").blur()
    expect(form.locator("#applicant_id")).to_have_value("650203196901010002")
    expect(form.locator("#applicant_name")).to_have_value("测试人员１")


def test_a_script_that_fails_leaves_the_plain_page(page: Page, stub: Stub) -> None:
    page.add_init_script("Element.prototype.prepend = () => { throw new Error('old browser'); };")
    page.goto(FORM)
    page.wait_for_function("document.querySelector('.ds-condition').hidden")
    for name in ("filing_for--self", "applicant_name", "truth"):
        expect(page.locator(f"#{name}")).to_be_visible()
    page.add_init_script("JSON.parse = () => { throw new Error('broken'); };")
    page.reload()
    page.wait_for_timeout(200)
    expect(page.locator("#agent_name")).to_be_visible()
    expect(page.locator(".ds-condition").first).to_be_visible()
    expect(page.locator("#agent_name")).to_be_enabled()


def test_coming_back_from_another_page_shows_what_the_kept_answers_ask(form: Page, stub: Stub) -> None:
    """With and without the browser's own page cache, hidden and asked questions fit what stands in the form."""
    form.locator("#filing_for--family").check()
    form.locator("#agent_name").fill("帮忙的人")
    form.goto("/")
    form.go_back()
    form.locator(".ds-steps").wait_for()
    form.wait_for_timeout(200)
    chosen = form.locator("#filing_for--family").is_checked()
    assert form.locator("#agent_name").is_visible() == chosen
    assert form.locator("#agent_name").is_enabled() == chosen
    expect(form.locator(".ds-section:visible")).to_have_count(1)
    expect(form.locator(".ds-steps")).to_have_count(1)
    assert stub.posts == []
