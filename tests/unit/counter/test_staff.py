from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.counter.staff import ROLES, StaffProblem, add_staff, mint_staff_id
from doorstep.stores.office_file import OfficeFile
from tests.unit.counter.conftest import chance, somebody


def test_a_record_is_found_by_id_name_and_subject(office: OfficeFile) -> None:
    staff = somebody(office, subject="sub-1")
    assert office.staff.by_id(staff.id) == office.staff.by_name("甲") == office.staff.by_subject("sub-1") == staff
    assert office.staff.by_subject("") is None
    assert office.staff.by_id("s-nobody") is None
    assert office.staff.everyone() == (staff,)


@given(st.binary(min_size=10, max_size=10))
def test_an_id_is_short_ascii_and_says_nothing(content: bytes) -> None:
    assert re.fullmatch("s-[a-z2-7]{16}", mint_staff_id(lambda _: content))


def test_names_are_distinct(office: OfficeFile) -> None:
    somebody(office)
    with pytest.raises(StaffProblem, match="is there already, as clerk of street-650203001"):
        somebody(office, seed=2)
    assert len(office.staff.everyone()) == 1


def test_a_subject_is_one_persons(office: OfficeFile) -> None:
    somebody(office, subject="sub-1")
    with pytest.raises(StaffProblem, match="another staff member's"):
        somebody(office, "乙", subject="sub-1", seed=2)
    somebody(office, "丙", seed=3)  # no subject is no clash
    assert [staff.name for staff in office.staff.everyone()] == ["丙", "甲"]


def test_who_comes_back_keeps_the_id_in_any_role(office: OfficeFile) -> None:
    """Else a clerk made decider could decide what they filed."""
    staff = somebody(office)
    office.staff.put(staff._replace(revoked_at="2026-11-23T04:00:00Z"))
    back, known = add_staff(
        office.staff, name=" 甲 ", office="civil-affairs-650203", role="decider", subject="", random=chance(9).randbytes
    )
    assert known
    assert (back.id, back.role, back.active) == (staff.id, "decider", True)
    assert office.staff.everyone() == (back,)


@pytest.mark.parametrize("name", ["", "  ", "两\n行", "x" * 41, "\x00"])
def test_a_name_is_one_line_of_letters(office: OfficeFile, name: str) -> None:
    with pytest.raises(StaffProblem, match="1 to 40 letters"):
        somebody(office, name)


@pytest.mark.parametrize("name", ["甲", "阿依古丽·买买提", "王芳（二街）"])
def test_names_people_have_are_taken(office: OfficeFile, name: str) -> None:
    assert somebody(office, name).name == name


def test_an_unknown_role_names_the_known(office: OfficeFile) -> None:
    with pytest.raises(StaffProblem, match=", ".join(ROLES)):
        somebody(office, role="admin")


def test_a_record_cannot_be_deleted(office: OfficeFile, tmp_path: Path) -> None:
    somebody(office)
    connection = sqlite3.connect(tmp_path / "office" / "office.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        connection.execute("DELETE FROM staff")
    connection.close()


def test_the_file_is_its_owners_alone(office: OfficeFile, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert folder.stat().st_uid == os.geteuid()
