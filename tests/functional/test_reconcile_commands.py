"""`doorstep checkpoint`, `reconcile` and `notices send` as an operator runs them, beside a running office."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.desk import Desk
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.journal import follow_events, next_event
from doorstep.applications.office_keys import load_office_keys
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.counter.checkpoint_chain import CheckpointProblem
from doorstep.serving.application import ServeSettings
from tests.functional.house import ROOT, FakeTime, Intake, example
from tests.functional.office_house import Office, run_office
from tests.unit.counter.telling.city import event_id, take_step_of

Ended = subprocess.CompletedProcess[str]


@pytest.fixture
def reference(intake: Intake) -> str:
    """An application whose resident is to be told that it was accepted."""
    reference = str(intake.submitted(example() | {"phone": "13012345678"})["reference"])
    desk = Desk(intake.function.start().desk.store, load_office_keys(intake.settings.var), FakeTime().now, os.urandom)
    take_step_of(desk, reference, "accepted", event_id())
    return reference


@pytest.fixture
def office(settings: ServeSettings, intake: Intake) -> Iterator[Office]:
    running = run_office(settings, DOORSTEP_CHANNEL=f"folder:{settings.var / 'messages'}")
    yield running
    running.function.stop()


def doorstep(settings: ServeSettings, *words: str, **environment: str) -> Ended:
    return subprocess.run(
        [sys.executable, "-m", "doorstep", *words],
        cwd=ROOT,
        env={**os.environ, **settings.environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def sql(settings: ServeSettings, statement: str) -> None:
    with closing(sqlite3.connect(settings.var / "applications.sqlite3")) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_an_operator_sees_what_was_taken_away(settings: ServeSettings, office: Office, reference: str) -> None:
    first = doorstep(settings, "checkpoint")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("checkpoint 1: 1 application new or changed\n")
    sound = doorstep(settings, "reconcile")
    assert sound.returncode == 0
    assert sound.stdout.startswith(
        "looked at 1 application, 2 sealed items, 0 readings and 1 checkpoint: all is as it was\n"
        "newest checkpoint: 1, of "
    )
    sql(settings, "DELETE FROM heads")
    found = doorstep(settings, "reconcile")
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.startswith(f"application {reference}: missing: its head is not stored any more (last known")
    told: dict[str, Any] = json.loads(doorstep(settings, "reconcile", "--format", "json").stdout)
    assert [(one["record"], one["what"], one["checkpoint"]) for one in told["findings"]] == [
        (f"application {reference}", "missing", 1)
    ]
    assert told["looked_at"] == {"applications": 1, "items": 0, "papers": 0, "readings": 0, "checkpoints": 1}
    alarm = doorstep(settings, "checkpoint")
    assert alarm.returncode == 1
    assert reference in alarm.stderr


def test_a_city_wiped_with_its_checkpoints_is_not_as_it_was(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    assert doorstep(settings, "checkpoint").returncode == 0
    sql(settings, "DELETE FROM heads")
    shutil.rmtree(settings.var / "checkpoints")
    found = doorstep(settings, "reconcile")
    assert found.returncode == 1
    assert found.stdout.startswith("checkpoint 1: missing: ")
    (settings.var / "office" / "office.sqlite3").unlink()
    assert "nothing here yet" in doorstep(settings, "reconcile").stdout


def test_a_trigger_in_the_file_is_refused_by_what_works_and_named_by_what_looks(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    assert doorstep(settings, "checkpoint").returncode == 0
    for name in ("applications.sqlite3", "office/office.sqlite3"):
        with closing(sqlite3.connect(settings.var / name)) as connection:
            (table,) = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchone()
            connection.execute(f"CREATE TRIGGER undo AFTER UPDATE ON {table} BEGIN SELECT 1; END")
    refused = doorstep(settings, "checkpoint")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "somebody changed how" in refused.stderr
    assert "(trigger undo is not Doorstep's)" in refused.stderr
    found = doorstep(settings, "reconcile")
    assert found.returncode == 1
    assert found.stdout.startswith(
        "database applications.sqlite3: altered: trigger undo is not Doorstep's\n"
        "database office.sqlite3: altered: trigger undo is not Doorstep's\n"
        "looked at 1 application, 2 sealed items"
    )


def test_a_link_in_the_folder_of_checkpoints_leaves_the_keys_as_they_are(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    key = settings.var / "office" / "private.pem"
    kept = key.read_bytes()
    (settings.var / "checkpoints" / ".lock").symlink_to("../office/private.pem")
    (settings.var / "checkpoints" / ".0000000001.part").symlink_to("../office/private.pem")
    refused = doorstep(settings, "checkpoint")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "it is a link" in refused.stderr
    (settings.var / "checkpoints" / ".lock").unlink()
    assert doorstep(settings, "checkpoint").returncode == 0
    assert key.read_bytes() == kept


def test_an_office_does_not_start_without_the_folder_its_checkpoints_are_in(
    settings: ServeSettings, office: Office, reference: str, tmp_path: Path
) -> None:
    from doorstep.startup import ServeError

    assert doorstep(settings, "checkpoint").returncode == 0
    elsewhere = {"DOORSTEP_CHECKPOINTS": str(tmp_path / "elsewhere")}
    with pytest.raises(ServeError, match=r"no checkpoint in .*elsewhere, and this office wrote number 1: mount"):
        run_office(settings, **elsewhere)
    (tmp_path / "file").write_text("")
    with pytest.raises(ServeError, match=r"the folder of checkpoints .* cannot be used"):
        run_office(settings, DOORSTEP_CHECKPOINTS=str(tmp_path / "file"))
    assert (
        "missing" in doorstep(settings, "checkpoint", **elsewhere).stderr
    )  # all were lost: it goes on with the second
    assert [path.name for path in (tmp_path / "elsewhere").glob("*.checkpoint")] == ["0000000002.checkpoint"]
    run_office(settings, **elsewhere).function.stop()


def test_reconciling_needs_no_private_key_and_may_use_a_copy_of_the_public_ones(
    settings: ServeSettings, office: Office, reference: str, tmp_path: Path
) -> None:
    assert doorstep(settings, "checkpoint").returncode == 0
    for private in ("private.pem", "notifier.pem", "signing.json"):
        (settings.var / "office" / private).unlink()
    (settings.var / "intake" / "signing.json").unlink()
    copy = tmp_path / "copy.json"
    shutil.move(settings.var / "intake" / "public-keys.json", copy)
    sound = doorstep(settings, "reconcile", "--keys", str(copy))
    assert sound.returncode == 0
    assert sound.stdout.count("content was not checked, as the office's private keys are not here\n") == 1
    refused = doorstep(settings, "reconcile")
    assert (refused.returncode, refused.stderr) == (
        1,
        "Error: office/signing.json is not here: on a machine without the office's folder, give --keys\n",
    )


def test_a_key_that_intake_calls_the_offices_decides_nothing(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    """Whoever took intake over can enter a key in its list, sign with it, and write to the store."""
    listed, foreign = settings.var / "intake" / "public-keys.json", Signer("office", Ed25519PrivateKey.generate())
    own = json.loads(listed.read_text())["keys"]
    listed.write_text(json.dumps({"keys": [*own, *PublicKeys([("office", foreign.public)]).jwk_set()["keys"]]}))
    store = office.function.start().counter.desk.store
    head = store.head(reference)
    assert head is not None
    token = next_event(foreign, head, event_id=event_id(), kind="advanced", at="2026-11-23T05:04:03Z", commitment="c",
                       sealed={}, staff="s-clerk", stage="x", office="street-650203001")  # fmt: skip
    forged = follow_events(head.next(events=(*head.events, token)))
    store.commit(forged, [], expected_revision=head.revision)
    found = doorstep(settings, "reconcile")
    assert found.returncode == 1
    assert f"application {reference}: altered: event 3: unknown-key" in found.stdout
    with pytest.raises(Tampered, match="event 3: unknown-key"):
        hold_to_its_events(Desk(store, load_office_keys(settings.var), FakeTime().now, os.urandom), forged, reference)


def test_what_is_not_there_is_said_and_nothing_is_made(settings: ServeSettings) -> None:
    for words in (["reconcile"], ["checkpoint"]):
        told = doorstep(settings, *words)
        assert told.returncode == 1
        assert "applications.sqlite3 is not there. Put it back from your latest backup" in told.stderr
    assert not (settings.var / "applications.sqlite3").exists()
    assert not (settings.var / "checkpoints").exists()


def test_the_office_checkpoints_every_hour_and_tells_the_log_what_is_wrong(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    from office.background import jobs

    house = office.function.start()
    names = {job.name: job for job in jobs(house)}
    for _ in range(2):
        names["checkpoint"].work()
    assert [path.name for path in sorted((settings.var / "checkpoints").glob("*.checkpoint"))] == [
        "0000000001.checkpoint"
    ]
    sql(settings, "DELETE FROM heads")
    office.time.pass_(hours=1)
    names["checkpoint"].work()
    line = json.loads(office.log.getvalue().splitlines()[-1])
    assert (line["event"], line["reference"]) == ("tampered", f"application {reference}")
    assert "missing" in line["what"]


def test_a_checkpoint_folder_that_cannot_be_used_reaches_the_log_in_words(
    settings: ServeSettings, office: Office, reference: str, tmp_path: Path
) -> None:
    from office.background import checkpoint

    house = office.function.start()
    (settings.var / "checkpoints").rmdir()
    (settings.var / "checkpoints").write_text("")
    with pytest.raises(CheckpointProblem) as problem:
        checkpoint(house)
    house.log.failed(problem.value, request_id="job:checkpoint")
    assert "DOORSTEP_CHECKPOINTS" in office.log.getvalue()


def test_the_office_sends_what_is_due_and_the_command_finds_nothing_more(
    settings: ServeSettings, office: Office, reference: str
) -> None:
    from office.background import jobs

    channel = {"DOORSTEP_CHANNEL": f"folder:{settings.var / 'messages'}"}
    names = {job.name: job for job in jobs(office.function.start())}
    names["messages"].work()
    message = json.loads(next((settings.var / "messages").glob("*.json")).read_text())
    assert message["phones"] == {"phone": "13012345678"}
    assert reference[-6:] in message["message"]
    told = doorstep(settings, "notices", "send", **channel)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == "0 sent, 0 failed and tried again next time, 0 left to the call list\n"


def test_the_command_sends_and_says_when_it_cannot(settings: ServeSettings, office: Office, reference: str) -> None:
    assert "nothing is sent" in doorstep(settings, "notices", "send", DOORSTEP_CHANNEL="").stdout
    wrong = doorstep(settings, "notices", "send", DOORSTEP_CHANNEL="pigeon:")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    (settings.var / "blocked").write_text("")
    failed = doorstep(settings, "notices", "send", DOORSTEP_CHANNEL=f"folder:{settings.var / 'blocked'}")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "DOORSTEP_CHANNEL names a folder that cannot be written" in failed.stderr
    assert "13012345678" not in failed.stderr
    assert reference not in failed.stderr


def test_an_office_with_a_wrong_channel_does_not_start(settings: ServeSettings, intake: Intake) -> None:
    from doorstep.startup import ServeError

    with pytest.raises(ServeError, match="DOORSTEP_CHANNEL"):
        run_office(settings, DOORSTEP_CHANNEL="pigeon:")
    with pytest.raises(ServeError, match="DOORSTEP_CHANNEL names a folder that cannot be written"):
        run_office(settings, DOORSTEP_CHANNEL=f"folder:{settings.var / 'not-mounted' / 'messages'}")
    assert not (settings.var / "not-mounted").exists()
