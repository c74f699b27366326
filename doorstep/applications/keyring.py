"""The keys of one machine, as files only their owner reads: intake's in one folder, the office's in another.

Intake signs and wraps for the office; the private half that opens applications lies in `office/`, which a running
intake never reads.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from doorstep.applications.errors import KeyProblem
from doorstep.applications.key_formats import (
    RSA_BITS,
    IntakeKeys,
    parse_office_private,
    parse_office_public,
    parse_signing_key,
    read_jwk_set,
    signing_jwk,
)
from doorstep.applications.sealing import OfficeKey, OfficeLock
from doorstep.applications.signing import PublicKeys

__all__ = [
    "IntakeKeys",
    "KeyProblem",
    "create_or_load",
    "load_intake_keys",
    "load_office_key",
    "public_keys",
    "read_jwk_set",
]

SIGNING = Path("intake/signing.json")
OFFICE_PUBLIC = Path("intake/office-public.json")
PUBLIC_KEYS = Path("intake/public-keys.json")
OFFICE_PRIVATE = Path("office/private.pem")
_ALL = (OFFICE_PRIVATE, OFFICE_PUBLIC, PUBLIC_KEYS, SIGNING)
_LARGEST_FILE = 64 * 1024


def create_or_load(var_dir: Path) -> IntakeKeys:
    """Make all keys when there are none, else check them all and load intake's; for the command that starts a machine.

    Reads both folders, to prove that the office can open what intake seals; a serving process calls
    `load_intake_keys`. Raises KeyProblem: when part of the keys is there, nothing is made anew.
    """
    with _one_at_a_time(var_dir):
        if not any((var_dir / name).exists() for name in _ALL):
            _create(var_dir)
        missing = [str(name) for name in _ALL if not (var_dir / name).exists()]
        if missing:
            raise KeyProblem(
                f"{' and '.join(missing)}: missing, while other key files are there. "
                "Put the file back from your backup. New keys could not open what the old ones sealed; only when no "
                "application is stored, move the folders intake and office away and start again."
            )
        keys = load_intake_keys(var_dir)
        if load_office_key(var_dir).lock.kid != keys.office.kid:
            raise KeyProblem(
                f"{OFFICE_PUBLIC}: does not belong to {OFFICE_PRIVATE}, so the office could not open what is sealed. "
                "Put the pair back from the same backup."
            )
        return keys


def load_intake_keys(var_dir: Path) -> IntakeKeys:
    """Intake's keys, from `intake/` alone. Raises KeyProblem."""
    signer = parse_signing_key(_read(var_dir, SIGNING), str(SIGNING))
    office = parse_office_public(_read(var_dir, OFFICE_PUBLIC), str(OFFICE_PUBLIC))
    return IntakeKeys(signer, office, public_keys(var_dir))


def public_keys(var_dir: Path) -> PublicKeys:
    """Every key whose signatures count, earlier ones included; holds no secret. Raises KeyProblem."""
    return read_jwk_set(_read(var_dir, PUBLIC_KEYS), str(PUBLIC_KEYS))


def load_office_key(var_dir: Path) -> OfficeKey:
    """The office's private key, from `office/` alone. Raises KeyProblem."""
    return parse_office_private(_read(var_dir, OFFICE_PRIVATE), str(OFFICE_PRIVATE))


def _create(var_dir: Path) -> None:
    # Imported here: a serving process makes no keys, and would start a tenth later.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    office = generate_private_key(65537, RSA_BITS)
    signing = Ed25519PrivateKey.generate()
    pem = office.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # The private half first: should the machine stop in between, no public half without it ever seals anything.
    _write(var_dir, OFFICE_PRIVATE, pem)
    _write(var_dir, OFFICE_PUBLIC, _written(OfficeLock(office.public_key()).jwk()))
    _write(var_dir, PUBLIC_KEYS, _written(PublicKeys([("intake", signing.public_key())]).jwk_set()))
    _write(var_dir, SIGNING, _written(signing_jwk(signing)))


def _written(jwk: dict[str, Any]) -> bytes:
    return json.dumps(jwk, indent=2).encode()


def _write(var_dir: Path, name: Path, content: bytes) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    target = var_dir / name
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.parent.chmod(0o700)
        for left_over in target.parent.glob(f".{target.name}.*"):  # of a start that was cut short
            left_over.unlink()
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
        _sync_folder(var_dir)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise KeyProblem(f"{name}: cannot be written ({error.strerror}). Make the data folder writable.") from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(var_dir: Path, name: Path) -> bytes:
    try:
        descriptor = os.open(var_dir / name, os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_LARGEST_FILE)
        folder_mode = (var_dir / name).parent.stat().st_mode
    except FileNotFoundError as error:
        raise KeyProblem(
            f"{name}: missing. Put it back from your backup; where there are no keys yet, the start command makes them."
        ) from error
    except OSError as error:
        raise KeyProblem(f"{name}: cannot be read ({error.strerror}). It belongs to the user who serves.") from error
    if not stat.S_ISREG(mode) or mode & 0o077:
        raise KeyProblem(f"{name}: others may read or change it. In the data folder, run: chmod 600 {name}")
    if folder_mode & 0o077:
        raise KeyProblem(
            f"{name.parent}: others may open this folder. In the data folder, run: chmod 700 {name.parent}"
        )
    return content


@contextmanager
def _one_at_a_time(var_dir: Path) -> Iterator[None]:
    """Two commands that start together make one set of keys."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(var_dir, os.O_RDONLY)
    except OSError as error:
        raise KeyProblem(f"the data folder cannot be used ({error.strerror}). Make it a writable folder.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
