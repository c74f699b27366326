"""Accessibility findings of the page as it stands, by axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
NO_SCRIPTS = "matchMedia('(scripting: none)').matches"


def findings(page: Page) -> list[str]:
    """One line a violation: rule and the elements it names. Raises when axe-core is not installed, or cannot run."""
    if not AXE.exists():
        raise AssertionError("axe-core is not installed: run `make test`, or `npm ci`")
    if page.evaluate(NO_SCRIPTS):  # it would wait for ever
        raise AssertionError("axe-core needs scripts, and this page runs none: look at it through `scripted`")
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']]}" for violation in result["violations"]
    ]


@contextmanager
def scripted(page: Page) -> Iterator[Page]:
    """The page itself, or, where it runs no scripts, the same bytes in one that has scripts and does not run ours."""
    if not page.evaluate(NO_SCRIPTS):
        yield page
        return
    browser = page.context.browser
    assert browser is not None
    size = page.viewport_size
    assert size is not None
    body, address = page.content(), urljoin(page.url, "/looked-at")
    context = browser.new_context(viewport={"width": size["width"], "height": size["height"]}, locale="zh-CN")
    context.set_default_timeout(10_000)
    looked_at = context.new_page()
    looked_at.route("**/*.js", lambda route: route.abort())
    looked_at.route(address, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    looked_at.goto(address)
    yield looked_at
    context.close()
