"""Photos on their way from a phone: made small, one after the other, with what became of each said in its row."""

from __future__ import annotations

import json
import re

from playwright.sync_api import FilePayload, Page, expect

from tests.scripts.photos import document, is_upright, opened, paper
from tests.scripts.stub import FORM, KEY, Stub
from tests.scripts.taking import bills, choose, take

READY = "收到了，能打开，共1页"


def test_a_photo_is_made_small_upright_and_anonymous(phone: Page, stub: Stub) -> None:
    take(phone, paper(1, orientation=6))
    expect(phone.locator(".ds-file")).to_have_text(re.compile(f"第1份.*{READY}"))
    (kept,) = stub.files.kept.values()
    picture = opened(kept.content)
    assert picture.size == (1500, 2000)
    assert is_upright(picture)
    assert len(kept.content) <= 1_000_000
    assert b"CANARY" not in kept.content
    assert not picture.getexif()
    assert bills(phone) == list(stub.files.kept)
    assert "CANARY" not in json.dumps([stub.files.asked, stub.files.sent]) + phone.content()
    assert phone.locator(".ds-file img").get_attribute("src", timeout=1000).startswith("data:image/jpeg")  # type: ignore[union-attr]


def test_a_browser_that_cannot_turn_pictures_gets_them_upright_too(phone: Page, stub: Stub) -> None:
    """Before 2023 no browser turned what it decoded aside, before 2020 none did at all."""
    phone.evaluate("delete window.createImageBitmap")
    take(phone, paper(1, orientation=8))
    expect(phone.locator(".ds-file")).to_contain_text(READY)
    (kept,) = stub.files.kept.values()
    assert opened(kept.content).size == (1500, 2000)
    assert is_upright(opened(kept.content))
    drawn = phone.evaluate("""async () => {
        const photo = await import('/scripts/photo.js');
        const source = document.createElement('canvas');
        [source.width, source.height] = [40, 20];
        source.getContext('2d').fillStyle = '#f00';
        source.getContext('2d').fillRect(0, 0, 10, 10);
        const red = (turned) => {
            const size = turned % 2 ? [20, 40] : [40, 20];
            const { data } = photo.draw(source, size, turned).getContext('2d').getImageData(0, 0, ...size);
            const corner = (x, y) => data[4 * (y * size[0] + x)] > 200 && data[4 * (y * size[0] + x) + 1] < 99;
            return [corner(2, 2), corner(size[0] - 3, 2), corner(size[0] - 3, size[1] - 3), corner(2, size[1] - 3)];
        };
        return [0, 1, 2, 3].map((turned) => red(turned).indexOf(true));
    }""")
    assert drawn == [0, 1, 2, 3], "the red corner goes round clockwise"


def test_what_does_not_compress_gets_smaller_step_by_step(phone: Page, stub: Stub) -> None:
    take(phone, paper(1, noisy=True))
    expect(phone.locator(".ds-file")).to_contain_text(READY, timeout=20000)
    (kept,) = stub.files.kept.values()
    assert len(kept.content) <= 1_000_000
    assert max(opened(kept.content).size) >= 1200


def test_a_long_screenshot_stays_legible(phone: Page, stub: Stub) -> None:
    choose(phone, paper(1, width=1080, height=5000))
    expect(phone.locator(".ds-file")).to_contain_text(READY)
    (kept,) = stub.files.kept.values()
    assert opened(kept.content).size == (885, 4096)


def test_page_after_page_in_the_order_they_were_taken(phone: Page, stub: Stub) -> None:
    expect(phone.locator(".ds-file-pick").first).to_have_text("拍照")
    assert phone.locator("input[capture=environment]").count() == 1
    take(phone, paper(1))
    expect(phone.locator(".ds-file-pick").first).to_have_text("再拍一页")
    take(phone, paper(2))
    choose(phone, paper(3), document(4))
    expect(phone.locator(".ds-file strong")).to_have_text(["第1份", "第2份", "第3份", "第4份"])
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(4, timeout=15000)
    assert bills(phone) == list(stub.files.kept)
    assert list(stub.files.kept.values())[3].content.startswith(b"%PDF-1.4 4")
    keys = [asked.get("submission_key") for asked in stub.files.asked]
    assert keys[0] is None
    assert set(keys[1:]) == {KEY}
    assert phone.locator("[name=_key]").input_value() == KEY
    assert {asked["path"] for asked in stub.files.asked} == {"/api/forms/sample/files"}


def test_progress_is_shown_and_one_is_sent_at_a_time(phone: Page, stub: Stub) -> None:
    network = phone.context.new_cdp_session(phone)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": 200_000, "uploadThroughput": 60_000}
    network.send("Network.emulateNetworkConditions", slow)
    choose(phone, document(1, 150_000), document(2, 150_000))
    expect(phone.locator(".ds-file").first).to_contain_text(re.compile("正在传 [1-9][0-9]?%"))
    expect(phone.locator(".ds-file").nth(1)).to_contain_text("等着传")
    expect(phone.locator(".ds-file progress").first).to_be_visible()
    expect(phone.locator(".ds-uploading")).to_have_text("还有2份没传完，可以接着往下填，别关页面。")
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(2, timeout=20000)
    expect(phone.locator(".ds-uploading")).to_be_hidden()


