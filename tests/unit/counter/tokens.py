"""A provider's keys and tokens, and the forgeries."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as make_ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as make_rsa

from tests.unit.counter.conftest import NOON

ISSUER, CLIENT, NONCE = "https://provider.test", "doorstep", "nonce-of-this-attempt"
MAKERS = {
    "RS256": lambda: make_rsa(65537, 2048),
    "ES256": lambda: make_ec(SECP256R1()),
    "EdDSA": Ed25519PrivateKey.generate,
}
PRIVATE: dict[str, Any] = {name: make() for name, make in MAKERS.items()}
OTHER: dict[str, Any] = {name: make() for name, make in MAKERS.items()}


def public_jwk(algorithm: str, private: Any, **members: str) -> dict[str, Any]:
    reader = jwt.get_algorithm_by_name(algorithm)
    jwk: dict[str, Any] = json.loads(reader.to_jwk(private.public_key()))
    jwk.pop("key_ops", None)
    return jwk | {"kid": f"key-{algorithm}", "use": "sig"} | members


KEYS = [public_jwk(algorithm, private) for algorithm, private in PRIVATE.items()]


def claims(**changes: Any) -> dict[str, Any]:
    """What a right token says; a change to None leaves a claim out."""
    now = int(NOON.timestamp())
    right = {"iss": ISSUER, "aud": CLIENT, "sub": "sub-1", "nonce": NONCE, "iat": now, "exp": now + 3600}
    return {name: value for name, value in (right | changes).items() if value is not None}


def token(algorithm: str = "ES256", key: Any = None, kid: str | None = "", **changes: Any) -> str:
    headers = {} if kid is None else {"kid": kid or f"key-{algorithm}"}
    return jwt.encode(claims(**changes), key or PRIVATE[algorithm], algorithm, headers=headers)


def spelled(header: dict[str, Any], payload: dict[str, Any], signature: bytes = b"") -> str:
    """A token written by hand, as no library would."""
    parts = [json.dumps(part).encode() for part in (header, payload)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in [*parts, signature])
