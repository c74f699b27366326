"""`doorstep demo` to browse: a city with applications in every state, and its staff's sign-in links."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.browser.site import ROOT, free_port

_LINK = re.compile(r"^ +\w+ +(\S+)\n +http\S+?(/sign-in/link\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Demonstration:
    """A running office: where it answers, and the sessions of who signed in, by name, as browsers store them."""

    url: str
    sessions: dict[str, Path]

    def context(self, browser: Browser, name: str, width: int, *, height: int = 800) -> BrowserContext:
        """A browser of this staff member, without JavaScript of its own pages: the office has none."""
        context = browser.new_context(
            base_url=self.url,
            storage_state=self.sessions[name],
            viewport={"width": width, "height": height},
            locale="zh-CN",
        )
        context.set_default_timeout(10_000)
        return context


@contextmanager
def demonstrating(browser: Browser, folder: Path, build: Path, origin: str) -> Iterator[Demonstration]:
    """Serve the demonstration with its data below `folder`, from a site that is built already, until the block ends."""
    port, office_port = free_port(), free_port()
    url, log = f"http://127.0.0.1:{office_port}", folder / "demo.log"
    environment = os.environ | {
        "PORT": str(port),
        "OFFICE_PORT": str(office_port),
        "DOORSTEP_VAR": str(folder / "var"),
        "DOORSTEP_BUILD": str(build),
        "DOORSTEP_ORIGIN": origin,  # another address would have the site built anew, under whoever serves it
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "doorstep", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_it_answers(url, process, log)
        yield Demonstration(url, _signed_in(browser, url, folder, log.read_text()))
    finally:
        process.terminate()
        process.wait(60)


def _signed_in(browser: Browser, url: str, folder: Path, said: str) -> dict[str, Path]:
    """Everybody uses their link; what their browser keeps is stored."""
    sessions = {}
    for number, (name, path) in enumerate(_LINK.findall(said)):
        context = browser.new_context()
        page = context.new_page()
        page.goto(url + path)
        page.get_by_role("button", name="登录", exact=True).click()
        sessions[name] = folder / f"session-{number}.json"
        context.storage_state(path=sessions[name])
        context.close()
    return sessions


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the demonstration did not come up:\n{log.read_text()}")
