"""Every error code, for programs (RFC 9457) and for people, and what is still true afterwards."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.problems import KINDS, problem_of
from chalicelib.shown import shown_events
from doorstep.applications.store import HeadFull, TooLarge
from doorstep.forms.library import publish
from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, ROOT, Answer, Intake, example, run_intake

CHECK = f"/api/forms/{FORM}/check"
SUBMIT = f"/api/forms/{FORM}/applications"
KEY = "AAECAwQFBgcICQoLDA0ODw"


def is_problem(answer: Answer, status: int, kind: str) -> bool:
    body = answer.json
    return (
        answer.status == status == body["status"]
        and answer.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:doorstep:problem:{kind}"
        and bool(body["title"])
        and bool(body["detail"])
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b'{"answers": {}',
        b'{"answers": {}, "answers": {}}',
        b'{"answers": {"a": 1, "a": 2}}',
        b'{"answers": NaN}',
        b'{"answers": {"a": "\\ud800"}}',
        b'{"answers": {"\\udfff": 1}}',
        b'{"answers": {"a": "\xff"}}',
        b"\xff\xfe{\x00}\x00",
        b'{"answers": ' + b'{"a":' * 20 + b"1" + b"}" * 21,
        b"[" * 60_000,
        b"[]",
        b'"answers"',
        b"{}",
        b'{"answers": []}',
        b'{"answers": {}, "other": 1}',
        b'{"answers": {}, "submission_key": 7}',
    ],
)
def test_400_unreadable(intake: Intake, body: bytes) -> None:
    assert is_problem(intake.client.post_json(CHECK, body), 400, "unreadable")


@pytest.mark.parametrize("key", ["", "short", "A" * 21 + "B", "A" * 23, "é" * 22])
def test_400_a_key_that_was_never_minted(intake: Intake, key: str) -> None:
    answer = intake.submit(example(), key)
    assert is_problem(answer, 400, "key-unreadable")


@pytest.mark.parametrize("value", [1e400, 1.5, 10**400, -0.0, 123456789012345678901234567890])
def test_numbers_no_form_asks_for_are_field_errors(intake: Intake, value: float) -> None:
    text = json.dumps({"answers": example() | {"assets": ["houses"]}}).replace(
        '["houses"]', '["houses"], "house_count": 7'
    )
    literal = "1e400" if value == float("inf") else json.dumps(value)
    answer = intake.client.post_json(CHECK, text.replace(": 7", f": {literal}").encode())
    assert answer.status in (200, 422)


def test_401_names_the_scheme(intake: Intake) -> None:
    answer = intake.client.get("/api/applications/0000-0000-0000-0")
    assert is_problem(answer, 401, "code-missing")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_404_unknown_form_and_unknown_address(intake: Intake) -> None:
    assert is_problem(intake.client.get("/api/forms/nothing"), 404, "unknown-form")
    assert is_problem(intake.client.post_json("/api/forms/nothing/check", {"answers": {}}), 404, "unknown-form")
    assert is_problem(intake.client.get("/api/nothing/here"), 404, "unknown-page")
    page = intake.client.post_form("/apply/nothing/", [("_do", "check")])
    assert (page.status, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert intake.client.get("/nothing/").status == 404
    assert "没有这一页" in intake.client.get("/nothing/").text
    assert intake.client.post_form("/nothing/", []).status == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/forms", "GET, HEAD"),
        ("GET", CHECK, "POST"),
        ("HEAD", SUBMIT, "POST"),
        ("PUT", "/api/keys", "GET, HEAD"),
        ("BREW", "/api/keys", "GET, HEAD"),
        ("OPTIONS", CHECK, "POST"),
        ("PUT", "/track/", "POST"),
    ],
)
def test_405_says_what_is_allowed(intake: Intake, method: str, path: str, allowed: str) -> None:
    answer = intake.client.request(method, path)
    assert (answer.status, answer.headers["allow"]) == (405, allowed)


def test_410_a_form_retired_for_longer_than_30_days(settings: ServeSettings, tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", schemas, ignore=shutil.ignore_patterns("archive"))
    old = publish(schemas, FORM, dt.date(2026, 1, 1))
    running = run_intake(settings, DOORSTEP_SCHEMAS=str(schemas))
    begun = {"answers": example(), "submission_key": KEY, "form_version": old}
    running.time.moment = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    assert running.client.post_json(SUBMIT, begun).status == 201
    running.function.stop()

    path = schemas / "forms" / f"{FORM}.json"
    path.write_text(path.read_text().replace('"title": "申请低保"', '"title": "申请低保（新）"'))
    publish(schemas, FORM, dt.date(2026, 3, 1))
    running = run_intake(settings, DOORSTEP_SCHEMAS=str(schemas))
    other = begun | {"submission_key": "EBESExQVFhcYGRobHB0eHw"}
    running.time.moment = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
    assert running.client.post_json(CHECK, {"answers": example(), "form_version": old}).status == 200
    running.time.moment = dt.datetime(2026, 4, 20, tzinfo=dt.UTC)
    assert is_problem(running.client.post_json(SUBMIT, other), 410, "retired-form")
    replayed = running.client.post_json(SUBMIT, begun)
    assert replayed.status == 200
    pairs = [("_version", old), ("_do", "check"), ("applicant_name", "测试人员")]
    page = running.client.post_form(f"/apply/{FORM}/", pairs)
    assert page.status == 410
    assert "这份表格已经换了新的" in page.text
    assert 'value="测试人员"' in page.text
    running.function.stop()


@pytest.mark.parametrize("chunked", [False, True])
def test_413_over_64_kilobytes_with_and_without_a_length(intake: Intake, chunked: bool) -> None:
    kind = {"Content-Type": "application/json"}
    fits = json.dumps({"answers": {"a": "x"}}).encode()
    for size, status in ((64 * 1024, 422), (64 * 1024 + 1, 413), (9_000_000, 413)):
        body = fits + b" " * (size - len(fits))
        assert intake.client.request("POST", CHECK, body, headers=kind, chunked=chunked).status == status
    page = intake.client.post_form(f"/apply/{FORM}/", [("_do", "check"), ("applicant_name", "长" * 30_000)])
    assert page.status == 413
    assert "没有存下任何东西" in page.text


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/json; charset=gbk",
        "application/json;x=y; charset=gbk",
        "multipart/form-data; boundary=x",
    ],
)
def test_415_other_types(intake: Intake, kind: str) -> None:
    body = json.dumps({"answers": example()}).encode()
    answer = intake.client.request("POST", CHECK, body, headers={"Content-Type": kind} if kind else {})
    assert is_problem(answer, 415, "wrong-type")
    posted = intake.client.request("POST", f"/apply/{FORM}/", b"_do=check", headers={"Content-Type": kind})
    assert posted.status == (400 if kind.startswith("multipart/") else 415)


def test_415_what_is_packed_or_of_another_character_set(intake: Intake) -> None:
    kind = "application/x-www-form-urlencoded"
    for sent, status in (
        ({"Content-Type": kind}, 422),
        ({"Content-Type": f'{kind}; x=y; Charset="UTF-8"', "Content-Encoding": "identity"}, 422),
        ({"Content-Type": f"{kind};x=y; charset=gbk"}, 415),
        ({"Content-Type": f"{kind}; charset=utf-8; charset=gbk"}, 415),
        ({"Content-Type": kind, "Content-Encoding": "gzip"}, 415),
    ):
        assert intake.client.request("POST", f"/apply/{FORM}/", b"_do=check", headers=sent).status == status


def test_409_a_full_record_is_not_called_a_long_text() -> None:
    """Whoever shortened what they wrote would meet the same answer again."""
    full, long = (problem_of(error("x"), storing=True) for error in (HeadFull, TooLarge))
    assert (full and full.kind, long and long.kind) == ("full", "too-large")
    assert KINDS["full"].status == 409
    assert "KB" not in KINDS["full"].title + KINDS["full"].detail


def test_500_a_record_that_does_not_fit_is_not_shown_and_is_reported(intake: Intake) -> None:
    stored = intake.submitted()
    with contextlib.closing(sqlite3.connect(intake.settings.var / "applications.sqlite3")) as other, other:
        other.execute("DELETE FROM items")
    pairs = [("_do", "answers"), ("reference", stored["reference"]), ("code", stored["access_code"])]
    page = intake.client.post_form("/track/", pairs)
    assert page.status == 500
    assert "这份申请的记录对不上" in page.text
    assert "12345" in page.text
    told = intake.client.post_form("/track/", pairs, Accept="application/json")
    assert is_problem(told, 500, "tampered")
    lines = [json.loads(line) for line in intake.log.getvalue().splitlines()]
    reported = [(line["reference"], line["what"]) for line in lines if line["event"] == "tampered"]
    assert reported == [(stored["reference"], "sealed item missing: answers")] * 2
    assert not [line for line in lines if line["event"] == "failed"]
    assert stored["access_code"] not in intake.log.getvalue()


def test_a_damaged_record_is_reported_though_nobody_is_told(intake: Intake) -> None:
    """Without the code not even that it is there may be said: the operator hears of it all the same."""
    stored = intake.submitted()
    with contextlib.closing(sqlite3.connect(intake.settings.var / "applications.sqlite3")) as other, other:
        other.execute("UPDATE heads SET content = x'7b7d'")
    answer = intake.client.get(f"/api/applications/{stored['reference']}", Authorization="Bearer 0000-0000-0000-0000")
    assert is_problem(answer, 404, "not-found")
    lines = [json.loads(line) for line in intake.log.getvalue().splitlines()]
    assert [line["reference"] for line in lines if line["event"] == "tampered"] == [stored["reference"]]


def test_a_step_of_a_newer_release_is_left_out(intake: Intake) -> None:
    stored = intake.submitted()
    desk = intake.function.start().desk
    head = desk.store.head(stored["reference"])
    token = desk.keys.signer.sign({"type": "newer", "at": "2026-11-22T05:04:03Z"})
    assert [event.type for event in shown_events(head._replace(events=(*head.events, token)), {})] == ["received"]


def test_health_writes_once_a_second_and_says_when_it_would_fail(locked: Intake) -> None:
    assert is_problem(locked.client.get("/api/health"), 503, "unavailable")
    locked.time.pass_(seconds=5)
    assert is_problem(locked.client.get("/api/health"), 503, "unavailable")  # a failure is never kept


@pytest.mark.parametrize(
    "body", [b"a=%ff", b"x" * 3000 + b"=1", b"&".join([b"a=1"] * 3000), b"_do=explode", b"_do=confirm"]
)
def test_400_posts_no_browser_sends(intake: Intake, body: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = intake.client.request("POST", f"/apply/{FORM}/", body, headers=kind)
    assert answer.status == 400
    assert "没有存下任何东西" in answer.text


def test_429_after_many_failures_but_never_for_who_holds_the_code(intake: Intake) -> None:
    stored = intake.submitted()
    address = f"/api/applications/{stored['reference']}"
    answers = [intake.client.get(address, Authorization="Bearer 0000-0000-0000-0000") for _ in range(61)]
    assert {answer.status for answer in answers[:60]} == {404}
    assert is_problem(answers[60], 429, "too-many")
    assert int(answers[60].headers["retry-after"]) == 10
    assert intake.client.get(address, Authorization=f"Bearer {stored['access_code']}").status == 200
    page = intake.client.post_form("/track/", [("reference", stored["reference"]), ("code", "0" * 16)])
    assert (page.status, "试错的次数太多了" in page.text) == (429, True)
    intake.time.pass_(seconds=10)
    assert intake.client.get(address, Authorization="Bearer 0000-0000-0000-0000").status == 404


@pytest.fixture
def locked(intake: Intake) -> Iterator[Intake]:
    """Somebody else holds the database for longer than anybody waits."""
    other = sqlite3.connect(intake.settings.var / "applications.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield intake
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


def test_503_nothing_was_stored_and_the_same_key_works_later(locked: Intake) -> None:
    refused = locked.submit(example(), KEY)
    assert is_problem(refused, 503, "not-stored")
    assert refused.headers["retry-after"]
    assert "没有存下任何东西" in refused.json["detail"]
    other = sqlite3.connect(locked.settings.var / "applications.sqlite3")
    assert other.execute("SELECT count(*) FROM heads").fetchone() == (0,)
    other.close()


def test_a_broken_view_says_so_and_logs_no_text(intake: Intake) -> None:
    intake.function.start().services = None  # a fault of ours, reached through the receipt
    pairs = [("_do", "example")]
    page = intake.client.post_form(f"/apply/{FORM}/", pairs)
    assert page.status == 200
    stored = intake.client.post_form(
        f"/apply/{FORM}/", [("_do", "confirm"), ("_key", KEY), ("_answers", json.dumps(example()))]
    )
    assert stored.status == 500
    assert "这不是您的错" in stored.text
    failed = [json.loads(line) for line in intake.log.getvalue().splitlines() if '"failed"' in line]
    assert failed[0]["errors"][0]["type"] == "AttributeError"
    assert "测试" not in intake.log.getvalue()
