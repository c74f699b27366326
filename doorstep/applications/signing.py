"""Signed tokens: JWS compact (RFC 7515) with Ed25519, of which each token has exactly one spelling.

A general JWS reader accepts many spellings of one token. Here the header must be, character for character, the one
written for a known key, the payload canonical JSON and the base64url strict, so any changed byte is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import TokenRefused
from doorstep.applications.keys import expand

_LONGEST_TOKEN = 8192


class Signer:
    """Signs in one role ("intake" or "office"). `kid` is the role and the key's RFC 7638 thumbprint, shortened."""

    def __init__(self, role: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.role = role
        self.public = private.public_key()
        self.kid = key_id(role, self.public)
        self._header = _header(self.kid)

    def sign(self, payload: dict[str, Any]) -> str:
        """The token of this payload: header.payload.signature."""
        signed = f"{self._header}.{encoding.encode(canonical(payload))}"
        return f"{signed}.{encoding.encode(self._private.sign(signed.encode('ascii')))}"

    def secret(self, label: str) -> bytes:
        """32 bytes that only who holds this key can make, for this label and no other."""
        return expand(self._private.private_bytes_raw(), f"secret/{label}", 32)


class Verified(NamedTuple):
    """A token's payload, and the role of the key that signed it."""

    payload: dict[str, Any]
    role: str


class PublicKeys:
    """The keys whose signatures count. Published as a JWK Set; holds no secret."""

    def __init__(self, keys: Iterable[tuple[str, Ed25519PublicKey]]) -> None:
        self._keys = {key_id(role, key): _Known(role, key) for role, key in keys}
        self._by_header = {_header(kid): known for kid, known in self._keys.items()}

    def jwk_set(self) -> dict[str, Any]:
        """{"keys": [{kty OKP, crv Ed25519, x, kid, alg EdDSA, use sig}, …]} (RFC 8037)."""
        members = {"alg": "EdDSA", "use": "sig"}
        return {"keys": [_jwk(known.key) | members | {"kid": kid} for kid, known in sorted(self._keys.items())]}

    @classmethod
    def from_jwk_set(cls, jwks: Any) -> PublicKeys:
        """The keys of a JWK Set as `jwk_set` writes it; ValueError for anything else, a false kid included."""
        try:
            keys = [
                (jwk["kid"].partition("-")[0], Ed25519PublicKey.from_public_bytes(encoding.decode(jwk["x"])))
                for jwk in jwks["keys"]
            ]
            read = cls(keys)
            same = read.jwk_set()["keys"] == sorted(jwks["keys"], key=lambda jwk: str(jwk["kid"]))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError("not a JWK Set of Ed25519 keys") from error
        if not same:
            raise ValueError("a key in this JWK Set is not what its kid says")
        return read

    def of_role(self, role: str) -> list[tuple[str, Ed25519PublicKey]]:
        """Those of this role, each with it, as the constructor takes them."""
        return [(role, known.key) for known in self._keys.values() if known.role == role]

    def __contains__(self, kid: str) -> bool:
        return kid in self._keys

    def verify(self, token: str) -> Verified:
        """The payload, if one of these keys signed exactly this token; TokenRefused otherwise."""
        parts = token.split(".") if len(token) <= _LONGEST_TOKEN and token.isascii() else []
        if len(parts) != 3:
            raise TokenRefused("unreadable")
        known = self._by_header.get(parts[0])
        if known is None:
            raise TokenRefused("unknown-key")
        payload, signature = _read_payload(parts[1]), _read_part(parts[2])
        try:
            known.key.verify(signature, f"{parts[0]}.{parts[1]}".encode("ascii"))
        except InvalidSignature as error:
            raise TokenRefused("changed") from error
        return Verified(payload, known.role)


def peek(token: str) -> dict[str, Any]:
    """A token's payload without proof that anyone signed it; TokenRefused when there is none to read."""
    parts = token.split(".")
    if len(parts) != 3:
        raise TokenRefused("unreadable")
    return _read_payload(parts[1])


def key_id(role: str, key: Ed25519PublicKey) -> str:
    """`intake-` and 16 characters of the key's thumbprint."""
    return f"{role}-{encoding.encode(sha256(canonical(_jwk(key))).digest())[:16]}"


class _Known(NamedTuple):
    role: str
    key: Ed25519PublicKey


def _jwk(key: Ed25519PublicKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": encoding.encode(key.public_bytes_raw())}


def _header(kid: str) -> str:
    return encoding.encode(canonical({"alg": "EdDSA", "kid": kid, "typ": "doorstep-event"}))


def _read_part(text: str) -> bytes:
    try:
        return encoding.decode(text)
    except ValueError as error:
        raise TokenRefused("changed") from error


def _read_payload(text: str) -> dict[str, Any]:
    content = _read_part(text)
    try:
        payload = json.loads(content)
        if isinstance(payload, dict) and canonical(payload) == content:
            return payload
    except (ValueError, RecursionError) as error:
        raise TokenRefused("changed") from error
    raise TokenRefused("changed")
