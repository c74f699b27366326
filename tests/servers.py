"""Real servers for tests: two that speak DynamoDB's API, and a network that loses answers."""

from __future__ import annotations

import math
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from doorstep.stores.dynamodb_calls import client_config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

ROOT = Path(__file__).parents[1]

DYNALITE = """
const options = { createTableMs: 0, deleteTableMs: 0 }
if (process.argv[1]) options.path = process.argv[1]
const server = require('dynalite')(options).listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()
// dynalite ends itself when a client dies in the middle of a request; the crash test's clients do.
process.on('uncaughtException', error => { if (error.code !== 'ECONNRESET') throw error })
"""
"""Prints its port once it listens; ends with the tests, because its standard input does."""


@contextmanager
def dynalite(folder: Path | None = None) -> Iterator[str]:
    """The address of a dynalite, in memory or on LevelDB in `folder`."""
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("node is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)")
    if not (ROOT / "node_modules" / "dynalite").is_dir():
        raise RuntimeError("node_modules/dynalite is missing: run `npm ci` (make test does)")
    arguments = [node, "-e", DYNALITE, *([str(folder)] if folder else [])]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        try:
            if not port.isdecimal():
                raise RuntimeError(f"dynalite did not start: {process.communicate()[1]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@contextmanager
def moto() -> Iterator[str]:
    """The address of moto's server, in a thread of this process. Serial use only: it loses writes under threads."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def dynamodb_client(endpoint: str, *, read_timeout: float | None = None) -> DynamoDBClient:
    """A client as production makes it, with credentials that any test server takes; region and keys from the
    environment when DYNAMODB_ENDPOINT names the server."""
    config = client_config()
    if read_timeout is not None:
        config = config.merge(type(config)(read_timeout=read_timeout))
    if endpoint == os.environ.get("DYNAMODB_ENDPOINT"):
        return boto3.client("dynamodb", endpoint_url=endpoint, config=config)
    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        config=config,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


class LossyNetwork:
    """A TCP forwarder to `target` (host, port) that can lose answers: requests arrive, responses do not."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._to_lose = 0.0
        self._closing = False
        self.lost = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def lose(self, *, closing: bool, answers: float = math.inf) -> None:
        """Lose the next answers; the connection is then closed, or stays open in silence."""
        self._to_lose, self._closing, self.lost = answers, closing, 0

    def heal(self) -> None:
        self._to_lose = 0

    def close(self) -> None:
        for end in (self._listener, *self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near = self._listener.accept()[0]
            except OSError:
                return
            far = socket.create_connection(self._target)
            self._open += [near, far]
            threading.Thread(target=self._requests, args=(near, far), daemon=True).start()
            threading.Thread(target=self._answers, args=(far, near), daemon=True).start()

    def _requests(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while chunk := near.recv(65536):
                far.sendall(chunk)
            far.shutdown(socket.SHUT_WR)

    def _answers(self, far: socket.socket, near: socket.socket) -> None:
        losing = False
        with suppress(OSError):
            while chunk := far.recv(65536):
                if losing:  # the rest of a lost answer
                    continue
                if self._to_lose <= 0:
                    near.sendall(chunk)
                    continue
                losing = True
                self._to_lose -= 1
                self.lost += 1
                if self._closing:
                    near.shutdown(socket.SHUT_RDWR)
