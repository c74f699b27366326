"""What was typed into a page of which no draft is kept, a correction or a form at a counter, is not lost unasked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.scripts.stub import FORM
from tests.scripts.walking import forward

UNSENT = "填的还没交，走了就没有了"


class Asked(list[tuple[str, str]]):
    """What the page asked, (sort, words), each answered with `go`."""

    go = False

    def answer(self, dialog: Dialog) -> None:
        self.append((dialog.type, dialog.message))
        if self.go:
            dialog.accept()
        else:
            dialog.dismiss()


@pytest.fixture
def asked(page: Page) -> Asked:
    asked = Asked()
    page.on("dialog", asked.answer)
    return asked


@pytest.fixture
def correcting(page: Page, asked: Asked) -> Page:
    """The page to correct, come to from the progress page."""
    page.goto("/")
    page.evaluate("""document.getElementById('main').innerHTML =
        '<form method="post" action="/track/"><button name="_do" value="follow">查进度</button></form>'""")
    page.get_by_role("button", name="查进度").click()
    page.get_by_role("button", name="去改").click()
    expect(page.locator("h1")).to_have_text("改一改、补一补")
    return page


def test_going_back_to_the_progress_is_asked_about_once_something_was_typed(correcting: Page, asked: Asked) -> None:
    correcting.locator("#applicant_name").fill("改过的")
    correcting.get_by_role("button", name="先不改").click()
    assert [(sort, UNSENT in words) for sort, words in asked] == [("confirm", True)]
    expect(correcting.locator("#applicant_name")).to_have_value("改过的")
    asked.go = True
    correcting.get_by_role("button", name="先不改").click()
    expect(correcting.locator("h1")).to_have_text("收到了")


def test_nothing_is_asked_where_nothing_was_typed(correcting: Page, asked: Asked) -> None:
    correcting.get_by_role("button", name="先不改").click()
    expect(correcting.locator("h1")).to_have_text("收到了")
    correcting.get_by_role("button", name="去改").click()
    expect(correcting.locator("#applicant_name")).to_be_visible()
    correcting.evaluate("void setTimeout(() => location.assign('/'), 50)")
    expect(correcting.locator("h1")).to_have_text("首页")
    assert asked == []


def test_back_is_asked_about(correcting: Page, asked: Asked) -> None:
    correcting.locator("#applicant_name").fill("改过的")
    correcting.evaluate("history.back()")
    correcting.wait_for_timeout(500)
    assert [sort for sort, _ in asked] == ["confirm"]
    expect(correcting.locator("#applicant_name")).to_have_value("改过的")
    asked.go = True
    correcting.evaluate("history.back()")
    expect(correcting.locator("h1")).to_have_text("收到了")


def test_leaving_is_asked_about_from_either_page(correcting: Page, asked: Asked) -> None:
    leave = "void setTimeout(() => location.assign('/'), 50)"
    correcting.locator("#applicant_name").fill("改过的")
    correcting.evaluate(leave)
    correcting.wait_for_timeout(500)
    correcting.get_by_role("button", name="继续").last.click()
    expect(correcting.locator("h1")).to_have_text("请核对您改的地方")
    correcting.evaluate(leave)
    correcting.wait_for_timeout(500)
    assert [sort for sort, _ in asked] == ["beforeunload", "beforeunload"]
    correcting.get_by_role("button", name="先不改").click()
    expect(correcting.locator("h1")).to_have_text("请核对您改的地方")
    assert asked[-1][0] == "confirm"


def test_between_the_two_pages_nothing_is_lost_and_nothing_asked(correcting: Page, asked: Asked) -> None:
    correcting.locator("#applicant_name").fill("改过的")
    correcting.get_by_role("button", name="继续").last.click()
    expect(correcting.locator("h1")).to_have_text("请核对您改的地方")
    correcting.go_back()
    expect(correcting.locator("#applicant_name")).to_have_value("改过的")
    correcting.go_forward()
    correcting.get_by_role("button", name="再改改").click()
    expect(correcting.locator("#applicant_name")).to_be_visible()
    assert asked == []
    correcting.get_by_role("button", name="先不改").click()
    assert len(asked) == 1, "it was typed before"


def test_once_it_is_sent_nothing_is_asked(correcting: Page, asked: Asked) -> None:
    correcting.locator("#applicant_name").fill("改过的")
    correcting.get_by_role("button", name="继续").last.click()
    correcting.get_by_role("button", name="确认提交").click()
    expect(correcting.locator("h1")).to_have_text("收到了")
    correcting.evaluate("void setTimeout(() => location.assign('/'), 50)")
    expect(correcting.locator("h1")).to_have_text("首页")
    assert asked == []


def test_after_errors_it_is_still_typed(correcting: Page, asked: Asked) -> None:
    correcting.locator("#applicant_name").fill("")
    correcting.get_by_role("button", name="继续").last.click()
    expect(correcting.locator("h1")).to_be_focused()
    correcting.get_by_role("button", name="先不改").click()
    assert [sort for sort, _ in asked] == ["confirm"]


def test_nothing_of_a_correction_stays_on_the_device(correcting: Page) -> None:
    correcting.evaluate("localStorage.setItem('doorstep.own-device', 'yes')")
    correcting.locator("#applicant_name").fill("改过的")
    correcting.wait_for_timeout(500)
    assert "改过的" not in str(correcting.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])"))


def test_a_form_whose_draft_may_be_kept_asks_nothing(form: Page, asked: Asked) -> None:
    form.locator("#filing_for--self").check()
    forward(form, "申请人")
    form.goto("/")
    expect(form.locator("h1")).to_have_text("首页")
    assert asked == []


def test_a_form_at_a_counter_is_not_lost_by_its_own_steps(page: Page, asked: Asked) -> None:
    def at_counter(route: Route) -> None:
        route.fulfill(body=route.fetch().text().replace('data-form="sample"', ""), content_type="text/html")

    page.route(FORM, at_counter, times=1)
    page.goto(FORM)
    page.locator("#filing_for--self").check()
    forward(page, "申请人")
    page.go_back()
    expect(page.locator(".ds-section:visible h2")).to_contain_text("给谁申请")
    assert asked == []
    page.evaluate("void setTimeout(() => location.assign('/'), 50)")
    page.wait_for_timeout(500)
    assert [sort for sort, _ in asked] == ["beforeunload"]