def test_a_lost_connection_is_taken_up_again_and_nothing_is_sent_twice(phone: Page, stub: Stub) -> None:
    choose(phone, document(1))
    expect(phone.locator(".ds-file").first).to_contain_text(READY)
    stub.files.cuts = 99  # the browser itself tries again, once on each connection it still has
    choose(phone, document(2, 300_000))
    expect(phone.locator(".ds-file").nth(1)).to_contain_text("网断了，连上以后自动接着传")
    stub.files.cuts = 0
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(2, timeout=15000)
    assert len(stub.files.sent) == 2
    assert len(stub.files.kept) == 2


def test_without_a_network_rows_stay_and_go_on_by_themselves(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    take(phone, paper(1))
    take(phone, paper(2))
    expect(phone.locator(".ds-file").first).to_contain_text("网断了，连上以后自动接着传")
    phone.wait_for_timeout(2500)
    phone.context.set_offline(False)
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(2, timeout=15000)
    assert bills(phone) == list(stub.files.kept)


def test_a_busy_server_is_asked_again_when_it_said(phone: Page, stub: Stub) -> None:
    stub.files.faults = [
        (503, {"Retry-After": "2"}),
        (429, {"Retry-After": "1"}),
        (200, {}),
        (502, {"body": "not ours"}),
    ]
    take(phone, paper(1))
    expect(phone.locator(".ds-file")).to_contain_text("网站这会儿忙，一会儿自动接着传")
    expect(phone.locator(".ds-file")).to_contain_text(READY, timeout=20000)
    assert len(stub.files.kept) == 1


def test_a_store_that_takes_files_by_itself_is_given_them_with_a_fresh_ticket(phone: Page, stub: Stub) -> None:
    stub.files.bucket = f"{stub.url}/bucket"
    stub.files.faults = [(200, {}), (403, {})]  # the ticket was good, and too old when the photo came
    take(phone, paper(1))
    expect(phone.locator(".ds-file")).to_contain_text(READY, timeout=20000)
    assert len(stub.files.kept) == 1
    assert bills(phone) == list(stub.files.kept)


def test_the_same_paper_twice_is_one(phone: Page, stub: Stub) -> None:
    take(phone, paper(1))
    take(phone, paper(1))
    expect(phone.locator(".ds-file-note")).to_have_text("和前面的一样，没有再收一遍。")
    expect(phone.locator(".ds-file")).to_have_count(1)
    expect(phone.locator(".ds-file")).to_contain_text(READY)
    assert len(stub.files.sent) == 1


def test_what_cannot_be_sent_is_said_before_anything_is(phone: Page, stub: Stub) -> None:
    choose(phone, document(1, 4_100_000), document(2, 4_100_000))
    expect(phone.locator(".ds-file").first).to_contain_text("没有收：超过4兆，太大了。请拍成照片")
    expect(phone.locator(".ds-file").nth(1)).to_contain_text("没有收：超过4兆，太大了")
    assert not stub.files.asked
    phone.locator(".ds-steps-next").click()
    expect(phone.locator("#section-papers")).to_be_visible()
    expect(phone.locator(".ds-file-again").first).to_be_focused()
    take(phone, paper(1), by="重拍第1份")
    expect(phone.locator(".ds-file").first).to_contain_text(READY)
    phone.get_by_role("button", name="去掉第2份").click()
    expect(phone.locator(".ds-file")).to_have_count(1)
    expect(phone.locator(".ds-file-drop")).to_be_focused()
    phone.locator(".ds-steps-next").click()
    expect(phone.locator("#section-household")).to_be_visible()


def test_a_photo_that_this_browser_cannot_open_is_sent_as_it_is(phone: Page, stub: Stub) -> None:
    heic: FilePayload = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + b"x" * 900}
    choose(phone, heic)
    expect(phone.locator(".ds-file")).to_contain_text(READY)
    expect(phone.locator(".ds-file-look")).to_have_text("照片")
    assert [kept.content for kept in stub.files.kept.values()] == [heic["buffer"]]


def test_once_a_paper_is_there_going_on_is_what_stands_out(phone: Page) -> None:
    phone.add_style_tag(url="/doorstep.css")
    green, clear = "rgb(11, 101, 82)", "rgba(0, 0, 0, 0)"
    first = phone.locator(".ds-file-pick").first
    expect(phone.locator(".ds-steps-next")).to_have_css("background-color", green)
    expect(first).to_have_css("background-color", green)
    choose(phone, document(1))
    expect(first).to_have_css("background-color", clear)
    phone.locator(".ds-file-drop").click()
    expect(first).to_have_css("background-color", green)


