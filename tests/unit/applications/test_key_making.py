"""Where keys are made and where not: never beside applications, never twice, and intake's without the office's."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from doorstep.applications.errors import KeyProblem
from doorstep.applications.keyring import (
    SIGNING,
    IntakeElsewhere,
    create_intake_keys,
    create_office_pair,
    create_or_load,
    load_intake_keys,
)
from doorstep.applications.office_keys import OFFICE, PUBLIC_KEYS, load_office_keys, load_office_public
from doorstep.applications.office_keys import PRIVATE as OFFICE_PRIVATE
from doorstep.applications.office_keys import PUBLIC as OFFICE_PUBLIC
from doorstep.cli import main
from tests.unit.applications.test_keyring import contents

NOBODY = 65534


@pytest.fixture
def var(var_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(var_dir, tmp_path / "var"))


def test_intakes_keys_are_enough_and_the_offices_are_not_made_anew(var: Path) -> None:
    shutil.rmtree(var / "office")
    before = contents(var)
    assert create_or_load(var).office.kid == load_intake_keys(var).office.kid
    assert contents(var) == before


@pytest.mark.parametrize("left", ["intake", "office"])
def test_one_folder_alone_is_no_reason_to_make_keys(var: Path, left: str) -> None:
    for gone in {"intake", "office"} - {left}:
        shutil.rmtree(var / gone)
    (var / "intake" / SIGNING.name).unlink(missing_ok=True)
    before = contents(var)
    with pytest.raises(KeyProblem, match="missing"):
        create_or_load(var)
    assert contents(var) == before


@pytest.mark.parametrize("name", ["applications.sqlite3", "applications.sqlite3-wal"])
def test_no_keys_are_made_beside_applications(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    for make in (create_or_load, create_office_pair):
        with pytest.raises(KeyProblem, match=f"{name}: applications are stored here.*backup"):
            make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_signing_key_is_made_beside_applications(var: Path) -> None:
    (var / SIGNING).unlink()
    (var / PUBLIC_KEYS).unlink()
    (var / "applications.sqlite3").write_bytes(b"")
    with pytest.raises(KeyProblem, match="applications are stored here"):
        create_intake_keys(var)
    assert not (var / SIGNING).exists()


def test_the_offices_pair_is_made_elsewhere_and_its_public_half_carried(tmp_path: Path) -> None:
    office, public = tmp_path / "office-machine", tmp_path / "public-machine"
    made = create_office_pair(office).jwk_set()
    assert set(contents(office)) == {*OFFICE, OFFICE_PUBLIC}
    with pytest.raises(KeyProblem, match=r"office-public\.json: missing"):
        create_intake_keys(public)
    (public / "intake").mkdir(mode=0o700)
    shutil.copy(office / OFFICE_PUBLIC, public / OFFICE_PUBLIC)
    with pytest.raises(KeyProblem, match="doorstep keys --only intake"):
        create_or_load(public)
    assert create_intake_keys(public).sealed_for.jwk_set() == made == load_office_public(office).jwk_set()
    assert create_or_load(public).sealed_for.jwk_set() == made
    assert set(contents(public)) == {OFFICE_PUBLIC, PUBLIC_KEYS, SIGNING}
    with pytest.raises(KeyProblem, match=r"public-keys\.json: missing"):
        load_office_keys(office)
    shutil.copy(public / PUBLIC_KEYS, office / PUBLIC_KEYS)
    assert load_office_keys(office).signer.kid in load_intake_keys(public).public_keys


def test_one_side_is_never_made_twice(var: Path) -> None:
    before = contents(var)
    for make in (create_office_pair, create_intake_keys):
        with pytest.raises(KeyProblem, match="there already, and nothing was changed"):
            make(var)
    assert contents(var) == before


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    create_office_pair(tmp_path / "var")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_what_another_user_owns_is_refused_or_left_alone(var: Path) -> None:
    """Root reads every file: only the owner's number tells. Other users can give nothing away and stop at the mode."""
    if os.geteuid() != 0:
        (var / "office").chmod(0o000)
        with pytest.raises(KeyProblem):
            load_office_keys(var)
        (var / "office").chmod(0o700)
        return
    (var / OFFICE_PRIVATE).write_bytes(b"not for us to read")
    os.chown(var / "office", NOBODY, NOBODY)
    assert create_or_load(var).signer  # the office's own affair, on its own account
    os.chown(var / SIGNING, NOBODY, NOBODY)
    with pytest.raises(KeyProblem, match=f"{SIGNING}: belongs to user {NOBODY}, this process runs as 0"):
        load_intake_keys(var)


def test_a_key_that_is_no_file_is_refused_at_once(var: Path) -> None:
    (var / SIGNING).unlink()
    os.mkfifo(var / SIGNING, 0o600)
    with pytest.raises(KeyProblem, match="chmod 600"):
        load_intake_keys(var)


def test_the_offices_machine_has_all_but_intakes_key(var: Path, tmp_path: Path) -> None:
    """Said as what it is, unless the office's half is not whole or belongs to another intake."""
    (var / SIGNING).unlink()
    before = contents(var)
    with pytest.raises(IntakeElsewhere, match="lies on the public server, and there is nothing to do"):
        create_or_load(var)
    done = CliRunner().invoke(main, ["keys", "--var", str(var)])
    assert (done.exit_code, "nothing to do" in done.output) == (0, True)
    assert contents(var) == before
    create_or_load(tmp_path / "other")
    shutil.copy(tmp_path / "other" / PUBLIC_KEYS, var / PUBLIC_KEYS)
    with pytest.raises(KeyProblem, match="does not list this key"):
        create_or_load(var)
    (var / OFFICE_PRIVATE).unlink()
    done = CliRunner().invoke(main, ["keys", "--var", str(var)])
    assert (done.exit_code, "move the folders examiner, intake and office away" in done.output) == (1, True)


@pytest.mark.parametrize("kept", [(0, 1, 3), (0, 1, 2, 3)])
def test_keys_of_an_older_doorstep_are_not_called_missing(var: Path, kept: tuple[int, ...]) -> None:
    """Before there was an examiner, and before it signed: nobody has a backup of what never was."""
    listed = json.loads((var / OFFICE_PUBLIC).read_text())["keys"]
    (var / OFFICE_PUBLIC).write_text(json.dumps({"keys": [listed[number] for number in kept]}))
    (var / "examiner/signing.json").unlink()
    before = contents(var)
    for read in (create_or_load, load_intake_keys, load_office_keys):
        with pytest.raises(KeyProblem, match=r"made by an older Doorstep.*move the data folder \(var/\) away"):
            read(var)
    assert contents(var) == before


def test_half_of_the_keys_never_becomes_another_set(tmp_path: Path) -> None:
    """As after a start that was cut short: what is missing is said, and nothing is sealed for a key nobody has."""
    create_office_pair(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(KeyProblem, match="missing, while other key files are there"):
        create_or_load(tmp_path)
    assert contents(tmp_path) == before
