"""The real thing to browse: `doorstep serve` on a free port, with its own data folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Site:
    """A running site: where it answers and its office, where its data rests, what it printed."""

    url: str
    var: Path
    log: Path
    process: subprocess.Popen[bytes]
    office: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, *, port: int | None = None, **settings: str) -> Iterator[Site]:
    """Serve the checkout from `folder`/var and `folder`/build, with DOORSTEP_… `settings`, until the block ends."""
    port, office = port or free_port(), free_port()
    log = folder / "server.log"
    environment = os.environ | {
        "PORT": str(port),
        "OFFICE_PORT": str(office),
        "DOORSTEP_VAR": str(folder / "var"),
        "DOORSTEP_BUILD": str(folder / "build"),
        **settings,
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "doorstep", "serve", "--demo"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    site = Site(f"http://127.0.0.1:{port}", folder / "var", log, process, f"http://127.0.0.1:{office}")
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_it_answers(site: Site, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if site.process.poll() is not None:
            break
        try:
            for address in (site.url + "/api/health", site.office + "/health"):
                with urllib.request.urlopen(address, timeout=2):
                    pass
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the site did not come up:\n{site.log.read_text()}")
