"""One section at a time: errors of this section only, Back, and no network."""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, Page, expect

from tests.scripts.stub import FORM, KEY, Stub
from tests.scripts.walking import forward, to_answers


def test_progress_is_told_and_the_heading_has_the_focus(form: Page) -> None:
    expect(form.locator(".ds-section:visible h2")).to_have_text("第1步，共5步 给谁申请")
    expect(form.get_by_role("button", name="继续").locator("visible=true")).to_have_count(
        1
    )  # only the hidden duplicate
    form.locator("#filing_for--self").check()
    forward(form, "第2步，共5步 申请人")
    expect(form.locator("#section-applicant h2")).to_be_focused()
    assert form.locator("progress").evaluate("bar => [bar.value, bar.max]") == [2, 5]
    assert form.evaluate("JSON.stringify(history.state)").count("测试") == 0


def test_only_this_sections_errors_are_shown_and_can_be_put_right(form: Page, stub: Stub) -> None:
    form.locator("#filing_for--family").check()
    form.locator(".ds-steps-next").click()
    summary = form.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_text(["填写您的姓名"])
    expect(form.locator("#agent_name-error")).to_have_text("有误：填写您的姓名")
    assert form.locator("#agent_name").get_attribute("aria-describedby") == "agent_name-error"
    assert form.locator("#agent_name").get_attribute("aria-invalid") == "true"
    summary.locator("a").click()
    expect(form.locator("#agent_name")).to_be_focused()
    assert "#" not in form.url
    form.locator("#agent_name").fill("帮忙的人")
    forward(form, "申请人")
    expect(summary).to_have_count(0)
    expect(form.locator(".ds-error")).to_have_count(0)
    form.locator(".ds-steps-next").click()
    expect(form.locator("#applicant_name")).to_have_attribute(
        "aria-describedby", "applicant_name-hint applicant_name-error"
    )


def test_a_section_whose_only_group_is_not_asked_is_no_step(form: Page) -> None:
    """What the group's items ask is in the page, and hidden with it."""
    form.evaluate("""() => {
        const members = document.getElementById('field-household_members');
        members.querySelector('.ds-group').append(document.getElementById('field-income_work').cloneNode(true));
        members.hidden = true;
    }""")
    form.locator("#filing_for--self").check()
    forward(form, "第2步，共4步 申请人")
    form.locator("#applicant_name").fill("测试人员")
    form.locator("#applicant_id").fill("650203196901010002")
    forward(form, "第3步，共4步 收入和财产")


def test_enter_in_a_field_goes_to_the_next_section(form: Page) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.locator("#applicant_name").fill("测试人员")
    form.locator("#applicant_name").press("Enter")
    expect(form.locator(".ds-section:visible h2")).to_contain_text("家人")


def test_back_goes_to_the_section_before_and_over_the_answers(form: Page, stub: Stub) -> None:
    to_answers(form)
    form.go_back()
    expect(form.locator("#section-truth")).to_be_visible()
    expect(form.locator("#truth")).to_be_checked()
    form.go_back()
    expect(form.locator("#section-assets")).to_be_visible()
    form.go_forward()
    form.go_forward()
    expect(form.locator("[data-page=answers]")).to_be_visible()
    form.go_back()
    form.get_by_role("button", name="继续").locator("visible=true").last.click()
    expect(form.locator("[data-page=answers]")).to_be_visible()
    assert stub.sent("check")[-1]["_key"] == [KEY]  # the same draft, so the same application


def test_without_a_network_one_may_go_on(form: Page, stub: Stub) -> None:
    form.context.set_offline(True)
    forward(form, "申请人")
    form.context.set_offline(False)
    assert stub.posts == []


def test_errors_of_the_whole_form_open_the_first_wrong_section(form: Page, stub: Stub) -> None:
    stub.faults = [(500, {}, 0)] * 4
    for title in ("申请人", "家人", "收入和财产", "最后一件事"):
        forward(form, title)
    form.get_by_role("button", name="继续").locator("visible=true").last.click()
    expect(form.locator("#error-summary a")).to_have_count(3)
    expect(form.locator("#error-summary")).to_be_focused()
    expect(form.locator("#section-for-whom")).to_be_visible()
    form.locator("#error-summary a").nth(1).click()
    expect(form.locator("#applicant_name")).to_be_focused()
    assert form.title() == "有误：申请示例"


def test_items_are_added_and_removed_in_place_and_errors_skip_blank_ones(form: Page, stub: Stub) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.locator("#applicant_name").fill("测试人员")
    forward(form, "家人")
    length = form.evaluate("history.length")
    form.locator(".ds-add").click()
    expect(form.locator("#household_members-0-name")).to_be_focused()
    form.locator(".ds-add").click()
    expect(form.locator("#household_members-1-name")).to_be_focused()
    assert form.evaluate("history.length") == length
    form.locator("#household_members-1-relation").select_option("spouse")
    form.locator(".ds-steps-next").click()
    expect(form.locator("#household_members-1-name-error")).to_have_text("有误：填写家人的姓名")
    expect(form.locator("#error-summary a")).to_have_text(["第1位，填写家人的姓名"])
    expect(form.locator("#household_members-0-name-error")).to_have_count(0)
    form.locator("#household_members-1-name").fill("测试家人")
    form.locator(".ds-remove").first.click()  # nothing in it, so nothing is asked
    expect(form.locator(".ds-item")).to_have_count(1)
    expect(form.locator("#household_members-0-name")).to_have_value("测试家人")
    expect(form.locator(".ds-item h3")).to_be_focused()


