"""The catalog narrowed as people narrow it: the count is true, the address keeps it, nothing ends in an empty page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.site import Site
from tests.browser.test_accessible import flaws

CARDS = "#catalog-list > li"
#: Two choices that no card fits together, where there are such: [for whom, which matter].
APART = """
() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const chips = (name) => all(`[data-filter=${name}] button`).map((one) => one.value).filter(Boolean);
  const fits = ({ dataset }, group, matter) => dataset.category === matter
    && dataset.for.split(' ').some((one) => one === group || one === 'everyone');
  for (const group of chips('for')) {
    for (const matter of chips('category')) {
      if (!all('#catalog-list > li').some((card) => fits(card, group, matter))) return [group, matter];
    }
  }
  return null;
}
"""


def shown(page: Page) -> list[Locator]:
    return page.locator(f"{CARDS}:visible").all()


def count(page: Page) -> int:
    found = re.search(r"([0-9]+) 项", page.locator("#catalog-count").inner_text())
    assert found
    return int(found[1])


def choose(page: Page, name: str, value: str) -> None:
    group = page.locator(f"[data-filter={name}]")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.locator(f"button[value={value}]").click()
    expect(page).to_have_url(re.compile(f"[?&]{name}={value}"))


def test_what_is_chosen_is_counted_kept_and_taken_back(page: Page) -> None:
    page.goto("/resources/")
    expect(page.locator("#catalog-filters")).to_be_visible()
    every = len(shown(page))
    said = page.locator("#catalog-count")
    box = said.bounding_box()
    assert count(page) == every > 0
    assert box is not None
    assert box["y"] + box["height"] < 740, "the count is on a phone's first screen"
    choose(page, "for", "elderly")
    meant = [str(card.get_attribute("data-for")).split() for card in shown(page)]
    assert count(page) == len(meant) < every
    assert all({"elderly", "everyone"} & set(groups) for groups in meant)
    own = ["elderly" in groups for groups in meant]
    assert own == sorted(own, reverse=True), "what is meant for them comes first"
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY", "the keyboard stays where it was"
    for_elderly = count(page)
    choose(page, "category", "elderly")
    both, address = count(page), page.url
    assert both == len(shown(page)) < for_elderly
    page.reload()
    assert (count(page), len(shown(page))) == (both, both)
    page.go_back()
    expect(page.locator("[data-filter=category] summary")).to_contain_text("不限")
    assert count(page) == len(shown(page)) == for_elderly
    page.go_forward()
    assert (page.url, count(page), len(shown(page))) == (address, both, both)
    page.goto("/resources/?for=nobody-knows")
    assert (count(page), len(shown(page))) == (every, every), "an address of old times shows all"


def test_a_choice_that_nothing_fits_says_so_and_leads_out(page: Page) -> None:
    page.goto("/resources/")
    expect(page.locator("#catalog-filters")).to_be_visible()
    apart = page.evaluate(APART)
    assert apart, "two choices that nothing fits"
    choose(page, "for", apart[0])
    choose(page, "category", apart[1])
    assert (count(page), shown(page)) == (0, [])
    expect(page.locator("#catalog-none")).to_be_visible()
    way = page.locator("#catalog-wider button").first
    promised = re.search("([0-9]+) 项", way.inner_text())
    way.click()
    assert promised
    assert count(page) == len(shown(page)) == int(promised[1]) > 0
    expect(page.locator("#catalog-none")).to_be_hidden()


def test_without_scripts_plain_lists_say_the_same(plain_page: Page) -> None:
    plain_page.goto("/resources/")
    expect(plain_page.locator("#catalog-filters")).to_be_hidden()
    assert count(plain_page) == len(shown(plain_page))
    link = plain_page.locator("#catalog-plain a").first
    promised = re.search("（([0-9]+)）", link.inner_text())
    link.click()
    expect(plain_page.locator("main .ds-card")).to_have_count(int(promised[1]) if promised else 0)


def test_a_card_leads_to_what_more_there_is(page: Page) -> None:
    page.goto("/resources/")
    expect(page.locator("#catalog-filters")).to_be_visible()
    plain = page.locator(f"{CARDS}:not(.ds-resource--more)")
    assert plain.count() > 0
    assert plain.locator("a:not([href^='tel:'])").count() == 0
    more = page.locator(f"{CARDS}.ds-resource--more h2 a").first
    title = more.inner_text()
    more.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("待公布，请拨12345")


@pytest.fixture(params=[(360, 740), (1280, 900)], ids=["phone", "desk"])
def looked_at(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(base_url=site.url, viewport={"width": width, "height": height}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_every_state_can_be_used_by_all(looked_at: Page) -> None:
    page = looked_at
    page.goto("/resources/")
    expect(page.locator("#catalog-filters")).to_be_visible()
    first = page.locator(f"{CARDS}.ds-resource--more h2 a").first.get_attribute("href")
    found = []
    if page.locator("[data-filter=for]").get_attribute("open") is None:
        page.locator("[data-filter=for] summary").click()
    found += flaws(page, "choosing")
    apart = page.evaluate(APART)
    page.goto(f"/resources/?for={apart[0]}&category={apart[1]}")
    expect(page.locator("#catalog-none")).to_be_visible()
    found += flaws(page, "nothing")
    for address in (f"/resources/category/{apart[1]}/", str(first)):
        page.goto(address)
        found += flaws(page, address)
    assert not found
