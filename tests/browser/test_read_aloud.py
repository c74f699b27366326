"""A page read aloud: where the browser has a voice of its own, and nothing of what only its reader should know."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import steps

VOICE = """(() => {
  window.said = [];
  const voice = { lang: 'zh-CN', localService: true };
  const speak = (one) => { said.push(one.text); setTimeout(() => one.onend()); };
  Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [voice], speak, cancel() {} } });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""


def aloud(page: Page) -> str:
    """All that a browser with a voice of its own is given to say of this page."""
    page.get_by_role("button", name="大字").click()
    page.evaluate("window.said = []")
    page.get_by_role("button", name="读给我听").click()
    expect(page.locator(".ds-aloud")).to_have_count(0)
    said = "".join(page.evaluate("said"))
    page.get_by_role("button", name="关上").click()
    return said


def test_nothing_that_comes_of_answers_is_read_aloud(page: Page) -> None:
    page.add_init_script(VOICE)
    page.goto("/services/minimum-living-allowance/")
    assert "申请低保" in aloud(page)
    steps.from_front_page_to_form(page)
    steps.fill_section_by_section(page)
    expect(page.locator(".ds-not-sent")).to_be_visible()
    said = aloud(page)
    assert "还没有提交" in said
    for private in ("测试人员", "测试家人", "没填", "天山路", "申请人姓名"):
        assert private in page.locator("main").inner_text()
        assert private not in said, private
    steps.confirm(page)
    expect(page.locator(".ds-receipt")).to_be_visible()
    said = aloud(page)
    assert "接下来" in said
    for private in ("天山路", "授权书", "照您填的"):
        assert private in page.locator("main").inner_text()
        assert private not in said, private


def test_read_aloud_is_offered_where_the_browser_has_a_voice_of_its_own(page: Page) -> None:
    page.goto("/services/minimum-living-allowance/")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("region", name="看得清楚些")).to_be_visible()
    has = page.evaluate("""speechSynthesis.getVoices()
      .some((one) => one.localService && /^(zh|cmn)(?![-_](hk|mo))/i.test(one.lang))""")
    begin = page.get_by_role("button", name="读给我听")
    if not has:
        expect(begin).to_be_hidden()
        return
    begin.click()
    expect(page.locator("main .ds-reading")).to_have_count(1)
    page.get_by_role("button", name="停一停").click()
    expect(page.get_by_role("button", name="接着读")).to_be_visible()
    page.locator(".ds-aloud").get_by_role("button", name="不读了").click()
    expect(page.locator(".ds-reading, .ds-aloud")).to_have_count(0)
