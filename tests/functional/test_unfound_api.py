"""POST /api/search/unfound: the words alone reach the editors, and only so many."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.words_sent import WordsSent
from doorstep.search.unfound import MOST_A_DAY
from doorstep.serving.application import ServeSettings
from tests.functional.house import ROOT, Answer, Client, FakeTime, Intake
from tests.functional.office_house import Office, run_office
from tests.functional.running import running

ADDRESS = "/api/search/unfound"


def send(intake: Intake, words: str, client: Client | None = None) -> Answer:
    return (client or intake.client).post_json(ADDRESS, {"words": words})


def stored(settings: ServeSettings) -> list[tuple[str, str, int]]:
    connection = sqlite3.connect(settings.var / "unfound.sqlite3")
    rows = connection.execute("SELECT * FROM said ORDER BY day, words").fetchall()
    connection.close()
    return rows


def listed(settings: ServeSettings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "doorstep", "unfound", *words],
        cwd=ROOT, env={"DOORSTEP_VAR": str(settings.var)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_day_words_and_how_often_are_all_that_is_kept(intake: Intake) -> None:
    for words in ("修鞋？", "修 鞋", "换锁"):
        answer = send(intake, words)
        assert (answer.status, answer.content) == (204, b"")
        assert "content-length" not in answer.headers
    assert stored(intake.settings) == [("2026-11-22", "修鞋", 2), ("2026-11-22", "换锁", 1)]
    assert "修" not in intake.log.getvalue()


@pytest.mark.parametrize("words", ["", "？", "低" * 61, "13987654321", "王老五 139 8765", "修鞋\n", "修\u0000鞋"])
def test_422_and_nothing_is_kept(intake: Intake, words: str) -> None:
    answer = send(intake, words)
    assert (answer.status, answer.json["type"]) == (422, "urn:doorstep:problem:words-refused")
    assert not words or words not in answer.text
    assert not (intake.settings.var / "unfound.sqlite3").exists()


@pytest.mark.parametrize("body", [b"", b"{}", b'{"words": 7}', b'{"words": "a", "name": "b"}', b'"a"', b"["])
def test_400_for_what_is_no_request(intake: Intake, body: bytes) -> None:
    answer = intake.client.post_json(ADDRESS, body)
    assert answer.status == 400
    assert "表" not in answer.text, "there is no form to go back to"


def test_a_network_that_sends_much_waits_and_others_do_not(intake: Intake) -> None:
    answers = [send(intake, "修鞋") for _ in range(6)]
    assert [answer.status for answer in answers] == [204] * 5 + [429]
    assert answers[-1].json["type"] == "urn:doorstep:problem:too-many-words"
    assert answers[-1].headers["retry-after"] == "120"
    assert send(intake, "修鞋", Client(intake.client.application, address="198.51.100.1")).status == 204
    assert send(intake, "1234567").status == 422
    intake.time.pass_(minutes=2)
    assert send(intake, "修鞋").status == 204


def test_a_household_sends_twenty_a_day_from_whichever_of_its_networks(intake: Intake) -> None:
    statuses = []
    for number in range(21):
        client = Client(intake.client.application, address=f"2001:db8:1:{number:x}::1")
        statuses.append(send(intake, f"词{'甲' * number}", client).status)
        intake.time.pass_(minutes=2)
    assert statuses == [204] * 20 + [429]
    last = send(intake, "修鞋", client)
    assert "请明天再发" in last.json["detail"]
    assert int(last.headers["retry-after"]) > 3600
    assert len(stored(intake.settings)) == 20
    assert send(intake, "修鞋", Client(intake.client.application, address="2001:db8:2::1")).status == 204
    intake.time.pass_(days=1)
    assert send(intake, "修鞋", client).status == 204


def test_who_sent_is_remembered_in_bounded_memory() -> None:
    sent, day = WordsSent(FakeTime().seconds, networks=100), dt.date(2026, 11, 22)
    for number in range(5_000):
        assert sent.today(f"10.{number // 250}.{number % 250}.1", day)
    assert len(sent._sent) == 100
    assert all(sent.today("10.19.249.7", day) for _ in range(19))
    assert not sent.today("10.19.249.7", day)


def test_a_day_takes_so_many_and_the_next_day_takes_more(intake: Intake) -> None:
    send(intake, "换锁")
    connection = sqlite3.connect(intake.settings.var / "unfound.sqlite3")
    rows = [("2026-11-22", f"词{number}", 1) for number in range(MOST_A_DAY - 1)]
    with connection:
        connection.executemany("INSERT INTO said VALUES (?, ?, ?)", rows)
    connection.close()
    full = send(intake, "修鞋")
    assert (full.status, full.json["title"]) == (503, "今天收够了")
    until_midnight = 16 * 3600 - (5 * 3600 + 4 * 60 + 3)
    assert int(full.headers["retry-after"]) == until_midnight
    assert send(intake, "换锁").status == 204
    intake.time.pass_(seconds=until_midnight)
    assert send(intake, "修鞋").status == 204


def test_the_first_of_a_day_sweeps_what_is_too_old(intake: Intake) -> None:
    send(intake, "修鞋")
    intake.time.pass_(days=89)
    send(intake, "换锁")
    assert [words for _, words, _ in stored(intake.settings)] == ["修鞋", "换锁"]
    intake.time.pass_(days=1)
    send(intake, "磨刀")
    assert [words for _, words, _ in stored(intake.settings)] == ["换锁", "磨刀"]


@pytest.fixture
def office(settings: ServeSettings) -> Iterator[Office]:
    running_office = run_office(settings)
    yield running_office
    running_office.function.stop()


def test_the_office_sweeps_also_where_nobody_sends_any_more(intake: Intake, office: Office) -> None:
    from office.background import jobs

    work = {job.name: job.work for job in jobs(office.function.start())}["words"]
    work()
    assert not (intake.settings.var / "unfound.sqlite3").exists()
    send(intake, "修鞋")
    work()
    assert len(stored(intake.settings)) == 1
    office.time.pass_(days=91)
    work()
    assert stored(intake.settings) == []


def test_a_store_that_fails_is_said_and_later_works(intake: Intake) -> None:
    place: Path = intake.settings.var / "unfound.sqlite3"
    place.write_text("this is no database, it is a letter to my aunt\n" * 100)
    place.chmod(0o600)
    answer = send(intake, "修鞋")
    assert (answer.status, answer.json["type"]) == (503, "urn:doorstep:problem:not-stored")
    assert intake.client.get("/api/health").status == 200
    place.unlink()
    assert send(intake, "修鞋").status == 204


def test_editors_read_what_came_through_the_real_server(settings: ServeSettings) -> None:
    nothing = listed(settings)
    assert (nothing.returncode, nothing.stdout) == (0, "这段时间没有人发来没找到的话。\n")
    assert not (settings.var / "unfound.sqlite3").exists()
    kind = {"Content-Type": "application/json"}
    with running(settings) as server:
        for words in ("修鞋", "换锁", "修 鞋"):
            status, headers, content = server.request("POST", ADDRESS, json.dumps({"words": words}), **kind)
            assert (status, content) == (204, b"")
            assert "set-cookie" not in headers
    told = listed(settings, "--json")
    assert told.stderr == ""
    assert [(one["words"], one["times"]) for one in json.loads(told.stdout)["unfound"]] == [("修鞋", 2), ("换锁", 1)]
    assert [line.split()[0::2] for line in listed(settings).stdout.splitlines()] == [["2次", "修鞋"], ["1次", "换锁"]]
    assert "没有人" in listed(settings, "--since", "2999-01-01").stdout
    wrong = listed(settings, "--since", "yesterday")
    assert (wrong.returncode, wrong.stderr) == (1, "--since 后面写一个日子，比如 2026-11-01。\n")
