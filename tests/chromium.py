"""One Chromium for all tests of a process: Playwright allows one driver at a time."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FIND = Path(__file__).parent / "browser" / "find-chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, found or installed; AssertionError says what to install when there is none."""
    found = subprocess.run(["sh", str(FIND)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield running
        running.close()
