"""One site and one Chromium for all browser tests; a fresh context, so a fresh device, for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.demonstration import Demonstration, demonstrating
from tests.browser.site import Site, serving


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def demo(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstrating(browser, tmp_path_factory.mktemp("demo"), site.var.parent / "build", site.url) as running:
        yield running


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A resident's phone: 360×740, scripts on."""
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when the browser reports an error of ours."""
    page = phone.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert not errors


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a phone without JavaScript."""
    context = browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
