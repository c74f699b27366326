"""A round over the quarantine: what waits is kept as plain pages or refused, whatever it is, and nothing stays by."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from doorstep.applications.sealing import Unlock
from doorstep.attachments.container import Page
from doorstep.attachments.envelope import enclose, wrap_for_examiner
from doorstep.attachments.files import MOST_BYTES, READY, REFUSED, WAITING, Uploaded, Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused
from doorstep.examiner.apart import TookTooLong
from doorstep.examiner.examine import Round, examine
from doorstep.examiner.patience import Patience
from doorstep.examiner.photos import page_of
from doorstep.examiner.scanning import ScannerSilent
from tests.unit.examiner import hostile, pdf_files
from tests.unit.examiner.conftest import FILES_KEY, OTHER, REFERENCE, Folder

PAGE = page_of(hostile.quarters())


def one_page(content: bytes, media_type: str) -> tuple[Page, ...]:
    return (PAGE,)


def round_of(folder: Folder, **more: object) -> Round:
    return examine(folder.quarantine, folder.own, os.urandom, **more)  # type: ignore[arg-type]


def test_what_waits_becomes_pages_that_its_key_opens(folder: Folder) -> None:
    photo, scan = folder.send(hostile.geotagged()), folder.send(pdf_files.scanned(3), OTHER)
    assert round_of(folder) == Round(kept=2, refused={}, later={})
    assert folder.state(photo)[::2] == (READY, 1)
    assert folder.state(scan, OTHER)[::2] == (READY, 3)
    assert folder.opened(photo).media_type == "image/jpeg"
    assert [page[:2] for page in folder.opened(scan, OTHER).pages] == [(1654, 2339)] * 3
    assert hostile.MARK not in b"".join(page.jpeg for page in folder.opened(photo).pages)
    assert folder.quarantine.waiting() == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(MOST_BYTES), "too-large"),
        (hostile.announced_giant(), "too-large"),
        (hostile.office_file(), "foreign"),
        (hostile.jpeg()[:2000], "unreadable"),
        (pdf_files.locked(), "locked"),
        (pdf_files.of_pages(21), "too-many-pages"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_verdict(folder: Folder, content: bytes, why: str) -> None:
    key = folder.send(content)
    assert round_of(folder) == Round(kept=0, refused={why: 1}, later={})
    assert (folder.state(key).status, folder.state(key).why) == (REFUSED, why)
    assert folder.files.container(REFERENCE, key.name) is None
    assert folder.quarantine.waiting() == ()


KEY = file_key(FILES_KEY, "A" * 43)


def sealed_for(lock: Unlock, content: bytes = b"other content") -> bytes:
    return enclose(lock.lock, REFERENCE, KEY, content, os.urandom)


def swapped(folder: Folder) -> bytes:
    """Its wrap is right, its content another file's."""
    return sealed_for(folder.opens)


def foreign_wrap(_: Folder) -> bytes:
    return sealed_for(Unlock(generate_private_key(65537, 3072), "examiner"))


def no_wrap(wrap: object) -> Callable[[Folder], bytes]:
    written = json.dumps(wrap).encode()
    return lambda _: b"DSE1" + len(written).to_bytes(2) + written + bytes(100)


def with_own_kid(wrapped: object) -> Callable[[Folder], bytes]:
    return lambda folder: no_wrap({"key": folder.opens.lock.kid, "wrapped": wrapped})(folder)


@pytest.mark.parametrize(
    "envelope",
    [
        swapped,
        foreign_wrap,
        lambda _: b"",
        lambda _: b"DSE1",
        lambda _: b"DSE1\xff\xff" + b"[" * 65535,
        lambda _: b"DSE1\x00\x02\xff\xfe",
        lambda _: hostile.jpeg(),
        lambda _: hostile.noise(100_000),
        no_wrap([]),
        no_wrap({}),
        with_own_kid(None),
        with_own_kid(5),
        with_own_kid(["A"]),
        with_own_kid("不"),
        with_own_kid("A" * 512),
        lambda folder: folder.opens.lock.wrap(b"short")["wrapped"].encode(),
        lambda folder: no_wrap(folder.opens.lock.wrap(b"short"))(folder),
        lambda folder: no_wrap(folder.opens.lock.wrap(bytes(64)))(folder),
        lambda folder: no_wrap(folder.opens.lock.wrap(KEY.key + bytes(32)))(folder),
    ],
)
def test_no_envelope_takes_the_examiner_down(folder: Folder, envelope: Callable[[Folder], bytes]) -> None:
    folder.files.put(REFERENCE, KEY.name, envelope(folder))
    good = folder.send(hostile.jpeg(), OTHER)
    assert round_of(folder, make=one_page) == Round(kept=1, refused={"altered": 1}, later={})
    assert folder.state(KEY).why == "altered"
    assert folder.state(good, OTHER).status == READY


class FromABucket:
    """Holds what a browser posted by itself, beside the wrap its ticket carried."""

    def __init__(self, content: bytes, wrap: Mapping[str, str]) -> None:
        self.uploaded = Uploaded(content, wrap)
        self.kept: list[int] = []
        self.refused: list[str] = []
        self.statement = b""

    def waiting(self, limit: int = 100) -> tuple[Waiting, ...]:
        return (Waiting(REFERENCE, KEY.name, datetime(2026, 11, 22, tzinfo=UTC)),)

    def read(self, file: Waiting) -> Uploaded:
        return self.uploaded

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        self.kept.append(pages)

    def refuse(self, file: Waiting, why: str, statement: bytes = b"") -> None:
        self.refused.append(why)
        self.statement = statement


