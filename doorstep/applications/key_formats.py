"""Keys as bytes, wherever they lie: files on one machine, a parameter store on AWS."""

from __future__ import annotations

import json

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from doorstep.applications.errors import KeyProblem
from doorstep.applications.sealing import OfficeKey, OfficeLock
from doorstep.applications.signing import PublicKeys, Signer

RSA_BITS = 3072


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
                "intake/signing.pem: intake/public-keys.json does not list this key, so nobody could verify a receipt. "
                "Put both back from the same backup."
            )


def parse_signing_key(pem: bytes, name: str, *, role: str = "intake") -> Signer:
    """The signer in a PKCS #8 PEM; KeyProblem, naming the source by `name`, for anything but an Ed25519 key."""
    key = _parsed(pem, name, private=True)
    if not isinstance(key, Ed25519PrivateKey):
        raise _foreign(name, "an Ed25519 private key")
    return Signer(role, key)


def parse_office_public(pem: bytes, name: str) -> OfficeLock:
    """The office's public half in a PEM; KeyProblem for anything but an RSA key of 3072 bits or more."""
    key = _parsed(pem, name, private=False)
    if not isinstance(key, RSAPublicKey) or key.key_size < RSA_BITS:
        raise _foreign(name, f"an RSA public key of {RSA_BITS} bits")
    return OfficeLock(key)


def parse_office_private(pem: bytes, name: str) -> OfficeKey:
    """The office's private half in a PKCS #8 PEM; KeyProblem for anything but an RSA key of 3072 bits or more."""
    key = _parsed(pem, name, private=True)
    if not isinstance(key, RSAPrivateKey) or key.key_size < RSA_BITS:
        raise _foreign(name, f"an RSA private key of {RSA_BITS} bits")
    return OfficeKey(key)


def read_jwk_set(jwks: bytes, name: str = "the JWK Set") -> PublicKeys:
    """The public keys in a JWK Set; KeyProblem for anything else."""
    try:
        return PublicKeys.from_jwk_set(json.loads(jwks))
    except (ValueError, RecursionError) as error:
        raise _foreign(name, "a JWK Set of Ed25519 keys") from error


def _parsed(pem: bytes, name: str, *, private: bool) -> object:
    try:
        return load_pem_private_key(pem, None) if private else load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _foreign(name, f"a {'private' if private else 'public'} key as PEM without a password") from error


def _foreign(name: str, expected: str) -> KeyProblem:
    return KeyProblem(f"{name}: expected {expected}, and this is something else. Put the file back from your backup.")
