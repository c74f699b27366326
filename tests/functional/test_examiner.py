"""`doorstep examine` itself: beside the office, by itself, when it dies, and when something is missing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from doorstep.applications import encoding
from doorstep.applications.keyring import load_intake_keys
from doorstep.attachments.container import unpack
from doorstep.attachments.envelope import enclose
from doorstep.attachments.files import READY, REFUSED, WAITING, FileState
from doorstep.attachments.naming import FileKey, file_key
from doorstep.serving.application import ServeSettings
from doorstep.stores.choosing import APPLICATIONS, open_files
from doorstep.stores.sqlite import SqliteStore
from tests.functional.commands import Command, all_end, begin, running_command
from tests.unit.examiner import hostile, pdf_files

REFERENCE = "0000-0000-0000-0"


class Sender:
    """Puts files into the quarantine as intake does, and sees what intake sees."""

    def __init__(self, var: Path) -> None:
        self.files = open_files("", var)
        keys = load_intake_keys(var)
        self.examiner, self.examined_by = keys.examiner, keys.examined_by

    def send(self, content: bytes) -> FileKey:
        key = file_key(bytes(32), encoding.encode(sha256(content).digest()))
        self.files.put(REFERENCE, key.name, enclose(self.examiner, REFERENCE, key, content, os.urandom))
        return key

    def state(self, key: FileKey) -> FileState:
        return self.files.states(REFERENCE)[key.name]

    def examined(self, key: FileKey, command: Command, *, within: float = 30) -> FileState:
        """How it stands once it no longer waits."""
        deadline = time.monotonic() + within
        while self.state(key).status == WAITING:
            assert time.monotonic() < deadline, command.told()
            time.sleep(0.05)
        return self.state(key)

    def pages(self, key: FileKey) -> int:
        container = self.files.container(REFERENCE, key.name)
        assert container is not None
        return len(unpack(self.examined_by, REFERENCE, key, container).pages)


@pytest.fixture
def sender(settings: ServeSettings) -> Sender:
    SqliteStore(settings.var / APPLICATIONS).close()
    return Sender(settings.var)


def lines_of(command: Command, event: str) -> list[dict[str, object]]:
    said = [json.loads(line) for line in command.told().splitlines() if line.startswith("{")]
    return [line for line in said if line["event"] == event]


def test_beside_the_office_files_are_examined_within_moments(settings: ServeSettings, sender: Sender) -> None:
    with running_command(settings, "serve") as command:
        photo, scan, page = (
            sender.send(hostile.geotagged()), sender.send(pdf_files.scanned(2)), sender.send(b"<html>" + hostile.MARK),
        )  # fmt: skip
        assert sender.examined(photo, command).status == READY
        assert sender.examined(scan, command).pages == 2
        assert sender.examined(page, command)[::3] == (REFUSED, "foreign")
        assert (sender.pages(photo), sender.pages(scan)) == (1, 2)
        assert command.site.request("GET", "/api/health")[0] == 200
        assert command.end() == 0
    told = lines_of(command, "examined")
    assert sum(int(str(line.get("kept", 0))) for line in told) == 2
    assert photo.name not in command.told()
    assert REFERENCE not in command.told()
    assert "Traceback" not in command.told()


def test_one_that_dies_is_started_again_and_what_waits_is_examined(settings: ServeSettings, sender: Sender) -> None:
    with running_command(settings, "serve") as command:
        assert sender.examined(sender.send(hostile.jpeg()), command).status == READY
        sides, (examiner,) = command.families(), command.examiner()[:1]
        os.kill(examiner, signal.SIGKILL)
        assert all_end([examiner])
        key = sender.send(pdf_files.of_pages(1))
        assert command.site.request("GET", "/api/health")[0] == 200
        assert sender.examined(key, command).status == READY
        assert command.families() == sides
        assert "the examiner ended (exit code -9) and is started again in 1 s; the office goes on" in command.told()


def test_it_ends_with_an_office_that_is_killed(settings: ServeSettings) -> None:
    with running_command(settings, "serve") as command:
        office, examiner = command.families()[1], command.examiner()
        assert len(examiner) == 1
        os.kill(office[0], signal.SIGKILL)
        assert all_end([*office, *examiner])


def test_the_public_site_alone_has_none(settings: ServeSettings, sender: Sender) -> None:
    for private in ("office", "examiner"):
        shutil.rmtree(settings.var / private)
    with running_command(settings, "serve", "--no-office") as command:
        assert command.examiner() == []
        key = sender.send(hostile.jpeg())
        assert sender.state(key).status == WAITING


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_by_itself_it_examines_and_ends_calmly(settings: ServeSettings, sender: Sender, number: signal.Signals) -> None:
    key = sender.send(hostile.jpeg())
    command = begin(settings, "examine")
    try:
        assert sender.examined(key, command).status == READY
    finally:
        assert command.end(number) == 0
    assert "Traceback" not in command.told()


def test_a_signal_in_the_middle_of_a_file_ends_both(settings: ServeSettings, sender: Sender) -> None:
    key = sender.send(pdf_files.drawing_itself())
    command = begin(settings, "examine")
    while not command.examiners_children():
        assert command.process.poll() is None, command.told()
        time.sleep(0.05)
    everybody = [command.process.pid, *command.examiners_children()]
    assert command.end() == 0
    assert all_end(everybody)
    assert sender.state(key).status == WAITING


def test_the_scanner_is_asked_first(settings: ServeSettings, sender: Sender, tmp_path: Path) -> None:
    scanner = tmp_path / "scanner.py"
    scanner.write_text("import sys; content = sys.stdin.buffer.read(); sys.exit(5 if b'PDF' in content else 1)")
    photo, scan = sender.send(hostile.jpeg()), sender.send(pdf_files.scanned(1))
    command = begin(settings, "examine", DOORSTEP_SCANNER=f"{sys.executable} {scanner}")
    try:
        assert sender.examined(photo, command)[::3] == (REFUSED, "unsafe")
        while not (told := [line for line in lines_of(command, "examined") if "later" in line]):
            assert command.process.poll() is None, command.told()
            time.sleep(0.05)
        assert told[0]["later"] == {"the scanner ended with 5, which says nothing of the file": 1}
        assert sender.state(scan).status == WAITING
    finally:
        command.end()


@pytest.mark.parametrize(
    ("setting", "value", "why"),
    [
        ("DOORSTEP_SCANNER", "clamdscan", "Error: DOORSTEP_SCANNER must begin with the absolute path"),
        ("DOORSTEP_FILES", "somewhere", "Error: DOORSTEP_FILES must be s3:"),
    ],
)
def test_a_wrong_setting_is_one_sentence(settings: ServeSettings, setting: str, value: str, why: str) -> None:
    command = begin(settings, "examine", **{setting: value})
    assert command.process.wait(30) == 1
    assert command.told().startswith(why)
    assert "Traceback" not in command.told()


@pytest.mark.parametrize("verb", ["serve", "office"])
def test_a_wrong_scanner_is_said_before_anything_starts(settings: ServeSettings, sender: Sender, verb: str) -> None:
    command = begin(settings, verb, DOORSTEP_SCANNER="clamdscan")
    assert command.process.wait(60) == 1
    assert "Error: DOORSTEP_SCANNER must begin with the absolute path" in command.told()
    assert "http" not in command.told()


def test_an_office_whose_examiner_cannot_start_says_so_and_answers_nobody(
    settings: ServeSettings, sender: Sender
) -> None:
    """Not even for a moment: a worker told to end while it loads may not hear it, and would go on for 20 s."""
    (settings.var / "examiner/private.pem").write_text("")
    command = begin(settings, "office")
    assert command.process.wait(60) == 1
    assert "Error: the examiner did not start, and without it the office does not" in command.told()
    assert "Traceback" not in command.told()
    assert "http" not in command.told()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_who_ends_everybody_at_once_is_not_told_that_anybody_is_started_again(
    settings: ServeSettings, number: signal.Signals
) -> None:
    """As systemd does, and Ctrl+C in a terminal."""
    with running_command(settings, "serve") as command:
        for process in command.everybody():
            with contextlib.suppress(ProcessLookupError):  # ended already, with the one that was told before it
                os.kill(process, number)
        assert command.process.wait(40) == 0, command.told()
        assert "started again" not in command.told()
        assert "Traceback" not in command.told()


def test_a_folder_beside_a_shared_store_is_worth_a_word(settings: ServeSettings, sender: Sender) -> None:
    key = sender.send(hostile.jpeg())
    command = begin(settings, "examine", DOORSTEP_STORE="dynamodb:doorstep", AWS_ENDPOINT_URL_DYNAMODB="http://[::1]:9")
    try:
        assert sender.examined(key, command).status == READY
    finally:
        command.end()
    (said,) = lines_of(command, "examining this machine's folder")
    assert "Set it to s3: and a bucket's name" in str(said["why"])


@pytest.mark.parametrize("name", ["private.pem", "signing.json"])
def test_a_key_of_another_place_destroys_nothing(
    settings: ServeSettings, sender: Sender, tmp_path: Path, name: str
) -> None:
    from tests.functional.house import make_keys

    key = sender.send(hostile.jpeg())
    shutil.copy(make_keys(tmp_path / "others") / "examiner" / name, settings.var / "examiner" / name)
    command = begin(settings, "examine")
    assert command.process.wait(30) == 1
    assert f"examiner/{name}: does not belong to intake/office-public.json" in command.told()
    assert sender.state(key).status == WAITING
