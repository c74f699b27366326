"""Keys as bytes, wherever they lie: files on one machine, a parameter store on AWS.

Intake's are JSON Web Keys: reading PEM takes a tenth of a cold start. The office's private key, which no function
reads, is PEM, as every tool for keys writes it.
"""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers

from doorstep.applications import encoding
from doorstep.applications.errors import KeyProblem
from doorstep.applications.sealing import OfficeKey, OfficeLock
from doorstep.applications.signing import PublicKeys, Signer

RSA_BITS = 3072
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class IntakeKeys:
    """What intake holds: its signer, the office's public half, and every public key whose signatures count.

    KeyProblem when its own signer is not among them: nobody could verify its receipts.
    """

    def __init__(self, signer: Signer, office: OfficeLock, public_keys: PublicKeys) -> None:
        self.signer = signer
        self.office = office
        self.public_keys = public_keys
        if signer.kid not in public_keys:
            raise KeyProblem(
                "intake/signing.json: intake/public-keys.json does not list this key, so nobody could verify a "
                "receipt. Put both back from the same backup."
            )


def signing_jwk(private: Ed25519PrivateKey) -> dict[str, str]:
    """The private JWK of intake's signing key (RFC 8037)."""
    public: dict[str, str] = PublicKeys([("intake", private.public_key())]).jwk_set()["keys"][0]
    return public | {"d": encoding.encode(private.private_bytes_raw())}


def parse_signing_key(jwk: bytes, name: str) -> Signer:
    """The signer `signing_jwk` wrote; KeyProblem, naming the source by `name`, for anything else."""
    try:
        members = json.loads(jwk)
        private = Ed25519PrivateKey.from_private_bytes(encoding.decode(members["d"]))
        same = members == signing_jwk(private)
    except _UNREADABLE as error:
        raise _foreign(name, "an Ed25519 private key as JWK") from error
    if not same:
        raise _foreign(name, "an Ed25519 private key as JWK with its own public key")
    return Signer("intake", private)


def parse_office_public(jwk: bytes, name: str) -> OfficeLock:
    """The office's public half as `OfficeLock.jwk` writes it; KeyProblem for anything but RSA of 3072 bits or more."""
    try:
        members = json.loads(jwk)
        exponent, modulus = (int.from_bytes(encoding.decode(members[part])) for part in "en")
        lock = OfficeLock(RSAPublicNumbers(exponent, modulus).public_key())
        same = members == lock.jwk()
    except _UNREADABLE as error:
        raise _foreign(name, f"an RSA public key of {RSA_BITS} bits as JWK") from error
    if not same or modulus.bit_length() < RSA_BITS:
        raise _foreign(name, f"an RSA public key of {RSA_BITS} bits as JWK")
    return lock


def parse_office_private(pem: bytes, name: str) -> OfficeKey:
    """The office's private half in a PKCS #8 PEM; KeyProblem for anything but an RSA key of 3072 bits or more."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 — see the top: intake never comes here
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _foreign(name, "a private key as PEM without a password") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < RSA_BITS:
        raise _foreign(name, f"an RSA private key of {RSA_BITS} bits")
    return OfficeKey(key)


def read_jwk_set(jwks: bytes, name: str = "the JWK Set") -> PublicKeys:
    """The public keys in a JWK Set; KeyProblem for anything else."""
    try:
        return PublicKeys.from_jwk_set(json.loads(jwks))
    except (ValueError, RecursionError) as error:
        raise _foreign(name, "a JWK Set of Ed25519 keys") from error


def _foreign(name: str, expected: str) -> KeyProblem:
    return KeyProblem(f"{name}: expected {expected}, and this is something else. Put the file back from your backup.")
