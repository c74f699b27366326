"""One attempt to sign in at the provider, bound to the browser that began it.

The cookie holds one random secret; state, nonce and PKCE verifier follow from it. So nothing is stored here, and who
lures somebody to the callback with a code of their own has no cookie that fits (login CSRF).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from doorstep.applications import encoding
from doorstep.applications.desk import read_time
from doorstep.counter.moments import written
from doorstep.counter.sign_in import could_be_token, mint_token

ATTEMPT_LIFETIME = timedelta(minutes=10)
"""To type a password and a code at the provider."""


class Attempt(NamedTuple):
    """`secret`: a token of 256 bits. `began_at`: written time. `going`: the path of ours to go to afterwards."""

    secret: str
    began_at: str
    going: str

    @property
    def state(self) -> str:
        """What comes back with the code. Covers the rest of the cookie too."""
        return self._derived("state", self.began_at, self.going)

    @property
    def nonce(self) -> str:
        """What the provider writes into the token."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """What proves to the provider that who redeems the code asked for it (RFC 7636)."""
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """The verifier's S256 challenge."""
        return encoding.encode(sha256(self.verifier.encode("ascii")).digest())

    def cookie(self) -> str:
        """The attempt as a cookie's value; `read_attempt` reads it."""
        return f"{self.secret}.{encoding.encode(self.began_at.encode())}.{encoding.encode(self.going.encode())}"

    def _derived(self, *label: str) -> str:
        return encoding.encode(hmac.new(self.secret.encode("ascii"), "\0".join(label).encode(), sha256).digest())


def begin_attempt(going: str, *, now: datetime, random: Callable[[int], bytes]) -> Attempt:
    """A new attempt, which is to end at this path of ours."""
    return Attempt(mint_token(random), written(now), going)


def read_attempt(cookie: str, state: str, *, now: datetime) -> Attempt | None:
    """The attempt in this cookie when `state` is its own and it is not too old; None otherwise."""
    try:
        secret, began, going = cookie.split(".")
        attempt = Attempt(secret, encoding.decode(began).decode(), encoding.decode(going).decode())
        age = now - read_time(attempt.began_at)
    except ValueError:
        return None
    if not could_be_token(secret) or not hmac.compare_digest(attempt.state.encode(), state.encode("utf-8", "replace")):
        return None
    return attempt if timedelta(minutes=-1) < age < ATTEMPT_LIFETIME else None
