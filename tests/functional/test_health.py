"""Whoever watches the site may ask often: the store is asked once a second."""

from __future__ import annotations

import json
import sqlite3
from threading import Event

from chalicelib.resting import DOWN, HELD, OK, FilesWord
from doorstep.applications.store import StoreUnavailable
from doorstep.serving.application import ServeSettings
from tests.functional.house import Intake
from tests.functional.papers import out_of_order
from tests.functional.running import running

NOWHERE = {
    "DOORSTEP_FILES": "s3:doorstep-files", "DOORSTEP_FILES_ORIGIN": "http://127.0.0.1:9", "DOORSTEP_WORKERS": "1",
    "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9",
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
}  # fmt: skip


def test_health_keeps_a_success_for_a_second(intake: Intake) -> None:
    assert intake.client.get("/api/health").status == 200
    other = sqlite3.connect(intake.settings.var / "applications.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert intake.client.get("/api/health").status == 200
    intake.time.pass_(seconds=1)
    assert intake.client.get("/api/health").status == 503
    other.close()


def test_files_have_a_word_of_their_own(intake: Intake, settings: ServeSettings) -> None:
    """Whoever watches learns that no paper is taken; applications are, so the answer stays 200."""
    assert intake.client.get("/api/health").json == {"status": "ok", "files": "ok"}
    with out_of_order(settings):
        assert intake.client.get("/api/health").json["files"] == "ok"
        for _ in range(3):
            intake.time.pass_(seconds=HELD)
            answer = intake.client.get("/api/health")
            assert (answer.status, answer.json) == (200, {"status": "ok", "files": "down"})
    lines = [json.loads(line) for line in intake.log.getvalue().splitlines()]
    (said,) = [line for line in lines if line["event"] == "failed"]
    assert str(settings.var / "files") in said["errors"][0]["why"]
    intake.time.pass_(seconds=HELD)
    assert intake.client.get("/api/health").json["files"] == "ok"


def test_a_place_of_files_that_says_nothing_keeps_nobody_waiting_twice() -> None:
    hangs, asked, now = Event(), [], [0.0]

    def ping() -> None:
        asked.append(now[0])
        hangs.wait(30)
        raise StoreUnavailable("gone")

    word = FilesWord(lambda: now[0], ping, lambda _error: None)
    assert word.word() == DOWN
    now[0] += HELD
    assert word.word() == DOWN
    assert asked == [0.0]
    hangs.set()


def test_what_a_place_of_files_says_holds_for_a_while() -> None:
    asked, now = [], [0.0]
    word = FilesWord(lambda: now[0], lambda: asked.append(now[0]), lambda _error: None)
    for _ in range(3):
        assert word.word() == OK
        now[0] += HELD / 2
    assert asked == [0.0, HELD]


def test_a_site_that_starts_without_room_for_files_says_so_once_and_serves(settings: ServeSettings) -> None:
    with running(settings, largest_file=0, **NOWHERE) as server:
        told = [line for line in server.log.read_text().splitlines() if '"request":"health"' in line]
        assert json.loads(server.request("GET", "/api/health")[2]) == {"status": "ok", "files": "down"}
        assert server.request("GET", "/")[0] == 200
    assert "the bucket doorstep-files cannot be reached" in told[0]
