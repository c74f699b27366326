"""A page on another origin posts into a form of ours, with a key of its own: the browser tells us, and we stop it."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser import steps
from tests.browser.site import ROOT, Site

FORM = "minimum-living-allowance"
FIXED = "EBESExQVFhcYGRobHB0eHw"
EXAMPLE = json.loads((ROOT / f"schemas/forms/{FORM}.json").read_text())["examples"][0]


@contextmanager
def other_site(markup: str) -> Iterator[int]:
    """Serve this page on a port of its own until the block ends; gives the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Referrer-Policy", self.path.strip("/") or "unsafe-url")
            self.end_headers()
            self.wfile.write(markup.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["cross-site", "same-site"])
@pytest.mark.parametrize("policy", ["unsafe-url", "no-referrer"])
def test_a_page_elsewhere_cannot_begin_an_application(browser: Browser, site: Site, host: str, policy: str) -> None:
    fields = {"_do": "change:for-whom", "_key": FIXED, "_answers": json.dumps(EXAMPLE)}
    inputs = "".join(f'<input type=hidden name="{name}" value="{html.escape(fields[name])}">' for name in fields)
    markup = f"<form method=post action='{site.url}/apply/{FORM}/'>{inputs}<button>领奖</button></form>"
    context = browser.new_context()
    with other_site(markup) as port:
        page = context.new_page()
        page.goto(f"http://{host}:{port}/{policy}")
        with page.expect_response(lambda answer: answer.url.startswith(site.url)) as answered:
            page.get_by_role("button").click()
        assert answered.value.status == 403
        expect(page.get_by_role("heading", level=1)).to_contain_text("别的网站")
        assert FIXED not in page.content()
        assert EXAMPLE["applicant_name"] not in page.content()
        page.get_by_role("link", name="打开空白的页面").click()
        expect(page.locator("#application-form [name=_key]")).to_have_value("")
    context.close()


@pytest.mark.parametrize("scripts", ["page", "plain_page"])
def test_our_own_posts_say_where_they_come_from(request: pytest.FixtureRequest, site: Site, scripts: str) -> None:
    """Old browsers have no Sec-Fetch-Site: for them the Origin must be there and must be ours, never `null`."""
    page: Page = request.getfixturevalue(scripts)
    posts: list[Request] = []
    page.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else None)
    steps.from_front_page_to_form(page)
    page.get_by_role("button", name="用测试人员填好").first.click()
    expect(page.locator("#applicant_name")).to_have_value(EXAMPLE["applicant_name"])
    if scripts == "plain_page":
        page.reload()  # posts once more
        expect(page.locator("#applicant_name")).to_have_value(EXAMPLE["applicant_name"])
    told = [(sent.all_headers().get("origin"), sent.all_headers().get("sec-fetch-site")) for sent in posts]
    assert told
    assert set(told) == {(site.url, "same-origin")}
