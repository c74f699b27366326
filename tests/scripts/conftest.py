"""A Chromium and the stub server for the scripts' tests; every page fails its test when a script of ours throws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.scripts.stub import FORM, Stub, stub_server


@pytest.fixture
def stub() -> Iterator[Stub]:
    with stub_server() as running:
        yield running


@pytest.fixture
def context(browser: Browser, stub: Stub) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=stub.url, viewport={"width": 360, "height": 740}, locale="zh-CN")
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Failed to load resource" not in line.text else None)
    yield page
    assert not said


@pytest.fixture
def phone(browser: Browser, stub: Stub) -> Iterator[Page]:
    """The form with files, on a phone with a touch screen, opened and enhanced."""
    stub.form = "form-files.html"
    context = browser.new_context(
        base_url=stub.url, viewport={"width": 360, "height": 740}, locale="zh-CN", is_mobile=True, has_touch=True
    )
    context.set_default_timeout(8000)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Failed to load resource" not in line.text else None)
    page.goto(FORM)
    page.locator("#papers_how--now").check()
    page.locator(".ds-file-pick").first.wait_for()
    yield page
    context.close()
    assert not said


@pytest.fixture
def form(page: Page) -> Page:
    """The sample form, opened and enhanced."""
    page.goto(FORM)
    page.locator(".ds-steps").wait_for()
    return page
