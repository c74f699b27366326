"""The office's private key is in no process that serves (DESIGN 6), and serving needs it nowhere on the machine."""

from __future__ import annotations

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from doorstep.building import _fingerprint
from doorstep.serving.application import ServeSettings
from tests.functional.house import ROOT, example
from tests.functional.running import Server
from tests.functional.test_server import fresh_key

OFFICE = "office/private.pem"
FRAGMENT = 24
READS_THE_KEY = """
import sys
from pathlib import Path
from doorstep.applications.keyring import create_or_load
keys = create_or_load(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


def secrets_of(pem: bytes) -> dict[str, bytes]:
    """Fragments of the private key in each way a process may hold it; enough of each to occur nowhere by chance.

    p and q are the only integers of 192 bytes that divide n, so looking for them finds what trial division would.
    """
    key = load_pem_private_key(pem, None)
    assert isinstance(key, RSAPrivateKey)
    numbers = key.private_numbers()
    text = b"".join(pem.split(b"\n")[1:-2])
    forms = {"PEM": text, "DER": base64.b64decode(text)}
    for name, number in [("p", numbers.p), ("q", numbers.q), ("d", numbers.d), ("dp", numbers.dmp1)]:
        size = (number.bit_length() + 7) // 8
        forms |= {f"{name} big-endian": number.to_bytes(size), f"{name} little-endian": number.to_bytes(size, "little")}
        digits = [number >> 30 * place & (1 << 30) - 1 for place in range(size * 8 // 30)]
        forms[f"{name} as Python holds it"] = b"".join(digit.to_bytes(4, "little") for digit in digits)
    # From the middle of the DER on: its head is the public half. Freed memory loses its first bytes first.
    return {
        f"{name} at {start}": form[start : start + FRAGMENT]
        for name, form in forms.items()
        for start in (len(form) // 2, len(form) * 3 // 4, len(form) - FRAGMENT - 8)
    }


def found_in(process: int, secrets: dict[str, bytes]) -> set[str]:
    """Which of them lie in the writable memory of a process: heap, stacks and everything it maps for itself."""
    found = set()
    place = Path(f"/proc/{process}")
    with (place / "mem").open("rb", buffering=0) as memory:
        for line in (place / "maps").read_text().splitlines():
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if area is None:
                continue
            start, end = (int(number, 16) for number in area.groups())
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError, OverflowError):  # devices and what the kernel keeps to itself
                continue
            found |= {name for name, secret in secrets.items() if secret in content}
    return found


def family(process: int) -> list[int]:
    """A process and everything below it."""
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in below for one in family(int(child)))]


@contextmanager
def served(settings: ServeSettings) -> Iterator[Server]:
    """`doorstep serve` itself, over the small site, which it takes for up to date."""
    (settings.build / "stamp").write_text(_fingerprint(ROOT, demo=True))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = settings.var.parent / "server.log"
    places = {"DOORSTEP_VAR": str(settings.var), "DOORSTEP_BUILD": str(settings.build)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "doorstep", "serve", "--demo"],
            cwd=ROOT, env=os.environ | places | {"PORT": str(port), "DOORSTEP_WORKERS": "2"},
            stdout=output, stderr=output,
        )  # fmt: skip
    server = Server(process, port, log)
    deadline = time.monotonic() + 30
    try:
        while True:
            try:
                if server.request("GET", "/api/health")[0] == 200:
                    break
            except OSError:
                assert time.monotonic() < deadline, log.read_text()
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def test_no_serving_process_ever_held_the_offices_key(settings: ServeSettings) -> None:
    shutil.rmtree(settings.var)  # the command makes the keys itself
    with served(settings) as server:
        assert server.submit(example(), fresh_key())[0] == 201
        secrets = secrets_of((settings.var / OFFICE).read_bytes())
        processes = family(server.process.pid)
        assert len(processes) >= 3  # the command and two workers
        assert [found_in(number, secrets) for number in processes] == [set()] * len(processes)
    with served(settings) as server:  # and when they are there already
        processes = family(server.process.pid)
        assert [found_in(number, secrets) for number in processes] == [set()] * len(processes)


def test_the_search_finds_a_key_that_was_read_and_let_go(settings: ServeSettings) -> None:
    secrets = secrets_of((settings.var / OFFICE).read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", READS_THE_KEY, str(settings.var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        found = found_in(process.pid, secrets)
        process.communicate()
    assert found


def test_serving_needs_no_office_folder(settings: ServeSettings) -> None:
    shutil.rmtree(settings.var / "office")
    with served(settings) as server:
        assert server.submit(example(), fresh_key())[0] == 201
    assert not (settings.var / "office").exists()


def test_serve_makes_no_keys_beside_applications(settings: ServeSettings) -> None:
    with served(settings) as server:
        assert server.submit(example(), fresh_key())[0] == 201
    shutil.rmtree(settings.var / "office")
    shutil.rmtree(settings.var / "intake")
    with pytest.raises(AssertionError, match=r"applications\.sqlite3: applications are stored here"), served(settings):
        pass
    assert not (settings.var / "intake").exists()