def test_a_refusal_says_why_and_is_taken_again_in_its_place(phone: Page, stub: Stub) -> None:
    stub.files.verdicts = [("refused", 0)]
    choose(phone, document(1), document(2))
    expect(phone.locator(".ds-file").first).to_contain_text("没有收：这张照片打不开，请重新拍一张")
    expect(phone.locator(".ds-file").nth(1)).to_contain_text(READY)
    phone.locator(".ds-steps-next").click()
    expect(phone.get_by_role("button", name="重拍第1份")).to_be_focused()
    expect(phone.locator("#error-summary, .ds-error")).to_have_count(0)  # its row says why, and nothing says otherwise
    expect(phone.get_by_role("status").last).to_contain_text("没有收：这张照片打不开，请重新拍一张")
    assert bills(phone) == [list(stub.files.kept)[1]]
    take(phone, paper(3), by="重拍第1份")
    expect(phone.locator(".ds-file").first).to_contain_text(READY)
    assert bills(phone) == [list(stub.files.kept)[2], list(stub.files.kept)[1]]
    phone.locator(".ds-steps-next").click()
    expect(phone.locator("#section-household")).to_be_visible()


def test_a_slow_examiner_is_not_waited_for(phone: Page, stub: Stub) -> None:
    phone.clock.install()
    stub.files.verdicts = [("ready", 99)]
    take(phone, document(1), by="从手机里选")
    expect(phone.locator(".ds-file")).to_contain_text("收到了，正在检查")
    for _ in range(12):
        phone.clock.run_for(10_000)
        phone.wait_for_timeout(50)
    expect(phone.locator(".ds-file")).to_contain_text("收到了，正在检查，不用等")
    assert len(stub.files.asked) == 6
    phone.clock.resume()
    phone.locator(".ds-steps-next").click()
    expect(phone.locator("#section-household")).to_be_visible()


def test_no_more_than_the_form_takes(phone: Page, stub: Stub) -> None:
    choose(phone, *(document(number) for number in range(6)))
    expect(phone.locator(".ds-file")).to_have_count(4)
    expect(phone.locator(".ds-file-note")).to_have_text("最多4份，多的放不进来。")
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(4, timeout=15000)
    take(phone, paper(1))
    expect(phone.locator(".ds-file")).to_have_count(4)
    phone.get_by_role("button", name="去掉第2份").click()
    expect(phone.locator(".ds-file strong")).to_have_text(["第1份", "第2份", "第3份"])
    assert bills(phone) == [digest for at, digest in enumerate(stub.files.kept) if at != 1]


def test_pressing_twice_takes_one_away(phone: Page, stub: Stub) -> None:
    choose(phone, document(1), document(2), document(3))
    expect(phone.locator('.ds-file[data-status="ready"]')).to_have_count(3, timeout=15000)
    phone.locator(".ds-file-drop").nth(1).dblclick(delay=100)
    expect(phone.locator(".ds-file-note")).to_have_text("第2份去掉了")
    expect(phone.locator("body > [role=status]")).to_have_text("第2份去掉了")
    expect(phone.locator(".ds-file")).to_have_count(2)
    phone.wait_for_timeout(800)
    phone.locator(".ds-file-drop").nth(1).click()
    expect(phone.locator(".ds-file")).to_have_count(1)
    assert bills(phone) == [next(iter(stub.files.kept))]


def test_what_is_taken_away_while_it_is_sent_is_not_sent(phone: Page, stub: Stub) -> None:
    phone.context.set_offline(True)
    choose(phone, document(1), document(2))
    expect(phone.locator(".ds-file").first).to_contain_text("网断了")
    phone.get_by_role("button", name="去掉第1份").click()
    phone.context.set_offline(False)
    expect(phone.locator(".ds-file")).to_contain_text(READY)
    assert len(stub.files.sent) == 1
    assert stub.files.sent[0]["digest"] == bills(phone)


def test_a_picture_is_looked_at_closely(phone: Page, stub: Stub) -> None:
    take(phone, paper(1))
    look = phone.get_by_role("button", name="第1份，点一下放大或缩小")
    look.click()
    expect(look).to_have_attribute("aria-expanded", "true")
    expect(phone.locator(".ds-file")).to_have_class(re.compile("ds-file--large"))
    look.click()
    expect(look).to_have_attribute("aria-expanded", "false")


def test_a_computer_has_one_button(form: Page, stub: Stub) -> None:
    stub.form = "form-files.html"
    form.goto(FORM)
    form.locator("#papers_how--now").check()
    expect(form.locator(".ds-file-pick")).to_have_text(["从电脑里选"])
    take(form, paper(1), by="从电脑里选")
    expect(form.locator(".ds-file")).to_contain_text(READY)


def test_other_pages_load_nothing_of_it(form: Page) -> None:
    loaded = form.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert loaded
    assert not [name for name in loaded if "uploading" in name]
