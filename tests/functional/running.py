"""The real server in processes of its own, over the small site of the functional tests."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doorstep.serving.application import ServeSettings
from doorstep.serving.server import PATIENCE
from tests.functional.house import FORM, ROOT

SERVE = """
import resource, sys
from pathlib import Path
from doorstep.serving.server import run_server
root, var, build, port, largest_file = sys.argv[1:]
if int(largest_file):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), -1))
run_server(root=Path(root), var=Path(var), build=Path(build), demo=True, port=int(port))
"""


@dataclass
class Server:
    """A running server; its output is a file, as logs are."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path: str, value: Any) -> tuple[int, Any]:
        status, _, content = self.request("POST", path, json.dumps(value), **{"Content-Type": "application/json"})
        return status, json.loads(content)

    def submit(self, answers: Any, key: str) -> tuple[int, Any]:
        return self.post(f"/api/forms/{FORM}/applications", {"answers": answers, "submission_key": key})

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        # A worker told to stop in the moment it finishes loading may miss it: it is ended after PATIENCE.
        return self.process.wait(2 * PATIENCE)


@contextmanager
def running(settings: ServeSettings, *, largest_file: int = 0, **environment: str) -> Iterator[Server]:
    """Serve until the block ends. No file may grow beyond `largest_file` bytes; 0: any may."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = settings.var.parent / "server.log"
    with log.open("ab") as output:
        numbers = [str(port), str(largest_file)]
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(settings.root), str(settings.var), str(settings.build), *numbers],
            cwd=ROOT,
            env=os.environ | {"DOORSTEP_WORKERS": "2"} | environment,
            stdout=output,
            stderr=output,
        )
    server = Server(process, port, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        process.wait()


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if server.request("GET", "/api/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(server.log.read_text())
