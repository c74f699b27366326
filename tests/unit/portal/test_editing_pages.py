"""An editor's preview over HTTP: for whoever sits at this machine, and for no page of a stranger in their browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from doorstep.cli import main
from doorstep.editing.pages import STATE, is_ours, open_server
from doorstep.editing.session import Session
from doorstep.security_headers import SECURITY_HEADERS

DRAFT = "没发布的稿子"


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    text: str


class Preview:
    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"127.0.0.1:{self.port}"} | headers).items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        said = Answer(answer.status, answer.headers, answer.read().decode())
        connection.close()
        return said

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    scripts = tmp_path / "site" / "assets" / "scripts.0a1b"
    scripts.mkdir(parents=True)
    (scripts / "main.js").write_text("start();")
    (tmp_path / "site" / "index.html").write_text(f"<body>{DRAFT}</body>")
    with open_server(Session(tmp_path, tmp_path / "site", print), "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield Preview(server.server_port)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/", "/assets/scripts.0a1b/main.js", STATE])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_who_asks_by_a_strangers_name_is_refused(preview: Preview, method: str, path: str) -> None:
    refused = preview.ask(method, path, Host=f"drafts.example.org:{preview.port}")
    assert refused.status == 421
    assert DRAFT not in refused.text
    assert "start" not in refused.text


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("LOCALHOST:8000", True),
        ("[::1]:8000", True),
        ("192.168.1.7:8000", True),
        ("desk:8000", True),
        ("", False),
        ("127.0.0.1.example.org:8000", False),
        ("localhost.example.org", False),
        ("desk.example.org:8000", False),
        ("[::1", False),
        ("localhost:8000@example.org", False),
    ],
)
def test_names_that_only_this_machine_has(asked: str, *, ours: bool) -> None:
    assert is_ours(asked, "Desk") is ours


@pytest.mark.parametrize("path", ["/", "/none/", STATE, "/.doorstep/edit.js", "/assets/scripts.0a1b/main.js", "/%00"])
def test_every_answer_has_the_sites_headers(preview: Preview, path: str) -> None:
    headers = preview.get(path).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.parametrize("path", ["/%00", "/a%00.css", f"{STATE}?page=%00", f"{STATE}?page=%2500"])
def test_what_is_no_address_is_a_bad_request(preview: Preview, path: str) -> None:
    assert preview.get(path).status == 400


@pytest.mark.parametrize("length", ["abc", "-1", "", "１"])
def test_what_is_no_length_is_a_bad_request(preview: Preview, length: str) -> None:
    assert preview.ask("POST", "/", Content_Length=length.encode().decode("latin-1")).status == 400


@pytest.mark.parametrize("path", ["/assets", "/assets/", "/assets/scripts.0a1b", "/assets/scripts.0a1b/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_folders_are_not_listed(preview: Preview, method: str, path: str) -> None:
    answer = preview.ask(method, path)
    assert answer.status == 404
    assert "main.js" not in answer.text


def test_words_for_the_editors_are_sent_to_nobody(preview: Preview) -> None:
    answer = preview.ask("POST", "/api/search/unfound")
    assert (answer.status, "什么都不送出去" in answer.text) == (501, True)  # which the search says in its own words


def test_what_was_built_is_shown(preview: Preview) -> None:
    assert DRAFT in preview.get("/").text
    script = preview.get("/assets/scripts.0a1b/main.js")
    assert (script.text, script.headers["Content-Type"]) == ("start();", "text/javascript")
    assert preview.ask("HEAD", "/").text == ""


def test_who_opens_it_to_everybody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:  # so that the preview ends at once
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("HOST", "0.0.0.0")
        everybody = CliRunner().invoke(main, ["edit"])
        monkeypatch.delenv("HOST")
        oneself = CliRunner().invoke(main, ["edit"])
    assert "没发布的稿子" in everybody.output
    assert "没发布的稿子" not in oneself.output
    assert everybody.exit_code == oneself.exit_code == 1
