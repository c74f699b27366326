"""Bodies that come late, in part, or not at all: they hold nobody up, and what is not whole is not carried out."""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, Intake, example
from tests.functional.running import Server, running
from tests.functional.test_server import fresh_key

SUBMIT = f"/api/forms/{FORM}/applications"
WHOLE = json.dumps({"answers": example(), "submission_key": fresh_key()}).encode()


@pytest.fixture
def server(settings: ServeSettings) -> Iterator[Server]:
    with running(settings) as found:
        yield found


def head(path: str, *lines: str, kind: str = "application/json") -> bytes:
    told = [f"POST {path} HTTP/1.1", "Host: doorstep.test", f"Content-Type: {kind}", *lines, "", ""]
    return "\r\n".join(told).encode()


def begin(server: Server, sent: bytes, *, and_end: bool = False) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    wire.sendall(sent)
    if and_end:
        wire.shutdown(socket.SHUT_WR)
    return wire


def heard(wire: socket.socket) -> bytes:
    """Everything until the server closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := wire.recv(65536):
            parts.append(part)
    wire.close()
    return b"".join(parts)


def stored(settings: ServeSettings) -> int:
    with contextlib.closing(sqlite3.connect(settings.var / "applications.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM heads").fetchone()[0])


@pytest.mark.parametrize("many", [48, 1200])
def test_senders_who_send_nothing_hold_nobody_up(server: Server, many: int) -> None:
    kinds = [head(SUBMIT, "Content-Length: 50"), head(SUBMIT, "Transfer-Encoding: chunked")]
    kinds += [head("/track/", "Content-Length: 50", kind="application/x-www-form-urlencoded")]
    with ExitStack() as held:
        idle = [held.enter_context(begin(server, kinds[number % 3])) for number in range(many)]
        assert server.request("GET", "/")[0] == 200
        assert server.request("GET", f"/apply/{FORM}/")[0] == 200
        assert server.submit(example(), fresh_key())[0] == 201
        with selectors.DefaultSelector() as watch:
            watch.register(idle[-1], selectors.EVENT_READ)
            assert not watch.select(0), "answered only when the others were given up"


@pytest.mark.parametrize("length", ["Content-Length: 50", "Transfer-Encoding: chunked"])
def test_a_body_has_ten_seconds_in_all_not_from_byte_to_byte(server: Server, length: str) -> None:
    wire = begin(server, head(SUBMIT, length))
    began = time.monotonic()
    for _ in range(8):
        time.sleep(1)
        wire.sendall(b"1\r\n \r\n" if "chunked" in length else b" ")
    answer = heard(wire)
    assert 9 < time.monotonic() - began < 14
    assert b" 408 " in answer.splitlines()[0]
    assert b"urn:doorstep:problem:too-slow" in answer


@pytest.mark.parametrize("path", [SUBMIT, f"/apply/{FORM}/"])
@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (["Content-Length: 5000"], WHOLE),
        (["Content-Length: 5000"], b""),
        (["Transfer-Encoding: chunked"], b"%x\r\n%b\r\n" % (len(WHOLE), WHOLE)),
        (["Transfer-Encoding: chunked"], b"%x\r\n%b" % (len(WHOLE) + 9, WHOLE)),
        (["Transfer-Encoding: chunked"], b""),
    ],
)
def test_a_body_that_breaks_off_is_refused(
    server: Server, settings: ServeSettings, path: str, lines: list[str], body: bytes
) -> None:
    """The first part of it would be an application."""
    answer = heard(begin(server, head(path, *lines) + body, and_end=True))
    assert b" 400 " in answer.splitlines()[0]
    assert "没有传完" in answer.decode()
    assert stored(settings) == 0
    assert '"status":2' not in "".join(line for line in server.log.read_text().splitlines() if "POST" in line)


def test_a_length_that_is_not_reached_is_refused_by_the_function_too(intake: Intake) -> None:
    import io

    from doorstep.serving.gateway import Gateway

    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": SUBMIT, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "5000",
        "wsgi.input": io.BytesIO(WHOLE),
    }  # fmt: skip
    told: list[str] = []
    Gateway(intake.function, intake.function.routes)(environ, lambda status, *_: told.append(status))  # type: ignore[arg-type]
    assert told == ["400 Bad Request"]
    assert stored(intake.settings) == 0


def test_what_is_too_much_by_its_own_word_is_not_waited_for(server: Server) -> None:
    wire = begin(server, head(SUBMIT, "Content-Length: 999999999999"))
    assert b" 413 " in wire.recv(100)
    wire.close()


def test_where_no_body_is_wanted_none_is_waited_for(server: Server) -> None:
    for path, status in (("/", b" 404 "), ("/nothing", b" 404 "), ("/api/keys", b" 405 ")):
        wire = begin(server, head(path, "Content-Length: 50"))
        assert status in wire.recv(100)
        wire.close()


def test_a_name_with_an_underscore_passes_for_nobody_elses(settings: ServeSettings) -> None:
    """Guesses are counted by the address our proxy wrote; a header spelled X_Forwarded_For is not its."""
    with running(settings, DOORSTEP_PROXIES="1", DOORSTEP_WORKERS="1") as server:
        statuses = set()
        for number in range(62):
            sent = {
                "X-Forwarded-For": "203.0.113.9",
                "X_Forwarded_For": f"198.51.{number}.1",
                "Authorization": "Bearer x",
            }
            statuses.add(server.request("GET", "/api/applications/0000-0000-0000-0", **sent)[0])
    assert 429 in statuses


def test_addresses_are_read_as_they_were_sent(server: Server) -> None:
    assert server.request("HEAD", "/")[0] == 200
    assert server.request("HEAD", "/api/health")[1]["content-length"] == "31"
    status, headers, _ = server.request("GET", "/track")
    assert (status, headers["location"]) == (302, "track/")
    assert server.request("GET", "/%E4%B8%AD%E6%96%87/")[0] == 404
    assert server.request("GET", "/api/openapiXjson")[0] == 404
