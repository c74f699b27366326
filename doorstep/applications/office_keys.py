"""The office's private keys: what opens applications and phone numbers, and what signs the office's steps. Beside
them, in a folder of its own, what opens uploaded files, and signs what became of them: the examiner, which parses them,
can read nothing else.

They lie in `office/`, perhaps on a machine of their own, and no public process ever reads them.

Whose signatures count as the office's is said here alone: its own signer's, and those of signers it had before, kept
in `office/former-keys.json` (a JWK Set, where there are any). Intake's list, which a public machine writes, names only
intake's keys: whoever took that machine over could enter a key there, and call it the office's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from doorstep.applications.errors import KeyProblem
from doorstep.applications.key_files import read_key_file, write_key_file
from doorstep.applications.key_formats import (
    RSA_BITS,
    Keys,
    OfficePublic,
    foreign,
    parse_office_public,
    parse_signing_key,
    read_jwk_set,
    require_listed,
    signing_jwk,
    written,
)
from doorstep.applications.sealing import Lock, Unlock
from doorstep.applications.signing import PublicKeys, Signer, key_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PRIVATE = Path("office/private.pem")
NOTIFIER = Path("office/notifier.pem")
EXAMINER = Path("examiner/private.pem")
EXAMINER_SIGNING = Path("examiner/signing.json")
SIGNING = Path("office/signing.json")
FORMER_KEYS = Path("office/former-keys.json")
PUBLIC = Path("intake/office-public.json")
PUBLIC_KEYS = Path("intake/public-keys.json")
OFFICE = (NOTIFIER, PRIVATE, SIGNING, EXAMINER, EXAMINER_SIGNING)


class ExaminerPublic(NamedTuple):
    """What the examiner gives away: whom files are wrapped for, and who signs what became of them."""

    lock: Lock
    signs: Ed25519PublicKey


class ExaminerKeys(NamedTuple):
    """All that the examiner holds: what `opens` files, and what `signs` what it made of them."""

    opens: Unlock
    signs: Signer

    @property
    def public(self) -> ExaminerPublic:
        """Their public halves."""
        return ExaminerPublic(self.opens.lock, self.signs.public)


class OfficeKeys(Keys):
    """What the office holds besides: `opens` applications, `reads_numbers` of the call list."""

    def __init__(
        self, signer: Signer, opens: Unlock, reads_numbers: Unlock, examiner: ExaminerPublic, public_keys: PublicKeys
    ) -> None:
        halves = OfficePublic(opens.lock, reads_numbers.lock, examiner.lock, signer.public, examiner.signs)
        super().__init__(signer, halves, public_keys)
        self.opens = opens
        self.reads_numbers = reads_numbers


def parse_private(pem: bytes, name: str, role: str) -> Unlock:
    """A private half in a PKCS #8 PEM; KeyProblem for anything but an RSA key of 3072 bits or more."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise foreign(name, "a private key as PEM without a password") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < RSA_BITS:
        raise foreign(name, f"an RSA private key of {RSA_BITS} bits")
    return Unlock(key, role)


ParsePrivate = Callable[[bytes, str, str], Unlock]
"""`parse_private`, or what stands for it: checking a key's primes takes an eighth of a second, and tests start many."""


def load_office_keys(var_dir: Path, parse: ParsePrivate = parse_private) -> OfficeKeys:
    """The office's keys, with all whose signatures count here. Raises KeyProblem."""
    trusted = load_trusted_keys(var_dir)
    return office_keys(var_dir, trusted, parse)


def office_keys(var_dir: Path, trusted: PublicKeys, parse: ParsePrivate = parse_private) -> OfficeKeys:
    """The office's keys, with these public ones. Raises KeyProblem."""
    listed = parse_office_public(read_key_file(var_dir, PUBLIC), str(PUBLIC))  # the examiner's own half is not ours
    return OfficeKeys(
        load_office_signer(var_dir),
        load_opener(var_dir, parse),
        load_number_reader(var_dir, parse),
        ExaminerPublic(listed.examiner, listed.examines),
        trusted,
    )


