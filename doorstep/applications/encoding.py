"""Bytes as base64url without padding (RFC 4648, section 5), read strictly: one text for one value."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes `encode` made this text from; ValueError for any other spelling of them."""
    content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if encode(content) != text:
        raise ValueError("not the one base64url spelling of these bytes")
    return content
