"""Keys as bytes, wherever they lie: files on one machine, a parameter store on AWS.

These are JSON Web Keys: reading PEM takes a tenth of a cold start. The office's private halves, which the public
function never reads, are PEM, as every tool for keys writes it (`office_keys.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from doorstep.applications import encoding
from doorstep.applications.errors import KeyProblem
from doorstep.applications.sealing import Lock
from doorstep.applications.signing import PublicKeys, Signer

RSA_BITS = 3072
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class OfficePublic(NamedTuple):
    """What the office gives away: whom data keys, phone numbers and uploaded files are wrapped for, who signs its
    steps, and who signs what became of files.
    """

    office: Lock
    notifier: Lock
    examiner: Lock
    signs: Ed25519PublicKey
    examines: Ed25519PublicKey

    def jwk_set(self) -> dict[str, Any]:
        """{"keys": [the office's, the notifier's, the examiner's, the office's signing key, the examiner's]}."""
        locks = (self.office, self.notifier, self.examiner)
        signs = (PublicKeys([("office", self.signs)]), self.examined_by)
        return {"keys": [*(lock.jwk() for lock in locks), *(key for keys in signs for key in keys.jwk_set()["keys"])]}

    @property
    def examined_by(self) -> PublicKeys:
        """Whose word counts on what became of a file (`attachments.statements`); it counts for nothing else."""
        return PublicKeys([("examiner", self.examines)])


class Keys:
    """What a desk works with: its signer, whom it seals for, and every public key whose signatures count.

    KeyProblem when its own signer is not among them: nobody could verify what it signs.
    """

    def __init__(self, signer: Signer, sealed_for: OfficePublic, public_keys: PublicKeys) -> None:
        self.signer = signer
        self.sealed_for = sealed_for
        self.office = sealed_for.office
        self.notifier = sealed_for.notifier
        self.examiner = sealed_for.examiner
        self.examined_by = sealed_for.examined_by
        self.public_keys = public_keys
        require_listed(signer, public_keys)


def require_listed(signer: Signer, public_keys: PublicKeys) -> None:
    """KeyProblem when intake's list lacks this signer: nobody else could verify what it signs."""
    if signer.kid not in public_keys:
        raise KeyProblem(
            f"{signer.role}/signing.json: intake/public-keys.json does not list this key, so nobody could verify "
            "what it signs. Put both back from the same backup."
        )


def signing_jwk(role: str, private: Ed25519PrivateKey) -> dict[str, str]:
    """The private JWK of a role's signing key (RFC 8037)."""
    public: dict[str, str] = PublicKeys([(role, private.public_key())]).jwk_set()["keys"][0]
    return public | {"d": encoding.encode(private.private_bytes_raw())}


def parse_signing_key(role: str, jwk: bytes, name: str) -> Signer:
    """The signer `signing_jwk` wrote; KeyProblem, naming the source by `name`, for anything else."""
    try:
        members = json.loads(jwk)
        private = Ed25519PrivateKey.from_private_bytes(encoding.decode(members["d"]))
        same = members == signing_jwk(role, private)
    except UNREADABLE as error:
        raise foreign(name, "an Ed25519 private key as JWK") from error
    if not same:
        raise foreign(name, f"an Ed25519 private key of {role} as JWK with its own public key")
    return Signer(role, private)


def parse_office_public(jwks: bytes, name: str) -> OfficePublic:
    """What `OfficePublic.jwk_set` wrote; KeyProblem for anything else, an RSA key under 3072 bits included."""
    try:
        members = json.loads(jwks)["keys"]
        office, notifier = _lock(members[0], "office"), _lock(members[1], "notifier")
        examiner = _lock(members[2], "examiner")
        signs, examines = (Ed25519PublicKey.from_public_bytes(encoding.decode(one["x"])) for one in members[3:])
        public = OfficePublic(office, notifier, examiner, signs, examines)
        same = public.jwk_set()["keys"] == members
    except (*UNREADABLE, IndexError) as error:
        if _knows_no_examiner(jwks):
            raise KeyProblem(
                f"{name}: made by an older Doorstep, which this one does not read: move the data folder (var/) away "
                "and start again; what rests in it is read with the Doorstep that made it."
            ) from error
        raise foreign(name, _THE_OFFICES) from error
    if not same:
        raise foreign(name, _THE_OFFICES)
    return public


def _knows_no_examiner(jwks: bytes) -> bool:
    """Whether these are the office's public keys as they were before it had an examiner that signs."""
    try:
        kinds = [(one["kid"].partition("-")[0], one["kty"]) for one in json.loads(jwks)["keys"]]
    except UNREADABLE:
        return False
    return ("office", "RSA") in kinds and ("examiner", "OKP") not in kinds


_THE_OFFICES = f"the office's public keys as JWK Set (three RSA of {RSA_BITS} bits, and two that sign)"


def _lock(members: dict[str, str], role: str) -> Lock:
    exponent, modulus = (int.from_bytes(encoding.decode(members[part])) for part in "en")
    if modulus.bit_length() < RSA_BITS:
        raise ValueError("too short")
    return Lock(RSAPublicNumbers(exponent, modulus).public_key(), role)


def listed(keys: Iterable[tuple[str, Ed25519PublicKey]]) -> bytes:
    """A JWK Set's text."""
    return written(PublicKeys(keys).jwk_set())


def written(jwk: dict[str, Any]) -> bytes:
    """As key files hold it."""
    return json.dumps(jwk, indent=2).encode()


def read_jwk_set(jwks: bytes, name: str = "the JWK Set") -> PublicKeys:
    """The public keys in a JWK Set; KeyProblem for anything else."""
    try:
        return PublicKeys.from_jwk_set(json.loads(jwks))
    except (ValueError, RecursionError) as error:
        raise foreign(name, "a JWK Set of Ed25519 keys") from error


def foreign(name: str, expected: str) -> KeyProblem:
    return KeyProblem(f"{name}: expected {expected}, and this is something else. Put the file back from your backup.")
