"""Checks an OpenID Connect ID token. PyJWT checks the signature; what the claims must say is decided here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

KEY_OF = {"RS256": ("RSA", None), "ES256": ("EC", "P-256"), "EdDSA": ("OKP", "Ed25519")}
"""Algorithms that are accepted, with the only type and curve of key each is used with. None is symmetric: a public
key can never pass for a shared secret."""

LEEWAY = 60
"""Seconds that the provider's clock may differ from ours."""

OLDEST = 600
"""Seconds since the token was made: it is used the moment it is fetched."""

_SMALLEST_RSA = 2048
_LONGEST_TOKEN = 16 * 1024
_LONGEST_SUBJECT = 255


class TokenNotAccepted(Exception):
    """The token proves nothing. The text says which check failed, and holds nothing of the token."""


class UnknownKey(TokenNotAccepted):
    """None of the provider's keys known here could have signed it: they may be newer."""


def check_id_token(token: str, keys: Sequence[Any], *, issuer: str, client_id: str, nonce: str, now: datetime) -> str:
    """The subject (`sub`) that this token proves. `keys` are the provider's JWKs. Raises TokenNotAccepted."""
    if len(token) > _LONGEST_TOKEN:
        raise TokenNotAccepted("too long")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in KEY_OF:
            raise TokenNotAccepted("its algorithm is not accepted")
        key = _key(keys, str(algorithm), header.get("kid"))
        options: Any = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False,
                        "verify_iss": False, "verify_sub": False, "verify_jti": False}  # fmt: skip
        claims = jwt.decode(token, key, algorithms=[str(algorithm)], options=options)
    except jwt.PyJWTError as error:
        raise TokenNotAccepted(f"its signature or form is not accepted ({type(error).__name__})") from None
    except (ValueError, TypeError, RecursionError):
        raise TokenNotAccepted("it cannot be read") from None
    _check_for_us(claims, issuer, client_id)
    _check_times(claims, now.timestamp())
    sent = claims.get("nonce")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode("utf-8", "replace"), nonce.encode()):
        raise TokenNotAccepted("its nonce is another's")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise TokenNotAccepted("it names no subject")
    return subject


def _key(keys: Sequence[Any], algorithm: str, kid: object) -> jwt.PyJWK:
    """The one key that may have signed it: of the algorithm's own type, for signing, of the token's key id."""
    kty, curve = KEY_OF[algorithm]
    fitting = [
        jwk
        for jwk in keys
        if isinstance(jwk, Mapping)
        and (jwk.get("kty"), jwk.get("crv")) == (kty, curve)
        and jwk.get("use", "sig") == "sig"
        and jwk.get("alg", algorithm) == algorithm
        and (kid is None or jwk.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise UnknownKey("it was signed with a key that the provider does not list, or does not tell from another")
    key = jwt.PyJWK(dict(fitting[0]), algorithm=algorithm)
    if isinstance(key.key, RSAPublicKey) and key.key.key_size < _SMALLEST_RSA:
        raise TokenNotAccepted("its key is too small")
    return key


def _check_for_us(claims: Mapping[str, Any], issuer: str, client_id: str) -> None:
    if claims.get("iss") != issuer:
        raise TokenNotAccepted("it is of another issuer")
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    if client_id not in several:
        raise TokenNotAccepted("it is for another client")
    if ("azp" in claims or len(several) > 1) and claims.get("azp") != client_id:
        raise TokenNotAccepted("it was given to another client")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    # Written so that NaN, which compares false, is refused.
    if not now < _time(claims, "exp") + LEEWAY:
        raise TokenNotAccepted("it has expired")
    if not now - OLDEST - LEEWAY < _time(claims, "iat") < now + LEEWAY:
        raise TokenNotAccepted("it was not made just now")
    if "nbf" in claims and not _time(claims, "nbf") < now + LEEWAY:
        raise TokenNotAccepted("it does not count yet")


def _time(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TokenNotAccepted("it does not say when it was made and ends")
    return value
