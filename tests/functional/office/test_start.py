"""What an operator is told when an office starts that other machines reach."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from doorstep.serving.application import ServeSettings
from doorstep.serving.server import NO_SESSIONS
from tests.functional.house import ROOT

SERVE = """
import sys
from pathlib import Path
from doorstep.serving.server import run_server
root, var, build = map(Path, sys.argv[1:4])
run_server(root=root, var=var, build=build, demo=True, port=int(sys.argv[4]), host=sys.argv[5], function="office")
"""


@pytest.mark.parametrize(
    ("host", "origin", "told"),
    [
        ("0.0.0.0", "", True),
        ("0.0.0.0", "https://office.example.org", False),
        ("127.0.0.1", "", False),
    ],
)
def test_that_browsers_elsewhere_keep_no_session(settings: ServeSettings, host: str, origin: str, told: bool) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folders = [str(settings.root), str(settings.var), str(settings.build)]
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, *folders, str(port), host],
        cwd=ROOT,
        env=os.environ | {"DOORSTEP_OFFICE_ORIGIN": origin},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        process.terminate()
        process.communicate()
    assert (first == NO_SESSIONS) == told
    assert told or first.endswith(f"http://{host}:{port}/  (Ctrl+C stops it)")