@pytest.mark.parametrize("wrap", [{}, {"key": "examiner-x"}, {"key": "examiner-x", "wrapped": "A"}])
def test_what_came_by_ticket_with_a_wrap_of_nobodys_is_altered(folder: Folder, wrap: dict[str, str]) -> None:
    bucket = FromABucket(hostile.jpeg(), wrap)
    examine(bucket, folder.own, os.urandom)  # type: ignore[arg-type]
    assert (bucket.kept, bucket.refused) == ([], ["altered"])
    assert not folder.said(KEY, statement=bucket.statement).as_sent


def test_it_signs_why_it_refused_and_when_and_whether_it_saw_what_was_sent(folder: Folder) -> None:
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    key = folder.send(b"")
    planted = folder.send(hostile.jpeg(), OTHER)
    folder.files.put(OTHER, planted.name, b"junk")
    round_of(folder, clock=lambda: at)
    assert folder.said(key) == Refused("empty", at, as_sent=True)
    assert folder.said(planted, OTHER) == Refused("altered", at, as_sent=False)


def test_a_browser_that_posts_other_bytes_than_announced_planted_nothing(folder: Folder) -> None:
    bucket = FromABucket(b"other bytes", wrap_for_examiner(folder.opens.lock, KEY))
    examine(bucket, folder.own, os.urandom)  # type: ignore[arg-type]
    assert bucket.refused == ["altered"]
    assert folder.said(KEY, statement=bucket.statement).as_sent


def test_what_nobody_can_have_sent_is_refused_unread(folder: Folder) -> None:
    key = folder.send(hostile.jpeg())
    (folder.place / "quarantine" / REFERENCE / key.name).write_bytes(bytes(MOST_BYTES + 5000))
    assert round_of(folder, make=one_page).refused == {"too-large": 1}
    assert not folder.said(key).as_sent


def test_a_file_another_examiner_took_is_nobodys_fault(folder: Folder) -> None:
    folder.send(hostile.jpeg())

    def meanwhile(content: bytes, media_type: str) -> tuple[Page, ...]:
        assert examine(folder.quarantine, folder.own, os.urandom, make=one_page).kept == 1
        return (PAGE,)

    assert round_of(folder, make=meanwhile).kept == 1
    assert round_of(folder, make=meanwhile) == Round(0, {}, {})


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_kept_before_the_scanner_called_it_clean(folder: Folder) -> None:
    key, asked = folder.send(hostile.jpeg()), list[bytes]()

    def scanner(content: bytes) -> bool:
        asked.append(content)
        return False

    assert round_of(folder, scanner=scanner).refused == {"unsafe": 1}
    assert asked == [hostile.jpeg()]
    assert folder.state(key).why == "unsafe"


def test_a_scanner_that_cannot_say_keeps_files_waiting(folder: Folder) -> None:
    seconds, up = Seconds(), list[bool]()
    patience = Patience(seconds)
    key = folder.send(hostile.jpeg())

    def scanner(content: bytes) -> bool:
        if not up:
            raise ScannerSilent("it is down")
        return True

    assert round_of(folder, scanner=scanner, patience=patience) == Round(0, {}, {"it is down": 1})
    assert folder.state(key).status == WAITING
    up.append(True)
    assert round_of(folder, scanner=scanner, patience=patience) == Round(0, {}, {})  # not at once again
    seconds.now = 15
    assert round_of(folder, scanner=scanner, patience=patience).kept == 1
    assert patience.count == 0


def test_a_silent_scanner_is_not_asked_about_everybody(folder: Folder) -> None:
    asked = list[int]()

    def silent(content: bytes) -> bool:
        asked.append(len(content))
        raise ScannerSilent("it is down")

    for number in range(5):
        folder.send(hostile.jpeg() + bytes(number))
    round_of(folder, scanner=silent)
    assert len(asked) == 3


def test_what_takes_too_long_is_tried_three_times(folder: Folder) -> None:
    seconds = Seconds()
    patience = Patience(seconds)
    key, good = folder.send(hostile.jpeg()), folder.send(hostile.jpeg() + b"2", OTHER)

    def slow(content: bytes, media_type: str) -> tuple[Page, ...]:
        if content == hostile.jpeg():
            raise TookTooLong
        return (PAGE,)

    for _ in range(2):
        assert "unreadable" not in round_of(folder, make=slow, patience=patience).refused
        assert folder.state(key).status == WAITING
        seconds.now += 1000
    assert folder.state(good, OTHER).status == READY
    assert round_of(folder, make=slow, patience=patience).refused == {"unreadable": 1}
    assert patience.count == 0


def test_everybodys_first_file_comes_before_anybodys_second(folder: Folder) -> None:
    done = list[int]()

    def noted(content: bytes, media_type: str) -> tuple[Page, ...]:
        done.append(content[-1])
        return (PAGE,)

    keys: list[FileKey] = [folder.send(hostile.jpeg() + bytes([number])) for number in range(3)]
    for position, key in enumerate(keys):
        os.utime(folder.place / "quarantine" / REFERENCE / key.name, (position, position))
    folder.send(hostile.jpeg() + bytes([9]), OTHER)
    round_of(folder, make=noted)
    assert done == [0, 9, 1, 2]