def load_trusted_keys(var_dir: Path) -> PublicKeys:
    """Every key whose signatures count on the office's machine: intake's as intake lists them, the office's as the
    office's own folder has them. Raises KeyProblem, also where intake does not list the office's: residents could not
    verify what it signs.
    """
    signer = load_office_signer(var_dir)
    listed = read_jwk_set(read_key_file(var_dir, PUBLIC_KEYS), str(PUBLIC_KEYS))
    require_listed(signer, listed)
    former = _former(var_dir)
    if any(key_id(role, key) not in listed for role, key in former):
        raise KeyProblem(
            f"{FORMER_KEYS}: {PUBLIC_KEYS} lacks one of these keys, so residents could not verify what it signed. "
            "Enter it there too, on the public machine, or put the list back from your backup."
        )
    return PublicKeys([*listed.of_role("intake"), ("office", signer.public), *former])


def _former(var_dir: Path) -> list[tuple[str, Ed25519PublicKey]]:
    if not os.path.lexists(var_dir / FORMER_KEYS):  # a link that leads nowhere is a fault, not an absence
        return []
    return read_jwk_set(read_key_file(var_dir, FORMER_KEYS), str(FORMER_KEYS)).of_role("office")


def load_opener(var_dir: Path, parse: ParsePrivate = parse_private) -> Unlock:
    """What opens applications. Raises KeyProblem."""
    return parse(read_key_file(var_dir, PRIVATE), str(PRIVATE), "office")


def load_number_reader(var_dir: Path, parse: ParsePrivate = parse_private) -> Unlock:
    """What opens phone numbers, and nothing else: all that a process which only sends messages needs."""
    return parse(read_key_file(var_dir, NOTIFIER), str(NOTIFIER), "notifier")


def load_examiner(var_dir: Path, parse: ParsePrivate = parse_private) -> ExaminerKeys:
    """What opens files in the quarantine and signs what became of them: all the examiner holds. Raises KeyProblem."""
    return ExaminerKeys(
        parse(read_key_file(var_dir, EXAMINER), str(EXAMINER), "examiner"),
        parse_signing_key("examiner", read_key_file(var_dir, EXAMINER_SIGNING), str(EXAMINER_SIGNING)),
    )


def load_office_signer(var_dir: Path) -> Signer:
    """What signs the office's steps. Raises KeyProblem."""
    return parse_signing_key("office", read_key_file(var_dir, SIGNING), str(SIGNING))


def load_office_public(var_dir: Path) -> OfficePublic:
    """The public halves of the five private files. Raises KeyProblem."""
    opens, reads_numbers = load_opener(var_dir), load_number_reader(var_dir)
    signer, examiner = load_office_signer(var_dir), load_examiner(var_dir).public
    return OfficePublic(opens.lock, reads_numbers.lock, examiner.lock, signer.public, examiner.signs)


def load_examined_by(var_dir: Path) -> PublicKeys | None:
    """Whose word counts on what became of files, as the office's public half has it; None where that is not here.
    Raises KeyProblem.
    """
    if not os.path.lexists(var_dir / PUBLIC):
        return None
    return parse_office_public(read_key_file(var_dir, PUBLIC), str(PUBLIC)).examined_by


def make_office_keys(var_dir: Path) -> OfficePublic:
    """Write new private halves, then the public ones. Raises KeyProblem."""
    # Imported here: a serving process makes no keys, and would start a tenth later.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    # The private halves first: should the machine stop in between, no public half without one ever seals anything.
    for name in (PRIVATE, NOTIFIER, EXAMINER):
        private = generate_private_key(65537, RSA_BITS)
        write_key_file(var_dir, name, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for name, role in ((SIGNING, "office"), (EXAMINER_SIGNING, "examiner")):
        write_key_file(var_dir, name, written(signing_jwk(role, Ed25519PrivateKey.generate())))
    public = load_office_public(var_dir)
    write_key_file(var_dir, PUBLIC, written(public.jwk_set()))
    return public


__all__ = ["KeyProblem", "OfficeKeys", "load_office_keys", "make_office_keys"]
