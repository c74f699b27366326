"""Accessibility findings of the page as it stands, by axe-core."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


def findings(page: Page) -> list[str]:
    """One line a violation: rule and the elements it names. Raises when axe-core is not installed."""
    if not AXE.exists():
        raise AssertionError("axe-core is not installed: run `make test`, or `npm ci`")
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']]}" for violation in result["violations"]
    ]
