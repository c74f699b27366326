"""Finding one's counter by typing a name; and the door for hardship, with scripts and without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

DOOR = "/hardship/"
CARDS = "#hardship-helps > li"


def test_a_name_leads_to_the_counter(page: Page) -> None:
    page.goto("/places/")
    page.get_by_role("searchbox", name="社区、小区或者街道的名字").fill("小拐村")
    page.get_by_role("search").get_by_role("link", name="小拐村村委会").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("小拐乡")
    expect(page.locator("li:target")).to_have_text(re.compile("小拐村村委会"))
    expect(page.get_by_text("地址、时间待公布").first).to_be_visible()


def test_without_scripts_every_counter_stands_there(plain_page: Page) -> None:
    plain_page.goto("/places/")
    assert plain_page.locator("h3 a[href^='/places/']:visible").count() == 15
    plain_page.get_by_role("link", name="乌尔禾镇").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("乌尔禾镇")


def test_answers_leave_what_fits_and_stay_on_the_page(page: Page) -> None:
    asked: list[str] = []
    page.goto(DOOR)
    page.wait_for_load_state("networkidle")
    everything = page.locator(f"{CARDS}:visible").count()
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("家里收入太少").check()
    expect(page.locator(f"{CARDS}:visible h3")).to_have_text(["申请低保"])
    expect(page.get_by_role("status")).to_have_text("按您选的，看看这 1 项")
    page.get_by_label("残疾人", exact=True).check()
    page.get_by_label("正在吃低保").check()
    assert 1 < page.locator(f"{CARDS}:visible").count() < everything
    assert page.evaluate("[location.search, location.hash, localStorage.length, sessionStorage.length]") == [
        "",
        "",
        0,
        0,
    ]
    page.get_by_role("button", name="全部重选").click()
    expect(page.locator(f"{CARDS}:visible")).to_have_count(everything)
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert page.locator("input:checked").count() == 0
    assert asked == []
    page.get_by_label("家里收入太少").check()
    page.reload()
    expect(page.get_by_role("status")).to_have_text(re.compile("还没有选"))
    assert page.locator("input:checked").count() == 0


def test_without_scripts_each_service_says_when_it_fits(plain_page: Page) -> None:
    plain_page.goto(DOOR)
    assert plain_page.locator("main input:visible").count() == 0
    reasons = plain_page.locator(f"{CARDS} .ds-reason:visible")
    assert reasons.count() >= plain_page.locator(f"{CARDS}:visible").count() > 10
    assert all(text.startswith("如果：") for text in reasons.locator(".ds-if").all_inner_texts())
    expect(plain_page.get_by_text("说不清自己是哪种情况")).to_be_visible()