def test_a_filled_item_is_removed_only_after_a_question(form: Page, stub: Stub) -> None:
    for title in ("给谁申请", "申请人", "家人"):
        expect(form.locator(".ds-section:visible h2")).to_contain_text(title)
        if title == "给谁申请":
            form.locator("#filing_for--self").check()
            form.locator(".ds-steps-next").click()
        elif title == "申请人":
            form.locator("#applicant_name").fill("测试人员")
            form.locator(".ds-steps-next").click()
    form.locator(".ds-add").click()
    form.locator("#household_members-0-name").fill("测试家人")
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    form.once("dialog", refuse)
    form.locator(".ds-remove").click()
    expect(form.locator("#household_members-0-name")).to_have_value("测试家人")
    assert asked == ["删除？"]
    assert not stub.sent("remove:household_members:0")
    form.once("dialog", lambda dialog: dialog.accept())
    form.locator(".ds-remove").click()
    expect(form.locator(".ds-item")).to_have_count(0)
    expect(form.locator(".ds-add")).to_be_focused()


def test_a_reload_that_empties_the_answers_says_so_and_opens_where_they_begin(form: Page) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.locator("#applicant_name").fill("测试人员")
    forward(form, "家人")
    form.reload()
    lost = not form.locator("#filing_for--self").is_checked()
    assert lost  # this browser puts nothing back
    expect(form.locator(".ds-section:visible h2")).to_have_text(re.compile("给谁申请"))
    expect(form.locator(".ds-restored")).to_have_text("刚才填的没有存，请从这里接着填。")
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    expect(form.locator(".ds-restored")).to_have_count(0)
    form.go_back()
    expect(form.locator("#section-for-whom")).to_be_visible()


def test_a_reload_with_nothing_missing_before_keeps_the_section(form: Page) -> None:
    form.add_init_script(
        """addEventListener('DOMContentLoaded', () => {
        const self = document.querySelector('#filing_for--self'); if (self) self.checked = true; });"""
    )
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.reload()
    expect(form.locator(".ds-section:visible h2")).to_have_text(re.compile("申请人"))
    expect(form.locator(".ds-restored")).to_have_count(0)
    form.go_back()
    expect(form.locator("#section-for-whom")).to_be_visible()
    form.go_back()
    assert FORM not in form.url


def test_a_summary_belongs_to_its_section(form: Page) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.locator(".ds-steps-next").click()
    expect(form.locator("#error-summary")).to_be_focused()
    form.go_back()
    expect(form.locator("#section-for-whom")).to_be_visible()
    expect(form.locator("#error-summary")).to_have_count(0)


def test_after_a_change_one_press_leads_back_to_the_answers(form: Page, stub: Stub) -> None:
    to_answers(form)
    form.get_by_role("button", name="修改申请人").click()
    expect(form.locator("#section-applicant")).to_be_visible()
    form.locator("#filing_for--self").evaluate("radio => { radio.checked = true; }")
    form.locator("#truth").evaluate("box => { box.checked = true; }")
    form.get_by_role("button", name="改好了，回去核对").click()
    expect(form.locator("[data-page=answers]")).to_be_visible()
    assert stub.sent("check")[-1]["_key"] == [KEY]


def test_a_wrong_change_keeps_its_short_way(form: Page) -> None:
    to_answers(form)
    form.get_by_role("button", name="修改申请人").click()
    form.locator("#applicant_name").fill("")
    form.get_by_role("button", name="改好了，回去核对").click()
    expect(form.locator("#error-summary")).to_be_focused()
    expect(form.locator(".ds-steps-done")).to_be_visible()


def test_the_last_section_looks_like_the_others(form: Page, stub: Stub) -> None:
    stub.faults = [(500, {}, 0)] * 4
    form.locator("#filing_for--self").check()
    for title in ("申请人", "家人", "收入和财产", "最后一件事"):
        forward(form, title)
    form.locator("#applicant_name").evaluate("box => { box.value = '测试人员'; }")
    steps = form.locator(".ds-steps")
    expect(steps.get_by_role("button").locator("visible=true")).to_have_text(["继续", "上一步"])
    steps.get_by_role("button", name="继续").click()
    expect(form.locator("#error-summary")).to_be_focused()
    above = "summary => document.querySelector('.ds-progress').compareDocumentPosition(summary) & 4"
    assert form.locator("#error-summary").evaluate(above)
    expect(form.locator("#section-truth")).to_be_visible()
