"""A site is built while a server runs: it serves the whole one it began with, and begins again with the new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from doorstep.built import put_up
from doorstep.former_assets import LEDGER
from tests.browser.site import ROOT, serving

GUIDE = "/services/minimum-living-allowance/"
ORIGIN = "https://www.example.org"
FORMER = "site/assets/search.000000000000.txt"


def small(folder: Path) -> Path:
    """A build of this mode with one file, which only those know who have it open."""
    (folder / FORMER).parent.mkdir(parents=True)
    (folder / FORMER).write_text("of a build before")
    (folder / "intake").mkdir()
    (folder / LEDGER).write_text('{"demo": true, "left": {}}')
    return folder


def build(folder: Path, **environment: str) -> None:
    command = [sys.executable, "-m", "doorstep", "build", "--demo", "--always"]
    subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DOORSTEP_BUILD": str(folder)} | environment, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def fetch(address: str) -> bytes:
    """All of it: an answer shorter than it promised is an error."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        content: bytes = answer.read()
    return content


def named(page: bytes) -> set[str]:
    """The addresses of index, scripts and styles that a page names."""
    return set(re.findall(r"/assets/[\w.]+\.[0-9a-f]{12}[\w./]*", page.decode()))


def test_a_build_touches_nothing_that_is_served(tmp_path: Path) -> None:
    with serving(tmp_path) as site:
        before = {path: fetch(site.url + path) for path in ("/", GUIDE, "/find/", "/about/")}
        before |= {path: fetch(site.url + path) for path in named(before[GUIDE])}
        assert {Path(path).suffix for path in before} >= {".txt", ".js", ".css"}
        found = fetch(f"{site.url}/api/search?q=dibao")
        for number in range(2):
            put_up(tmp_path / "build", small(tmp_path / str(number)))
        build(tmp_path / "build", DOORSTEP_ORIGIN=ORIGIN)
        assert {path: fetch(site.url + path) for path in before} == before
        assert fetch(f"{site.url}/api/search?q=dibao") == found
    with serving(tmp_path, DOORSTEP_ORIGIN=ORIGIN) as site:
        after = fetch(site.url + GUIDE)
        assert f"{ORIGIN}{GUIDE}".encode() in after
        assert f"{ORIGIN}{GUIDE}".encode() not in before[GUIDE]
        assert fetch(f"{site.url}/{Path(FORMER).relative_to('site')}") == b"of a build before"
