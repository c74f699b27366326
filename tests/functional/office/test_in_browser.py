"""A real browser over plain http on this machine: it keeps the `__Host-` cookie, signs in by link and at a provider."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, Page

from doorstep.serving.application import ServeSettings
from office.cookies import SESSION
from tests.functional.office.people import hired, house_of, link
from tests.functional.office_house import Office, run_office
from tests.provider import provider


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None: ...


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def served(server: Server, office: Office) -> Iterator[None]:
    server.set_app(office.client.application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    office.time.moment = dt.datetime.now(dt.UTC)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        office.function.stop()


def listening() -> tuple[Server, str]:
    server = make_server("127.0.0.1", 0, lambda *_: [], Server, Quiet)
    return server, f"http://127.0.0.1:{server.server_port}"


def cookie_names(page: Page) -> set[str]:
    return {str(cookie.get("name")) for cookie in page.context.cookies()}


def test_by_link_and_out_again(browser: Browser, settings: ServeSettings) -> None:
    server, origin = listening()
    office = run_office(settings, DOORSTEP_OFFICE_ORIGIN=origin)
    with served(server, office):
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{origin}/sign-in/link?token={link(office, hired(office))}")
        page.get_by_role("button", name="登录", exact=True).press("Enter")
        page.wait_for_url(f"{origin}/")
        assert cookie_names(page) == {SESSION}
        assert page.evaluate("document.cookie") == ""
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url(f"{origin}/sign-in")
        assert cookie_names(page) == set()
        page.go_back()
        assert page.get_by_role("button", name="退出登录").count() == 0  # nothing was kept of the page
        page.context.close()


def test_at_a_provider(browser: Browser, settings: ServeSettings) -> None:
    server, origin = listening()
    with provider(origin) as issuer:
        office = run_office(
            settings,
            DOORSTEP_OFFICE_ORIGIN=origin,
            DOORSTEP_OIDC_ISSUER=issuer,
            DOORSTEP_OIDC_CLIENT_ID="doorstep-RS256",
        )
        with served(server, office):
            hired(office, subject="sub-1")
            page = browser.new_context(java_script_enabled=False).new_page()
            page.goto(f"{origin}/sign-in")
            page.get_by_role("link", name="用单位账号登录").click()
            page.get_by_label("Account").fill("sub-1")
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{origin}/")
            assert page.get_by_text("甲").count() == 1
            assert SESSION in cookie_names(page)
            assert len(house_of(office).records.read("SELECT 1 FROM sessions")) == 1
            page.context.close()
