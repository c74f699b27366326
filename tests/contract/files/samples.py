"""Names, envelopes and containers as a store sees them: bytes that mean nothing."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta

from doorstep.applications.encoding import encode
from doorstep.applications.reference import write_reference
from doorstep.attachments.files import Waiting
from tests.contract.files.conftest import Place


def new_reference() -> str:
    return write_reference(os.urandom(8))


def new_name() -> str:
    return encode(secrets.token_bytes(16))


def soon() -> datetime:
    """Later than everything that has come in."""
    return datetime.now(UTC) + timedelta(minutes=5)


def earlier() -> datetime:
    """Before everything that a test puts in."""
    return datetime.now(UTC) - timedelta(minutes=5)


def put(place: Place, reference: str, name: str | None = None, content: bytes = b"envelope") -> Waiting:
    """A file that waits."""
    name = name or new_name()
    place.files.put(reference, name, content)
    return next(one for one in place.quarantine.waiting() if one.name == name)
