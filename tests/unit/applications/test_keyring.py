"""Key files: made once, read by their owner only, and never quietly replaced."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from doorstep.applications.errors import KeyProblem, TokenRefused
from doorstep.applications.key_files import write_key_file
from doorstep.applications.keyring import SIGNING, create_or_load, load_intake_keys
from doorstep.applications.office_keys import FORMER_KEYS, OFFICE, PUBLIC_KEYS, load_examiner, load_office_keys
from doorstep.applications.office_keys import PRIVATE as OFFICE_PRIVATE
from doorstep.applications.office_keys import PUBLIC as OFFICE_PUBLIC
from doorstep.applications.sealing import Lock
from doorstep.applications.signing import PublicKeys, Signer

FILES = (*OFFICE, OFFICE_PUBLIC, PUBLIC_KEYS, SIGNING)


@pytest.fixture
def var(var_dir: Path, tmp_path: Path) -> Path:
    """A copy of good keys, to spoil."""
    return Path(shutil.copytree(var_dir, tmp_path / "var"))


def contents(var: Path) -> dict[Path, bytes]:
    return {path.relative_to(var): path.read_bytes() for path in var.rglob("*") if path.is_file()}


def test_keys_are_made_once_and_only_their_owner_reads_them(var_dir: Path) -> None:
    before = contents(var_dir)
    assert set(before) == set(FILES)
    keys = create_or_load(var_dir)
    assert contents(var_dir) == before
    assert load_intake_keys(var_dir).signer.kid == keys.signer.kid
    office = load_office_keys(var_dir)
    assert (office.opens.lock.kid, office.reads_numbers.lock.kid) == (keys.office.kid, keys.notifier.kid)
    assert office.signer.role == "office"
    assert load_examiner(var_dir).signs.kid in office.examined_by
    assert load_examiner(var_dir).signs.kid in keys.examined_by
    assert load_examiner(var_dir).signs.kid not in keys.public_keys  # it signs no event
    assert office.signer.kid in keys.public_keys
    for name in FILES:
        assert (var_dir / name).stat().st_mode & 0o777 == 0o600
        assert (var_dir / name).parent.stat().st_mode & 0o777 == 0o700


def test_intake_loads_without_the_offices_folder(var: Path) -> None:
    shutil.rmtree(var / "office")
    assert load_intake_keys(var).office.kid.startswith("office-")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_part_is_named_and_nothing_is_made(var: Path, name: Path) -> None:
    (var / name).unlink()
    before = contents(var)
    with pytest.raises(KeyProblem, match=f"{name}: missing.*backup"):
        create_or_load(var)
    assert contents(var) == before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"garbage", b"\x00\xff" * 40, b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_file_that_is_no_key_is_named(var: Path, name: Path, content: bytes) -> None:
    (var / name).write_bytes(content)
    with pytest.raises(KeyProblem, match=f"^{name}: expected .*backup"):
        create_or_load(var)
    assert (var / name).read_bytes() == content


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_file_others_may_read_is_refused(var: Path, name: Path, mode: int) -> None:
    (var / name).chmod(mode)
    with pytest.raises(KeyProblem, match=f"{name}.*chmod 600"):
        create_or_load(var)


@pytest.mark.parametrize("folder", ["intake", "office"])
def test_a_folder_others_may_open_is_refused(var: Path, folder: str) -> None:
    (var / folder).chmod(0o755)
    with pytest.raises(KeyProblem, match=f"{folder}.*chmod 700"):
        create_or_load(var)


def test_keys_of_another_kind_are_refused(var: Path) -> None:
    (var / SIGNING).write_bytes((var / OFFICE_PRIVATE).read_bytes())
    with pytest.raises(KeyProblem, match="Ed25519"):
        load_intake_keys(var)
    (var / OFFICE_PUBLIC).write_bytes((var / OFFICE_PRIVATE).read_bytes())
    with pytest.raises(KeyProblem):
        load_intake_keys(var)


def test_a_private_key_beside_another_public_key_is_refused(var: Path, tmp_path: Path) -> None:
    create_or_load(tmp_path / "other")
    mine, other = (json.loads((folder / SIGNING).read_text()) for folder in (var, tmp_path / "other"))
    (var / SIGNING).write_text(json.dumps(mine | {"x": other["x"]}))
    with pytest.raises(KeyProblem, match="its own public key"):
        load_intake_keys(var)


def test_a_short_rsa_key_is_refused(var: Path) -> None:
    short = generate_private_key(65537, 1024)
    (var / OFFICE_PRIVATE).write_bytes(short.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(KeyProblem, match="3072"):
        load_office_keys(var)
    public = json.loads((var / OFFICE_PUBLIC).read_text())
    for number, role in enumerate(("office", "notifier")):
        keys = list(public["keys"])
        keys[number] = Lock(short.public_key(), role).jwk()
        (var / OFFICE_PUBLIC).write_text(json.dumps({"keys": keys}))
        with pytest.raises(KeyProblem, match="3072"):
            load_intake_keys(var)


def test_a_key_of_another_machine_is_refused(var: Path, tmp_path: Path) -> None:
    create_or_load(tmp_path / "other")
    good = (var / SIGNING).read_bytes()
    (var / SIGNING).write_bytes((tmp_path / "other" / SIGNING).read_bytes())
    with pytest.raises(KeyProblem, match="does not list this key"):
        load_intake_keys(var)
    (var / SIGNING).write_bytes(good)
    (var / OFFICE_PUBLIC).write_bytes((tmp_path / "other" / OFFICE_PUBLIC).read_bytes())
    with pytest.raises(KeyProblem, match="does not belong to office"):
        create_or_load(var)


def test_two_starts_at_once_make_one_set_of_keys(tmp_path: Path) -> None:
    made: list[str] = []
    starts = [threading.Thread(target=lambda: made.append(create_or_load(tmp_path / "var").signer.kid)) for _ in "123"]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(made) == 3
    assert len(set(made)) == 1
    assert set(contents(tmp_path / "var")) == set(FILES)


def test_no_data_folder_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyProblem, match="data folder"):
        create_or_load(tmp_path / "file")


def test_problems_name_no_path_of_the_machine(var: Path) -> None:
    (var / SIGNING).write_bytes(b"")
    with pytest.raises(KeyProblem) as problem:
        create_or_load(var)
    assert str(var) not in str(problem.value)
    assert "/intake" not in str(problem.value)


def test_only_the_offices_folder_says_which_keys_are_the_offices(var: Path) -> None:
    """A key that intake's machine calls the office's counts there, where nobody can help it, and not at the office."""
    foreign, former = (Signer(role, Ed25519PrivateKey.generate()) for role in ("office", "office"))
    earlier = Signer("intake", Ed25519PrivateKey.generate())
    own = json.loads((var / PUBLIC_KEYS).read_text())["keys"]
    entered = PublicKeys([("office", foreign.public), ("intake", earlier.public)]).jwk_set()["keys"]
    (var / PUBLIC_KEYS).write_text(json.dumps({"keys": [*own, *entered]}))
    office = load_office_keys(var)
    assert office.public_keys.verify(load_intake_keys(var).signer.sign({"v": 1})).role == "intake"
    assert office.public_keys.verify(earlier.sign({"v": 1})).role == "intake"
    assert office.public_keys.verify(office.signer.sign({"v": 1})).role == "office"
    for signer in (foreign, former):
        with pytest.raises(TokenRefused, match="unknown-key"):
            office.public_keys.verify(signer.sign({"v": 1}))
    listed = PublicKeys([("office", former.public), ("intake", foreign.public)]).jwk_set()
    write_key_file(var, FORMER_KEYS, json.dumps(listed).encode())
    with pytest.raises(KeyProblem, match=r"former-keys\.json: intake/public-keys\.json lacks"):
        load_office_keys(var)
    former_entry = PublicKeys([("office", former.public)]).jwk_set()["keys"]
    (var / PUBLIC_KEYS).write_text(json.dumps({"keys": [*own, *entered, *former_entry]}))
    trusted = load_office_keys(var).public_keys
    assert trusted.verify(former.sign({"v": 1})).role == "office"
    assert foreign.kid not in trusted
    (var / FORMER_KEYS).rename(var / "elsewhere")
    (var / FORMER_KEYS).symlink_to(var / "nowhere")
    with pytest.raises(KeyProblem, match=r"former-keys.*missing"):
        load_office_keys(var)
    (var / "elsewhere").replace(var / FORMER_KEYS)
    (var / FORMER_KEYS).chmod(0o644)
    with pytest.raises(KeyProblem, match=r"former-keys.*chmod 600"):
        load_office_keys(var)


def test_an_office_that_intake_does_not_list_is_refused(var: Path) -> None:
    """Residents could verify nothing that it signs."""
    keys = json.loads((var / PUBLIC_KEYS).read_text())["keys"]
    (var / PUBLIC_KEYS).write_text(json.dumps({"keys": [one for one in keys if one["kid"].startswith("intake-")]}))
    with pytest.raises(KeyProblem, match="does not list this key"):
        load_office_keys(var)
