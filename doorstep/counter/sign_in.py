"""One-time sign-in links: whoever holds one may come in once, within a day. There are no passwords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, Protocol

from doorstep.applications import encoding
from doorstep.counter.moments import written
from doorstep.counter.staff import Staff, StaffProblem, StaffRegistry

LINK_LIFETIME = timedelta(hours=24)
"""From the command that prints it to the click; a working day and the night before it."""

TOKEN_BYTES = 32
_TOKEN_LETTERS = 43


class Link(NamedTuple):
    """What is kept of a link: never the token, only its digest."""

    digest: str
    staff: str
    expires_at: str


class LinkShelf(Protocol):
    """Where links stand, shared by all processes."""

    def put_link(self, link: Link) -> None:
        """Keep this link and drop every other of the same staff member, in one step."""

    def take_link(self, digest: str, now: str) -> str | None:
        """The staff id of this link, which is gone then; None for one that is unknown, used, void or expired.

        Of any number of callers at once exactly one gets it.
        """

    def drop_links(self, staff: str) -> None:
        """No link of this staff member opens any more."""


class SignInRefused(Exception):
    """Nobody is signed in: `reason` is "link" (unknown, used, expired) or "revoked"."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"sign-in refused: {reason}")
        self.reason = reason


def mint_link(shelf: LinkShelf, staff: Staff, *, now: datetime, random: Callable[[int], bytes]) -> str:
    """A new link's token for this staff member; their former link is void. Raises StaffProblem when revoked."""
    if not staff.active:
        raise StaffProblem(f"{staff.name} is revoked; `doorstep staff add` with the same name takes them back")
    token = mint_token(random)
    shelf.put_link(Link(token_digest(token), staff.id, written(now, later=LINK_LIFETIME)))
    return token


def use_link(shelf: LinkShelf, registry: StaffRegistry, token: str, *, now: datetime) -> Staff:
    """Whose link this was; it opens never again. Raises SignInRefused."""
    if not could_be_token(token):
        raise SignInRefused("link")
    staff_id = shelf.take_link(token_digest(token), written(now))
    staff = registry.by_id(staff_id) if staff_id else None
    if staff is None:
        raise SignInRefused("link")
    if not staff.active:
        raise SignInRefused("revoked")
    return staff


def mint_token(random: Callable[[int], bytes]) -> str:
    """256 random bits in base64url."""
    return encoding.encode(random(TOKEN_BYTES))


def token_digest(token: str) -> str:
    """What is stored of a token. It is random in full, so its plain hash gives nothing to guess from."""
    return sha256(token.encode("ascii", "replace")).hexdigest()


def could_be_token(text: str) -> bool:
    """Whether this text has a token's shape; anything else is not looked up."""
    try:
        return len(text) == _TOKEN_LETTERS and len(encoding.decode(text)) == TOKEN_BYTES
    except ValueError:
        return False
