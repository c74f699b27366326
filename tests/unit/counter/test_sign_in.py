from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.counter.sign_in import LINK_LIFETIME, SignInRefused, could_be_token, mint_link, use_link
from doorstep.counter.staff import StaffProblem
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.conftest import NOON, chance, somebody


def refused(office: OfficeFile, token: str, now: dt.datetime = NOON) -> str:
    with pytest.raises(SignInRefused) as told:
        use_link(office.links, office.staff, token, now=now)
    return told.value.reason


def test_a_link_opens_once(office: OfficeFile) -> None:
    staff = somebody(office)
    token = mint_link(office.links, staff, now=NOON, random=chance().randbytes)
    assert use_link(office.links, office.staff, token, now=NOON) == staff
    assert refused(office, token) == "link"


def test_only_a_digest_is_kept(office: OfficeFile, tmp_path: Path) -> None:
    token = mint_link(office.links, somebody(office), now=NOON, random=chance().randbytes)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "office").iterdir())
    assert token.encode() not in kept


def test_a_link_lives_a_day(office: OfficeFile) -> None:
    staff = somebody(office)
    token = mint_link(office.links, staff, now=NOON, random=chance().randbytes)
    assert refused(office, token, NOON + LINK_LIFETIME) == "link"
    assert refused(office, token) == "link"  # even a clock set back does not bring it back
    token = mint_link(office.links, staff, now=NOON, random=chance(2).randbytes)
    assert use_link(office.links, office.staff, token, now=NOON + LINK_LIFETIME - dt.timedelta(seconds=1)) == staff


def test_a_new_link_voids_the_old_and_nobody_elses(office: OfficeFile) -> None:
    first, other = somebody(office), somebody(office, "乙", seed=2)
    old = mint_link(office.links, first, now=NOON, random=chance(3).randbytes)
    others = mint_link(office.links, other, now=NOON, random=chance(4).randbytes)
    new = mint_link(office.links, first, now=NOON, random=chance(5).randbytes)
    assert refused(office, old) == "link"
    assert use_link(office.links, office.staff, others, now=NOON) == other
    assert use_link(office.links, office.staff, new, now=NOON) == first


def test_a_revoked_staff_member_has_no_link(office: OfficeFile) -> None:
    staff = somebody(office)
    token = mint_link(office.links, staff, now=NOON, random=chance().randbytes)
    gone = staff._replace(revoked_at="2026-11-23T04:00:00Z")
    office.staff.put(gone)
    assert refused(office, token) == "link"
    with pytest.raises(StaffProblem, match="is revoked"):
        mint_link(office.links, gone, now=NOON, random=chance().randbytes)


def test_a_link_that_outlived_its_revocation_opens_nothing(office: OfficeFile) -> None:
    token = mint_link(office.links, somebody(office), now=NOON, random=chance().randbytes)
    with office.transaction() as connection:
        connection.execute("UPDATE staff SET revoked_at = '2026-11-23T04:00:00Z'")
    assert refused(office, token) == "revoked"


@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from("AQgw_-é中"), min_size=43, max_size=43)))
def test_only_one_spelling_of_256_bits_could_be_a_token(text: str) -> None:
    assert not could_be_token(text) or (len(text) == 43 and text.isascii())


@pytest.mark.parametrize("token", ["", "x", "A" * 42, "A" * 42 + "B", "é" * 43, "A" * 43])
def test_other_texts_open_nothing(office: OfficeFile, token: str) -> None:
    assert refused(office, token) == "link"
