"""What only a real server shows: threads and processes, a calm end, a disk that fills up, bodies in pieces."""

from __future__ import annotations

import json
import resource
import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from doorstep.applications.keys import mint_submission_key
from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, example
from tests.functional.running import Server, running


def fresh_key() -> str:
    import os

    return mint_submission_key(os.urandom)


@pytest.fixture
def server(settings: ServeSettings) -> Iterator[Server]:
    with running(settings) as found:
        yield found


def test_sixteen_clients_over_http_each_get_their_own(server: Server) -> None:
    def walk(number: int) -> bool:
        answers = example() | {"home_address": f"第{number}号"}
        status, checked = server.post(f"/api/forms/{FORM}/check", {"answers": answers})
        stored, receipt = server.submit(checked["answers"], checked["submission_key"])
        again, same = server.submit(checked["answers"], checked["submission_key"])
        own = checked["answers"]["home_address"] == f"第{number}号"
        return (status, stored, again, own, receipt == same) == (200, 201, 200, True, True)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(walk, range(64)))


def test_sixteen_senders_of_one_key_store_one_application(server: Server, settings: ServeSettings) -> None:
    key = fresh_key()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: server.submit(example(), key), range(16)))
    assert sorted(status for status, _ in answers) == [200] * 15 + [201]
    assert len({json.dumps(body, sort_keys=True) for _, body in answers}) == 1
    with closing(sqlite3.connect(settings.var / "applications.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM heads").fetchone() == (1,)


def test_sigterm_finishes_what_is_under_way(server: Server, settings: ServeSettings) -> None:
    other = sqlite3.connect(settings.var / "applications.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    key = fresh_key()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(server.submit, example(), key)
        threading.Event().wait(0.5)  # it now waits for the database
        assert not slow.done()
        server.process.terminate()
        threading.Event().wait(0.5)
        other.execute("ROLLBACK")
        status, body = slow.result(15)
    assert status == 201, body
    assert server.process.wait(15) == 0
    with closing(sqlite3.connect(settings.var / "applications.sqlite3")) as database:
        assert database.execute("SELECT reference FROM heads").fetchone() == (body["reference"],)
    other.close()


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(settings: ServeSettings) -> None:
    """A file that may not grow: the write fails, the answer says so, and later the same key works.

    SQLite calls this an I/O error, not a full disk, after which the store can't say whether it counted.
    """
    with running(settings, largest_file=100_000) as server:
        acknowledged = []
        for _ in range(60):
            key = fresh_key()
            status, body = server.submit(example(), key)
            if status != 201:
                break
            acknowledged.append(body)
        assert acknowledged
        assert status == 503
        assert body["type"] in ("urn:doorstep:problem:not-stored", "urn:doorstep:problem:outcome-unknown")
        for worker in server.workers():
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (-1, -1))
        assert server.submit(example(), key)[0] == 201
        for one in acknowledged:
            code = {"Authorization": f"Bearer {one['access_code']}"}
            assert server.request("GET", f"/api/applications/{one['reference']}", **code)[0] == 200


def test_a_body_in_pieces_is_counted_and_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(
            f"POST /api/forms/{FORM}/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        wire.sendall((b"1000\r\n" + b" " * 4096 + b"\r\n") * 17 + b"0\r\n\r\n")
        assert b" 413 " in wire.recv(100)


def test_a_small_body_in_pieces_is_read(server: Server) -> None:
    def pieces() -> Iterator[bytes]:
        content = json.dumps({"answers": example()}).encode()
        yield content[:10]
        yield content[10:]

    kind = {"Content-Type": "application/json"}
    status, _, _ = server.request("POST", f"/api/forms/{FORM}/check", pieces(), **kind)
    assert status == 200


def test_what_stops_a_worker_does_not_stop_the_site(server: Server) -> None:
    """A worker that dies is replaced, and what the other one answers meanwhile stays right."""
    import os
    import signal

    os.kill(server.workers()[0], signal.SIGKILL)
    seen = set()
    for _ in range(40):
        try:
            seen.add(server.request("GET", "/api/health")[0])
        except OSError:
            threading.Event().wait(0.1)
    assert seen == {200}
