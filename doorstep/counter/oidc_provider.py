"""An OpenID Connect provider as the office uses it: where to send people, and whom their code proves."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from doorstep.counter.id_token import TokenNotAccepted, UnknownKey, check_id_token
from doorstep.counter.oidc_login import Attempt

Fetch = Callable[[str, bytes | None, Mapping[str, str]], tuple[int, bytes]]
"""fetch(address, body or None, headers) → status, content. A body makes it a POST. Follows no redirect, gives up in
time and at a size; raises OSError when there is no answer."""

METADATA_SECONDS = 3600
KEYS_SECONDS = 60
DOWN_SECONDS = 5
"""The provider's description is read again after an hour; its keys when one is unknown, at most once a minute. One
that did not answer is not asked again at once: everybody who tries would wait for it, one thread each."""

_LOCAL = ("127.0.0.1", "localhost", "::1")


class OidcSettings(NamedTuple):
    """`secret` may be empty: then PKCE alone proves that who redeems a code asked for it (a public client)."""

    issuer: str
    client_id: str
    secret: str = ""


class OidcProblem(Exception):
    """Nobody is signed in, and it is not the person's fault. The text is for the log: what failed, nothing of whom."""

    for_operators = True


class Provider:
    """Safe to share between threads; asks the provider nothing before somebody wants to sign in."""

    def __init__(self, settings: OidcSettings, fetch: Fetch, seconds: Callable[[], float]) -> None:
        self._settings = settings
        self._fetch = fetch
        self._seconds = seconds
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, list[Any]] | None = None
        self._down: tuple[float, str] = (-math.inf, "")

    def address(self, attempt: Attempt, redirect_uri: str) -> str:
        """Where the browser goes to sign in. Raises OidcProblem."""
        endpoint = self._endpoint("authorization_endpoint")
        query = urlencode(
            {
                "response_type": "code",
                "scope": "openid",
                "client_id": self._settings.client_id,
                "redirect_uri": redirect_uri,
                "state": attempt.state,
                "nonce": attempt.nonce,
                "code_challenge": attempt.challenge,
                "code_challenge_method": "S256",
            }
        )
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"

    def subject(self, code: str, issuer: str | None, attempt: Attempt, redirect_uri: str, now: datetime) -> str:
        """The subject who came back with this code; `issuer` as the answer names it (RFC 9207). Raises OidcProblem."""
        named = self._described().get("authorization_response_iss_parameter_supported") is True
        if issuer != self._settings.issuer and (named or issuer is not None):
            raise OidcProblem("the answer came from another issuer")
        token = self._redeem(code, attempt, redirect_uri)
        try:
            try:
                return self._check(token, attempt, now)
            except UnknownKey:
                if not self._forget_keys():
                    raise
                return self._check(token, attempt, now)
        except TokenNotAccepted as error:
            raise OidcProblem(f"the provider's token is not accepted: {error}") from error

    def _check(self, token: str, attempt: Attempt, now: datetime) -> str:
        own = self._settings
        return check_id_token(
            token, self._jwks(), issuer=own.issuer, client_id=own.client_id, nonce=attempt.nonce, now=now
        )

    def _redeem(self, code: str, attempt: Attempt, redirect_uri: str) -> str:
        members = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": attempt.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        own = self._settings
        accepted = self._described().get("token_endpoint_auth_methods_supported")
        if own.secret and (not isinstance(accepted, list) or "client_secret_basic" in accepted):
            pair = f"{quote(own.client_id, safe='')}:{quote(own.secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        else:
            members |= {"client_id": own.client_id} | ({"client_secret": own.secret} if own.secret else {})
        answer = self._ask(self._endpoint("token_endpoint"), urlencode(members).encode(), headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OidcProblem("the provider gave no ID token")
        return token

    def _described(self) -> dict[str, Any]:
        known = self._metadata
        if known is None or self._seconds() >= known[0]:
            described = self._ask(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if described.get("issuer") != self._settings.issuer:
                raise OidcProblem("the provider's description is of another issuer than DOORSTEP_OIDC_ISSUER")
            known = self._metadata = (self._seconds() + METADATA_SECONDS, described)
        return known[1]

    def _endpoint(self, name: str) -> str:
        address = self._described().get(name)
        if not isinstance(address, str) or not safe_address(address):
            raise OidcProblem(f"the provider's {name} is no https address")
        return address

    def _jwks(self) -> list[Any]:
        known = self._keys
        if known is None:
            keys = self._ask(self._endpoint("jwks_uri")).get("keys")
            if not isinstance(keys, list):
                raise OidcProblem("the provider's keys are no JWK Set")
            known = self._keys = (self._seconds() + KEYS_SECONDS, keys)
        return known[1]

    def _forget_keys(self) -> bool:
        """Whether the keys may be asked for again: an invented key id must not make us ask each time."""
        if self._keys is not None and self._seconds() < self._keys[0]:
            return False
        self._keys = None
        return True

    def _ask(self, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        place = urlsplit(address).path.rpartition("/")[2] or "its address"
        until, told = self._down
        if self._seconds() < until:
            raise OidcProblem(told)
        try:
            status, content = self._fetch(address, body, {"Accept": "application/json", **(headers or {})})
            found = json.loads(content) if status == 200 else None
        except OSError as error:
            told = f"the provider does not answer ({place}, {type(error).__name__})"
            self._down = (self._seconds() + DOWN_SECONDS, told)
            raise OidcProblem(told) from error
        except (ValueError, RecursionError):
            raise OidcProblem(f"the provider's answer is not JSON ({place})") from None
        if not isinstance(found, dict):
            raise OidcProblem(f"the provider refused ({place}, status {status})")
        return found


def safe_address(address: str) -> bool:
    """Whether nobody on the way can read or change what goes there: https, or this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return (
        bool(host) and not parts.fragment and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL))
    )
