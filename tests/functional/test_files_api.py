"""Files by program, as our scripts send them: ask, send, ask what has become of it; nobody else's, nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.files import SENT_ALREADY, digest_of
from doorstep.applications.journal import files_of
from doorstep.applications.keys import derive
from doorstep.attachments.files import MOST_BYTES, MOST_FILES
from doorstep.serving.application import ServeSettings
from doorstep.stores.choosing import open_files
from tests.functional.house import FORM, Answer, Intake
from tests.functional.papers import (
    answers,
    city_with_papers,
    examine_all,
    fresh_key,
    lying,
    named,
    photo,
    run_with_papers,
)
from tests.functional.test_problems import is_problem

ASK = f"/api/forms/{FORM}/files"
SEND = "/api/files"


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


def ask(intake: Intake, content: bytes, key: str | None = None, **more: Any) -> Answer:
    asked = {"digest": digest_of(content), "size": len(content)} | ({"submission_key": key} if key else {}) | more
    return intake.client.post_json(ASK, asked)


def send(intake: Intake, upload: Any, content: bytes) -> Answer:
    return intake.client.post_files(upload["url"], upload["fields"].items(), [("file", content)])


def sent(intake: Intake, content: bytes, key: str) -> str:
    """Ask and send; the digest."""
    asked = ask(intake, content, key).json
    assert send(intake, asked["upload"], content).json["status"] == "waiting"
    return digest_of(content)


def test_the_whole_way_by_program(intake: Intake, settings: ServeSettings) -> None:
    asked = ask(intake, photo()).json
    assert asked["status"] == "missing"
    key = asked["submission_key"]
    assert asked["upload"] == {"url": SEND, "fields": {"submission_key": key, "digest": digest_of(photo())}}
    done = send(intake, asked["upload"], photo())
    assert (done.status, done.json) == (200, {"status": "waiting", "pages": 0, "said": "收到了，正在检查"})
    assert send(intake, asked["upload"], photo()).json["status"] == "waiting"
    again = ask(intake, photo(), key).json
    assert (again["status"], again["upload"], again["submission_key"]) == ("waiting", None, key)
    assert examine_all(settings, pages=2) == 1
    ready = ask(intake, photo(), key).json
    assert (ready["status"], ready["pages"], ready["said"]) == (
        "ready",
        2,
        "收到了，能打开，共2页。字清不清楚，请自己看看",
    )
    checked = intake.client.post_json(
        f"/api/forms/{FORM}/check", {"answers": answers(bills=[digest_of(photo())]), "submission_key": key}
    )
    assert checked.status == 200, checked.text
    done = intake.submit(checked.json["answers"], key)
    assert done.status == 201
    head = intake.function.start().desk.store.head(done.json["reference"])
    assert files_of(head) == (named(key, digest_of(photo())).name,)


def test_what_is_missing_or_somebody_elses_is_no_paper_of_mine(intake: Intake) -> None:
    """A digest is no ticket: whoever saw one, or guessed one, has sent nothing."""
    mine, theirs = fresh_key(), fresh_key()
    digest = sent(intake, photo(), theirs)
    for key in (mine, None):
        body = {"answers": answers(bills=[digest])} | ({"submission_key": key} if key else {})
        checked = intake.client.post_json(f"/api/forms/{FORM}/check", body)
        assert is_problem(checked, 422, "invalid")
        assert [error["pointer"] for error in checked.json["errors"]] == ["/bills"]
        assert "没传上来" in checked.json["errors"][0]["message"]
    assert is_problem(intake.submit(answers(bills=[digest]), mine), 422, "invalid")
    assert ask(intake, photo(), mine).json["status"] == "missing"
    assert intake.submit(answers(bills=[digest]), theirs).status == 201


def test_one_error_a_question_in_the_forms_order(intake: Intake) -> None:
    wrong = answers(bills=[digest_of(photo())], home_address="", slips=["x"])
    found = intake.client.post_json(f"/api/forms/{FORM}/check", {"answers": wrong, "submission_key": fresh_key()})
    assert [error["pointer"] for error in found.json["errors"]] == ["/home_address", "/bills", "/slips"]


def test_what_was_refused_stays_refused_with_its_reason(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    digest = sent(intake, photo(), key)
    examine_all(settings, why="too-many-pages")
    asked = ask(intake, photo(), key).json
    assert (asked["status"], asked["upload"]) == ("refused", None)
    assert "页数太多" in asked["said"]
    assert is_problem(intake.submit(answers(bills=[digest]), key), 422, "invalid")


def test_what_came_altered_may_come_again(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    sent(intake, photo(), key)
    examine_all(settings, why="altered")
    asked = ask(intake, photo(), key).json
    assert asked["status"] == "refused"
    assert send(intake, asked["upload"], photo()).json["status"] == "waiting"
    assert ask(intake, photo(), key).json["status"] == "waiting"


def test_bytes_that_are_not_what_was_announced_are_not_taken(intake: Intake, settings: ServeSettings) -> None:
    asked = ask(intake, photo(1)).json
    answer = send(intake, asked["upload"], photo(2))
    assert answer.json["status"] == "refused"
    assert "传坏了" in answer.json["said"]
    assert not any(lying(settings).values())


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "空的"), (b"<svg onload=x>", "不是照片"), (b"\xff\xd8\xff" * 1_333_334, "太大")]
)
def test_a_first_look_refuses_what_is_nothing(
    intake: Intake, settings: ServeSettings, content: bytes, said: str
) -> None:
    asked = ask(intake, content).json
    found = send(intake, asked["upload"], content).json if asked["upload"] else asked
    assert found["status"] == "refused"
    assert said in found["said"]
    fields = {"submission_key": asked["submission_key"], "digest": digest_of(content)}
    sent_anyway = send(intake, {"url": SEND, "fields": fields}, content)
    assert sent_anyway.status in (400, 413) or sent_anyway.json["status"] == "refused"
    assert not any(lying(settings).values())


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1, 10**14])
def test_a_size_that_cannot_be_is_told_at_once(intake: Intake, size: int) -> None:
    asked = ask(intake, photo(), size=size).json
    assert (asked["status"], asked["upload"]) == ("refused", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "../../etc/passwd"}, {"digest": "A" * 42 + "B"}, {"digest": "A" * 43 + "\n"}, {"size": -1},
        {"size": True}, {"submission_key": "short"}, {"name": "canary.jpg"}, {"size": "12"}, {"digest": 7},
    ],
)  # fmt: skip
def test_what_no_program_of_ours_asks_is_refused(intake: Intake, wrong: dict[str, Any]) -> None:
    answer = ask(intake, photo(), **wrong)
    assert answer.status in (400, 422), answer.text
    assert "canary" not in answer.text
    assert "passwd" not in answer.text


def test_a_form_without_papers_takes_none(settings: ServeSettings) -> None:
    from tests.functional.house import run_intake

    plain = run_intake(settings)
    assert is_problem(ask(plain, photo()), 404, "takes-no-files")
    assert plain.client.post_json("/api/forms/nothing/files", {"digest": digest_of(b""), "size": 1}).status == 404
    plain.function.stop()


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ["file"]),
        ({"submission_key": "k"}, ["file"]),
        ({"submission_key": "k", "digest": "d"}, []),
        ({"submission_key": "k", "digest": "d"}, ["file", "file"]),
        ({"submission_key": "k", "digest": "d"}, ["file", "other"]),
        ({"submission_key": "k", "digest": "d"}, ["canary"]),
        ({"submission_key": "k", "digest": "d", "reference": "r"}, ["file"]),
        ({"reference": "r", "digest": "d"}, ["file"]),
        ({"submission_key": "k", "digest": "../../x"}, ["file"]),
    ],
)
def test_a_post_of_a_file_is_just_what_its_upload_said(
    intake: Intake, settings: ServeSettings, fields: dict[str, str], names: list[str]
) -> None:
    real = {"k": fresh_key(), "d": digest_of(photo())}
    pairs = [(name, real.get(value, value)) for name, value in fields.items()]
    answer = intake.client.post_files(SEND, pairs, [(name, photo()) for name in names])
    assert answer.status in (400, 422)
    assert not any(lying(settings).values())


def test_a_page_elsewhere_sends_no_file_here(intake: Intake, settings: ServeSettings) -> None:
    upload = ask(intake, photo()).json["upload"]
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        answer = intake.client.post_files(SEND, upload["fields"].items(), [("file", photo())], **header)
        assert is_problem(answer, 403, "from-elsewhere")
    assert not any(lying(settings).values())


def test_nobody_fills_an_application_without_end(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    for number in range(MOST_FILES):
        sent(intake, photo(number), key)
    more = ask(intake, photo(MOST_FILES), key).json
    assert (more["status"], more["upload"]) == ("refused", None)
    fields = {"submission_key": key, "digest": digest_of(photo(999))}
    assert send(intake, {"url": SEND, "fields": fields}, photo(999)).json["status"] == "refused"
    assert len(lying(settings)["quarantine"]) == MOST_FILES
    assert ask(intake, photo(0), key).json["status"] == "waiting"


def test_what_nobody_confirmed_within_a_day_counts_no_more(intake: Intake) -> None:
    key = fresh_key()
    for number in range(MOST_FILES):
        sent(intake, photo(number), key)
    assert ask(intake, photo(MOST_FILES), key).json["status"] == "refused"
    intake.time.moment = dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)
    assert ask(intake, photo(MOST_FILES), key).json["upload"]


def test_once_sent_an_application_takes_no_more_by_its_drafts_key(intake: Intake, settings: ServeSettings) -> None:
    """What a correction may bring is not used up by whoever still holds the draft."""
    key = fresh_key()
    bill = sent(intake, photo(1), key)
    upload = ask(intake, photo(2), key).json["upload"]
    assert intake.submit(answers(bills=[bill]), key).status == 201
    late = send(intake, upload, photo(2)).json
    assert (late["status"], late["said"]) == ("refused", SENT_ALREADY)
    asked = ask(intake, photo(2), key).json
    assert (asked["status"], asked["upload"]) == ("refused", None)
    assert len(lying(settings)["quarantine"]) == 1
    assert ask(intake, photo(1), key).json["status"] == "waiting"


def test_a_network_that_sends_without_end_is_told_to_wait(intake: Intake) -> None:
    house = intake.function.start()
    upload = ask(intake, photo()).json["upload"]
    taken = 0
    while not house.uploads.failed(intake.client.address):
        taken += 1
    assert 2 * MOST_FILES <= taken <= 130  # a family's or a counter's, and no flood
    answer = send(intake, upload, photo())
    assert is_problem(answer, 429, "too-many-files")
    assert int(answer.headers["retry-after"]) > 0
    intake.client.address = "198.51.100.1"
    assert send(intake, upload, photo()).json["status"] == "waiting"


def test_a_correction_takes_files_while_it_is_asked_for(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    given = answers(bills=[sent(intake, photo(1), key)])
    with city_with_papers(settings, given, key, intake) as city:
        address = f"/api/applications/{city.reference}/files"
        wanted = {"digest": digest_of(photo(2)), "size": len(photo(2))}
        assert is_problem(intake.client.post_json(address, wanted, **city.bearer), 409, "not-returned")
        city.ask("/bills")
        assert is_problem(intake.client.post_json(address, wanted), 401, "code-missing")
        wrong = {"Authorization": "Bearer 0000-0000-0000-0000"}
        assert is_problem(intake.client.post_json(address, wanted, **wrong), 404, "not-found")
        asked = intake.client.post_json(address, wanted, **city.bearer).json
        assert asked["upload"]["fields"] == {
            "reference": city.reference, "code": city.code, "digest": digest_of(photo(2)),
        }  # fmt: skip
        elsewhere = asked["upload"] | {"fields": asked["upload"]["fields"] | {"code": "0000-0000-0000-0000"}}
        assert is_problem(send(intake, elsewhere, photo(2)), 404, "not-found")
        missing = city.correct({"bills": [*given["bills"], digest_of(photo(2))]})
        assert is_problem(missing, 422, "invalid")
        assert "第2份没传上来" in missing.json["errors"][0]["message"]
        assert send(intake, asked["upload"], photo(2)).json["status"] == "waiting"
        done = city.correct({"bills": [*given["bills"], digest_of(photo(2))]})
        assert done.status == 200, done.text
        assert files_of(city.office.head(city.reference)) == tuple(
            named(key, digest_of(photo(number))).name for number in (1, 2)
        )
        assert is_problem(send(intake, asked["upload"], photo(2)), 409, "not-returned")


def test_nothing_that_intake_holds_opens_what_it_took(intake: Intake, settings: ServeSettings) -> None:
    """Its keys, its memory of a store, the whole folder: the content is not there to be read."""
    key = fresh_key()
    sent(intake, photo(), key)
    content = b"".join(path.read_bytes() for path in (settings.var / "files").rglob("*") if path.is_file())
    assert content
    assert b"canary" not in content
    assert digest_of(photo()).encode() not in content
    files = open_files("", settings.var)
    reference = derive(key).reference
    assert files.container(reference, named(key, digest_of(photo())).name) is None
    assert not (settings.var / "intake/private.pem").exists()
    assert not hasattr(files, "read")
