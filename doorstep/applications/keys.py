"""The submission key of a draft, and everything that follows from it without a lookup or a server's secret."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from doorstep.applications import encoding
from doorstep.applications.errors import MalformedKey
from doorstep.applications.reference import write_access_code, write_reference

KEY_BYTES = 16
_SHA256 = SHA256()


class Derived(NamedTuple):
    """What HKDF makes of a submission key: the same for every retry.

    `reference` 60 bits and a check digit, `access_code` 80 bits, `commitment_key` 32 bytes, `event_id` (of the
    first event) 128 bits in base64url, `key_hash` SHA-256 of the key's 16 bytes, 64 hex digits, `files_key` 32 bytes
    (from it follow names and keys of what is attached: `attachments.naming`).
    """

    reference: str
    access_code: str
    commitment_key: bytes
    event_id: str
    key_hash: str
    files_key: bytes

    def __repr__(self) -> str:
        return f"Derived({self.reference})"  # its secrets must not end up in a log or a traceback


def mint_submission_key(random: Callable[[int], bytes]) -> str:
    """A fresh key: 128 random bits as 22 base64url characters.

    The bits must come from a cryptographic source (`os.urandom`, `crypto.getRandomValues`): reference, access code
    and commitment key all follow from the key, so whoever guesses it opens the application.
    """
    return encoding.encode(random(KEY_BYTES))


mint_event_id = mint_submission_key
"""A fresh event id, for the page on which a later step starts: 128 random bits, written like a key."""


EXAMPLE_KEY = "c2FtcGxlIGtleSAtIG5vIQ"
"""The key that descriptions show. Whoever copies it would share an application with everybody: it is refused."""

FEWEST_BYTES = 6
"""Different bytes a key has at least. Fewer is a buffer nobody filled, or a counter: by chance, 1 in 10²⁰."""


def read_key(key: str) -> bytes:
    """The 16 bytes of a submission key or event id; MalformedKey for anything that `mint_…` never writes."""
    try:
        content = encoding.decode(key)
    except ValueError:
        content = b""
    if len(content) != KEY_BYTES or len(set(content)) < FEWEST_BYTES or key == EXAMPLE_KEY:
        raise MalformedKey("a key is 22 base64url characters (128 bits from a cryptographic random source)")
    return content


def named_by(key: str) -> tuple[str, str]:
    """The reference and the key hash of a submission key, all that a look-up needs; MalformedKey when it is none."""
    content = read_key(key)
    return write_reference(expand(content, "reference", 8)), sha256(content).hexdigest()


def derive(key: str) -> Derived:
    """Everything that follows from this submission key; MalformedKey when it is none."""
    content = read_key(key)
    reference, key_hash = named_by(key)
    return Derived(
        reference=reference,
        access_code=write_access_code(expand(content, "access-code", 10)),
        commitment_key=expand(content, "commitment", 32),
        event_id=encoding.encode(expand(content, "event", KEY_BYTES)),
        key_hash=key_hash,
        files_key=expand(content, "files", 32),
    )


def expand(secret: bytes, label: str, length: int, *, salt: bytes | None = None) -> bytes:
    """HKDF-SHA256 of a secret: `length` bytes for this label and no other."""
    return HKDF(_SHA256, length, salt, f"doorstep/1/{label}".encode()).derive(secret)
