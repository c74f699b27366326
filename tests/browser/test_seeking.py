"""What is looked for is found as one types, from any page, with the next step beside it; nobody is told the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.site import Site
from tests.browser.test_accessible import flaws

GUIDE, FORM = "/services/id-card/", "/apply/legal-aid/"
LABEL = "想办什么事，怎么说都行"
NONSENSE = "龘龘"
ONE_ROW = """() => new Set([...document.querySelectorAll('.ds-search-row > *')]
  .map((one) => one.getBoundingClientRect().top)).size === 1"""
#: Within the window, or the page itself scrolls to its foot.
ENDS = """() => { const { bottom } = document.querySelector('.ds-hits').getBoundingClientRect();
  return bottom <= innerHeight + 1 || bottom <= document.documentElement.scrollHeight - scrollY + 1; }"""
INDEX = "**/assets/search.*.txt"


def field(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("searchbox").last


def hits(page: Page) -> Locator:
    return page.locator(".ds-hit:visible")


def seek(page: Page, words: str) -> None:
    field(page).fill(words)
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(re.compile("^找到[0-9]+条$"))


def test_typing_finds_and_the_next_step_stands_there(page: Page) -> None:
    page.goto("/")
    seek(page, "低保")
    first = hits(page).first
    expect(first).to_contain_text("办事指南")
    expect(first.get_by_role("link").first).to_have_attribute("href", "/services/minimum-living-allowance/")
    first.get_by_role("link", name="在网上申请：申请低保").click()
    expect(page).to_have_url(re.compile("/apply/minimum-living-allowance/$"))


def test_help_by_telephone_is_one_tap_away(page: Page) -> None:
    page.goto(GUIDE)
    seek(page, "12356")
    help_line = page.locator(".ds-hit--hotline", has_text="12356")
    expect(help_line.get_by_role("link")).to_have_attribute("href", "tel:12356")
    expect(help_line.get_by_role("link")).to_have_text("打 12356")


KEPT = "JSON.stringify([history.state, {...sessionStorage}, {...localStorage}, document.cookie])"


def test_back_to_the_list_of_all_finds_the_words_and_what_they_found(page: Page) -> None:
    been: list[str] = []
    page.on("framenavigated", lambda frame: been.append(frame.url))
    page.goto("/find/")
    seek(page, "没钱看病")
    count = hits(page).count()
    hits(page).first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="按拼音找")).to_have_count(0)
    page.go_back()
    page.reload()  # so that the browser's own memory of the page is no help
    expect(field(page)).to_have_value("没钱看病")
    expect(hits(page)).to_have_count(count)
    assert not [url for url in been if "?" in url or "%" in url]


@pytest.mark.parametrize("address", ["/", GUIDE])
def test_no_other_page_keeps_the_words_nor_opens_by_itself(page: Page, address: str) -> None:
    page.goto(address)
    seek(page, "没钱看病")
    assert "看病" not in page.evaluate(KEPT)
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("没钱看病")
    seek(page, "没钱看病住院")
    hits(page).first.get_by_role("link").first.click()
    expect(page.locator(".ds-hits:visible")).to_have_count(0)
    assert "看病" not in page.evaluate(KEPT)
    page.go_back()
    page.reload()
    expect(field(page)).to_have_value("")
    expect(page.locator(".ds-hits:visible")).to_have_count(0)


def test_what_was_closed_meanwhile_stays_closed(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(INDEX, hold)
    page.goto(GUIDE)
    field(page).fill("低保")
    panel = page.locator(".ds-hits:visible")
    expect(panel).to_contain_text("正在找")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    with page.expect_response(INDEX) as came:
        held[0].continue_()
    came.value.finished()
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    expect(panel).to_have_count(0)
    field(page).press_sequentially("户")
    expect(hits(page).first).to_be_visible()


def test_words_handed_over_are_taken_whatever_becomes_of_them(page: Page) -> None:
    page.route(re.compile("/seeking"), lambda route: route.abort())
    page.goto(GUIDE)
    field(page).fill("低保")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/find/$"))
    expect(field(page)).to_have_value("低保")
    assert "低保" not in page.evaluate(KEPT)
    page.unroute(re.compile("/seeking"))
    page.reload()
    expect(field(page)).to_have_value("")


def test_words_whose_way_failed_do_not_come_up_later(page: Page) -> None:
    page.route("**/find/", lambda route: route.abort())
    page.goto(GUIDE)
    field(page).fill("低保")
    field(page).press("Enter")
    page.unroute("**/find/")
    page.goto(GUIDE)
    assert "低保" not in page.evaluate(KEPT)
    page.goto("/find/")
    expect(field(page)).to_have_value("")
    page.evaluate("sessionStorage.setItem('doorstep.asked', JSON.stringify([Date.now() - 3600000, '低保']))")
    page.reload()
    assert "低保" not in page.evaluate(KEPT)
    expect(field(page)).to_have_value("")


def test_punctuation_is_nothing_to_tell_the_editors(page: Page) -> None:
    page.goto(GUIDE)
    field(page).fill("？？！")
    panel = page.locator(".ds-hits")
    expect(panel).to_contain_text("换个说法试试")
    expect(panel.get_by_role("button", name="把这几个字告诉编辑")).to_have_count(0)


def test_all_that_was_found_stands_on_a_page_of_its_own_and_in_no_address(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(GUIDE)
    seek(page, "养老")
    few = hits(page).count()
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/find/$"))
    expect(field(page)).to_have_value("养老")
    expect(hits(page).nth(few)).to_be_visible()
    expect(page.get_by_role("heading", name="按拼音找")).to_be_hidden()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    field(page).fill("")
    expect(page.get_by_role("heading", name="按拼音找")).to_be_visible()
    assert not [url for url in asked if "?" in url or "%" in url]


def test_keys_go_through_it_and_escape_closes_it(page: Page) -> None:
    page.goto(GUIDE)
    seek(page, "dibao")
    expect(hits(page).first).to_contain_text("申请低保")
    page.keyboard.press("ArrowDown")
    expect(hits(page).first.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits(page).first.get_by_role("link", name="在网上申请")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(hits(page)).to_have_count(0)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("dibao")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="关上")).to_be_focused()
    page.keyboard.press("Tab")
    expect(hits(page).first.get_by_role("link").first).to_be_focused()
    page.locator("#sight").focus()
    expect(hits(page)).to_have_count(0)


def test_a_form_stays_where_it_is(page: Page, phone: BrowserContext) -> None:
    page.goto(FORM)
    page.wait_for_load_state("networkidle")
    seek(page, "低保")
    link = hits(page).first.get_by_role("link").first
    expect(link).to_contain_text("（新窗口打开）")
    expect(page.get_by_text("点开是新窗口")).to_be_visible()
    with phone.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("申请低保")
    with phone.expect_page() as opened:
        field(page).press("Enter")
    expect(opened.value.locator("#find-q")).to_have_value("低保")
    assert page.evaluate("sessionStorage.getItem('doorstep.asked')") is None
    assert opened.value.evaluate("sessionStorage.length") == 0
    assert page.url.endswith(FORM)


def test_without_the_index_the_field_leads_to_the_list_of_all(page: Page) -> None:
    page.route(INDEX, lambda route: route.abort())
    page.goto("/")
    field(page).fill("低保")
    expect(page.locator(".ds-hits")).to_contain_text("没连上网")
    page.unroute(INDEX)
    seek(page, "低保户")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/find/$"))


def test_nothing_of_it_is_loaded_before_it_is_wanted(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(GUIDE)
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "seeking" in url or "search" in url]
    with page.expect_request(INDEX):
        field(page).focus()


def test_of_counters_a_name_finds_its_own(page: Page) -> None:
    page.goto("/places/")
    place = page.get_by_role("searchbox", name="社区、小区或者街道的名字")
    for words in ("小拐", "xiaoguai", "小乖"):
        place.fill(words)
        expect(hits(page).first).to_contain_text("小拐乡")
    place.fill("低保")
    expect(page.locator(".ds-hits:visible")).to_contain_text("没找到这个名字")
    expect(page.locator(".ds-place:visible").first).to_be_visible()
    place.fill("菜市场")
    hits(page).first.get_by_role("link").click()
    expect(page.locator("#market")).to_be_in_viewport()


def test_without_scripts_themes_and_letters_lead_on(plain_page: Page) -> None:
    plain_page.goto("/")
    field(plain_page).fill("家暴")
    plain_page.get_by_role("button", name="搜").click()
    assert re.search(r"/find/\??$", plain_page.url), "what was typed is nobody's business"
    expect(plain_page.locator("noscript p")).to_be_visible()
    plain_page.get_by_role("list", name="跳到哪个字母").get_by_role("link", name="S").click()
    expect(plain_page.locator("#letter-s")).to_be_in_viewport()
    plain_page.goto("/find/")
    plain_page.get_by_role("link", name="生活有困难").click()
    expect(plain_page.locator("#hardship")).to_be_in_viewport()


@pytest.mark.parametrize("sight", ["", "larger"])
@pytest.mark.parametrize("size", [(360, 400), (360, 330), (740, 170), (800, 170)], ids=str)
def test_above_a_keyboard_a_thing_found_is_seen_whole(
    browser: Browser, site: Site, size: tuple[int, int], sight: str
) -> None:
    width, height = size
    page = browser.new_page(base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto("/verify/")
    page.evaluate("kept => localStorage.setItem('sight', kept)", sight)
    for address in ("/", GUIDE):
        page.goto(address)
        seek(page, "没钱看病")
        assert page.evaluate(ONE_ROW), address
        assert page.evaluate(ENDS), address
        assert page.evaluate("document.documentElement.scrollWidth") == width
        first = hits(page).first
        first.evaluate("one => one.scrollIntoView({ block: 'nearest' })")
        expect(first).to_be_in_viewport(ratio=0.98)  # a list scrolls by whole pixels
        expect(first.get_by_role("link", name="在网上申请")).to_be_in_viewport(ratio=1)
    page.close()


@pytest.fixture(params=[(320, 640), (360, 740), (1280, 900)], ids=lambda size: f"{size[0]}")
def looked_at(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_every_state_can_be_used_by_all(looked_at: Page) -> None:
    page = looked_at
    found = []
    for address in ("/", GUIDE, FORM, "/find/"):
        page.goto(address)
        seek(page, "心里难受")
        found += flaws(page, f"{address} found")
        field(page).fill(NONSENSE)
        expect(page.get_by_role("button", name="把这几个字告诉编辑")).to_be_visible()
        found += flaws(page, f"{address} nothing")
    assert not found
