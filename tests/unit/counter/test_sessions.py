from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.counter.sessions import (
    IDLE,
    LONGEST,
    SignedIn,
    csrf_fits,
    csrf_token,
    end_session,
    find_session,
    start_session,
)
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.conftest import NOON, chance, somebody

MINUTE = dt.timedelta(minutes=1)


def found(office: OfficeFile, token: str, now: dt.datetime) -> SignedIn | None:
    return find_session(office.sessions, office.staff, token, now=now)


def test_who_holds_the_token_is_signed_in(office: OfficeFile, tmp_path: Path) -> None:
    staff = somebody(office)
    token = start_session(office.sessions, staff, now=NOON, random=chance().randbytes)
    assert found(office, token, NOON) == SignedIn(staff, token)
    assert found(office, token[:-1] + ("A" if token[-1] != "A" else "E"), NOON) is None
    assert found(office, "", NOON) is None
    assert token.encode() not in b"".join(file.read_bytes() for file in (tmp_path / "office").iterdir())


def test_an_hour_without_a_request_ends_it(office: OfficeFile) -> None:
    staff = somebody(office)
    token = start_session(office.sessions, staff, now=NOON, random=chance().randbytes)
    assert found(office, token, NOON + IDLE - dt.timedelta(seconds=1))
    assert found(office, token, NOON + 2 * IDLE - 2 * dt.timedelta(seconds=1))
    assert found(office, token, NOON + 3 * IDLE) is None
    assert found(office, token, NOON + 2 * IDLE) is None  # gone for good


def test_ten_hours_end_it_however_busy(office: OfficeFile) -> None:
    token = start_session(office.sessions, somebody(office), now=NOON, random=chance().randbytes)
    moment = NOON
    while moment < NOON + LONGEST - 30 * MINUTE:
        moment += 30 * MINUTE
        assert (found(office, token, moment) is not None) == (moment < NOON + LONGEST)
    assert found(office, token, NOON + LONGEST) is None


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeFile]:
    """One file for every example of a property."""
    file = OfficeFile(tmp_path_factory.mktemp("kept") / "office.sqlite3")
    somebody(file)
    yield file
    file.close()


@given(st.lists(st.integers(1, 90), max_size=15))
@settings(max_examples=30, deadline=None)
def test_a_session_lives_exactly_while_both_limits_allow(kept: OfficeFile, pauses: list[int]) -> None:
    """Minutes apart, each use is written down."""
    (staff,) = kept.staff.everyone()
    token = start_session(kept.sessions, staff, now=NOON, random=os.urandom)
    moment, alive = NOON, True
    for pause in pauses:
        moment += pause * MINUTE
        alive = alive and pause * MINUTE < IDLE and moment < NOON + LONGEST
        assert (found(kept, token, moment) is not None) == alive


def test_a_use_noted_late_takes_nothing_back(office: OfficeFile) -> None:
    """Of two requests at once, the earlier may be written down last."""
    token = start_session(office.sessions, somebody(office), now=NOON, random=chance().randbytes)
    ((digest,),) = office.read("SELECT digest FROM sessions")
    office.sessions.note_session(digest, "2026-11-23T04:30:00Z")
    office.sessions.note_session(digest, "2026-11-23T04:10:00Z")
    assert found(office, token, NOON + 85 * MINUTE)


def test_leaving_ends_one_session_and_revoking_all(office: OfficeFile) -> None:
    staff, other = somebody(office), somebody(office, "乙", seed=2)
    tokens = [start_session(office.sessions, staff, now=NOON, random=chance(n).randbytes) for n in range(3)]
    others = start_session(office.sessions, other, now=NOON, random=chance(7).randbytes)
    end_session(office.sessions, tokens[0])
    assert [bool(found(office, token, NOON)) for token in tokens] == [False, True, True]
    office.staff.put(staff._replace(revoked_at="2026-11-23T04:00:00Z"))
    assert [bool(found(office, token, NOON)) for token in tokens] == [False, False, False]
    assert found(office, others, NOON)


def test_a_session_begun_while_being_revoked_opens_nothing(office: OfficeFile) -> None:
    staff = somebody(office)
    office.staff.put(staff._replace(revoked_at="2026-11-23T04:00:00Z"))
    token = start_session(office.sessions, staff, now=NOON, random=chance().randbytes)
    office.staff.put(staff)
    assert found(office, token, NOON) is None


def test_a_session_that_outlived_its_revocation_opens_nothing(office: OfficeFile) -> None:
    """As after a backup was put back."""
    staff = somebody(office)
    token = start_session(office.sessions, staff, now=NOON, random=chance().randbytes)
    with office.transaction() as connection:
        connection.execute("UPDATE staff SET revoked_at = '2026-11-23T04:00:00Z'")
    assert found(office, token, NOON) is None
    assert office.read("SELECT count(*) FROM sessions") == [(0,)]


def test_a_changed_role_counts_at_once(office: OfficeFile) -> None:
    staff = somebody(office)
    token = start_session(office.sessions, staff, now=NOON, random=chance().randbytes)
    office.staff.put(staff._replace(role="auditor"))
    signed_in = found(office, token, NOON)
    assert signed_in
    assert signed_in.staff.role == "auditor"


def test_what_has_ended_is_forgotten(office: OfficeFile) -> None:
    staff = somebody(office)
    start_session(office.sessions, staff, now=NOON, random=chance(1).randbytes)
    start_session(office.sessions, staff, now=NOON + LONGEST + MINUTE, random=chance(2).randbytes)
    assert office.read("SELECT count(*) FROM sessions") == [(1,)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_csrf_token_is_for_one_session_and_purpose(purpose: str, other: str) -> None:
    sent = csrf_token("t" * 43, purpose)
    assert csrf_fits("t" * 43, purpose, sent)
    assert csrf_fits("t" * 43, other, sent) == (purpose == other)
    assert not csrf_fits("u" * 43, purpose, sent)
    assert not csrf_fits("t" * 43, purpose, other)
