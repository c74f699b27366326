"""Sessions at the counter: short, revocable, and worthless to whoever reads the database."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, Protocol

from doorstep.applications import encoding
from doorstep.applications.desk import read_time
from doorstep.counter.moments import written
from doorstep.counter.sign_in import could_be_token, mint_token, token_digest
from doorstep.counter.staff import Staff, StaffRegistry

IDLE = timedelta(minutes=60)
"""Without a request for so long, a session ends: an office's desk is left for lunch."""

LONGEST = timedelta(hours=10)
"""However busy, a session ends after a working day."""

_NOTED_EVERY = timedelta(minutes=1)
"""A use is written down at most so often: the file is flushed each time. An idle session ends up to this early."""


class Session(NamedTuple):
    """What is kept of a session: its token's digest, whose it is, when it began and was last used."""

    digest: str
    staff: str
    started_at: str
    seen_at: str


class SessionShelf(Protocol):
    """Where sessions stand, shared by all processes."""

    def put_session(self, session: Session, *, forget_before: str) -> None:
        """Keep a new session; drop those that began before `forget_before`, which have ended anyway."""

    def session(self, digest: str) -> Session | None:
        """The session of this digest, whether or not it has run out."""

    def note_session(self, digest: str, seen_at: str) -> None:
        """Write down that it was used; nothing happens when it is gone."""

    def drop_session(self, digest: str) -> None:
        """The session of this digest is over."""

    def drop_sessions(self, staff: str) -> None:
        """All sessions of this staff member are over."""


class SignedIn(NamedTuple):
    """Who asks, and the session's token, which makes and checks the CSRF tokens of their pages."""

    staff: Staff
    token: str


def start_session(shelf: SessionShelf, staff: Staff, *, now: datetime, random: Callable[[int], bytes]) -> str:
    """The new session's token, for the cookie."""
    token, began = mint_token(random), written(now)
    session = Session(token_digest(token), staff.id, began, began)
    shelf.put_session(session, forget_before=written(now, later=-LONGEST))
    return token


def find_session(shelf: SessionShelf, registry: StaffRegistry, token: str, *, now: datetime) -> SignedIn | None:
    """Who holds this token, or None: no session, run out, ended, or the staff member was revoked."""
    session = shelf.session(token_digest(token)) if could_be_token(token) else None
    if session is None:
        return None
    started, seen = read_time(session.started_at), read_time(session.seen_at)
    if not now - LONGEST < started or not now - IDLE < seen:
        shelf.drop_session(session.digest)
        return None
    staff = registry.by_id(session.staff)
    if staff is None or not staff.active:
        shelf.drop_session(session.digest)
        return None
    if now - seen >= _NOTED_EVERY:
        shelf.note_session(session.digest, written(now))
    return SignedIn(staff, token)


def end_session(shelf: SessionShelf, token: str) -> None:
    """The token opens nothing any more."""
    shelf.drop_session(token_digest(token))


def csrf_token(token: str, purpose: str) -> str:
    """What a page of this session sends back to prove that it is ours; `purpose` is the address it posts to."""
    made = hmac.new(token.encode("ascii"), b"csrf\0" + purpose.encode(), sha256)
    return encoding.encode(made.digest())


def csrf_fits(token: str, purpose: str, sent: str) -> bool:
    """Whether `sent` is the CSRF token of this session and purpose, in constant time."""
    return hmac.compare_digest(csrf_token(token, purpose).encode(), sent.encode("utf-8", "replace"))
