"""Sealing: one AES-256-GCM data key per application, wrapped for the office and for the resident.

Whoever holds the store, intake's signing key and the office's public key can open nothing: the data key comes out
only with the office's private key or the resident's access code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken
from doorstep.applications.head import Item
from doorstep.applications.keys import expand

DATA_KEY_BYTES = 32
_FORMAT = b"\x01"
_NONCE_BYTES = 12
_OAEP = OAEP(mgf=MGF1(SHA256()), algorithm=SHA256(), label=None)  # what a key management service speaks, no label

Random = Callable[[int], bytes]


class Place(NamedTuple):
    """Where a ciphertext belongs. It opens nowhere else: this is its associated data."""

    reference: str
    form_version: str
    purpose: str
    revision: int

    def associated_data(self) -> bytes:
        return canonical(["doorstep/1", self.reference, self.form_version, self.purpose, self.revision])


def seal(data_key: bytes, content: bytes, place: Place, random: Random) -> Item:
    """The content, sealed for this place: an item named by its own SHA-256."""
    sealed = _FORMAT + _encrypt(data_key, content, place.associated_data(), random)
    return Item(sha256(sealed).hexdigest(), sealed)


def unseal(data_key: bytes, sealed: bytes, place: Place) -> bytes:
    """What was sealed for exactly this place; SealBroken otherwise."""
    if sealed[:1] != _FORMAT:
        raise SealBroken("not a sealed item")
    return _decrypt(data_key, sealed[1:], place.associated_data())


def wrap_for_resident(data_key: bytes, access_code: str, reference: str, form_version: str, random: Random) -> str:
    """The data key under HKDF(access code, salt = reference), base64url. 80 bits need no slow hash."""
    place = Place(reference, form_version, "resident-wrap", 1)
    return encoding.encode(_encrypt(_wrapping_key(access_code, reference), data_key, place.associated_data(), random))


def unwrap_for_resident(wrapped: str, access_code: str, reference: str, form_version: str) -> bytes:
    """The data key. Opening it is what checks the code: SealBroken for a wrong one."""
    place = Place(reference, form_version, "resident-wrap", 1)
    key = _wrapping_key(access_code, reference)
    try:
        content = encoding.decode(wrapped)
    except ValueError as error:
        raise SealBroken("not a wrap") from error
    return _decrypt(key, content, place.associated_data())


class Lock:
    """A public half ("office" or "notifier"): wraps a secret so that only that role's private half opens it.

    `kid` is the role and the key's RFC 7638 thumbprint, shortened.
    """

    def __init__(self, public: RSAPublicKey, role: str = "office") -> None:
        self._public = public
        numbers = public.public_numbers()
        self._members = {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}
        self.kid = f"{role}-{encoding.encode(sha256(canonical(self._members)).digest())[:16]}"

    def jwk(self) -> dict[str, str]:
        """The public key as a JWK (RFC 7517)."""
        return self._members | {"alg": "RSA-OAEP-256", "kid": self.kid, "use": "enc"}

    def wrap(self, secret: bytes) -> dict[str, str]:
        """{"key": kid, "wrapped": RSA-OAEP-SHA256 of the secret, base64url}; ValueError over LONGEST_SECRET bytes."""
        return {"key": self.kid, "wrapped": encoding.encode(self._public.encrypt(secret, _OAEP))}


LONGEST_SECRET = 318
"""Bytes a Lock of 3072 bits wraps: a data key, or a phone number or two."""


class Unlock:
    """The private half in a file (one machine). Intake never holds one."""

    def __init__(self, private: RSAPrivateKey, role: str = "office") -> None:
        self._private = private
        self.lock = Lock(private.public_key(), role)

    def unwrap(self, wrap: Mapping[str, str]) -> bytes:
        """What was wrapped for this key; SealBroken for anything else."""
        if wrap.get("key") != self.lock.kid:
            raise SealBroken("wrapped for another key")
        try:
            return self._private.decrypt(encoding.decode(wrap["wrapped"]), _OAEP)
        except (KeyError, ValueError) as error:
            raise SealBroken("the wrap does not open") from error


def _number(value: int) -> str:
    """As RFC 7518 writes it: big-endian in as few bytes as hold it."""
    return encoding.encode(value.to_bytes((value.bit_length() + 7) // 8))


def _wrapping_key(access_code: str, reference: str) -> bytes:
    return expand(access_code.encode(), "resident-wrap", DATA_KEY_BYTES, salt=reference.encode())


def _encrypt(key: bytes, content: bytes, associated_data: bytes, random: Random) -> bytes:
    nonce = random(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, associated_data)


def _decrypt(key: bytes, content: bytes, associated_data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], associated_data)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("the ciphertext does not open here") from error
