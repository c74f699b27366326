"""What a resident's device says of a file."""

from __future__ import annotations

from hashlib import sha256

from doorstep.applications.encoding import encode


def digest_of(content: bytes) -> str:
    return encode(sha256(content).digest())
