"""Staff of the site under test: hired by the command, signed in by their link, each in a browser of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.site import ROOT, Site

STREET, DISTRICT = "street-650203001", "civil-affairs-650203"


def hire(site: Site, name: str, office: str, role: str) -> str:
    """The link that signs them in once. A worker's tests share one site, so each has staff of its own names."""
    done = subprocess.run(
        [sys.executable, "-m", "doorstep", "staff", "add", name, "--office", office, "--role", role],
        cwd=ROOT,
        env=os.environ
        | {
            "DOORSTEP_VAR": str(site.var),
            "DOORSTEP_BUILD": str(site.var.parent / "build"),
            "OFFICE_PORT": site.office.rpartition(":")[2],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    found = re.search(r"http\S+/sign-in/link\?token=\S+", done.stdout)
    assert found, done.stdout
    return found.group()


@contextmanager
def at_work(
    browser: Browser, site: Site, name: str, office: str, role: str, *, size: tuple[int, int] = (1280, 900)
) -> Iterator[Page]:
    """A page of this staff member, signed in, without JavaScript, as all of the office does without."""
    context = browser.new_context(
        base_url=site.office,
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(hire(site, name, office, role))
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("button", name="退出登录").wait_for()
    yield page
    context.close()
