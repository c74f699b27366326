"""Pages as the examiner makes them, in form: plain JPEGs in which a test finds again what it put there."""

from __future__ import annotations

from doorstep.attachments.container import Page

_QUIET = bytes(range(64))


def page(content: bytes, width: int = 8, height: int = 8) -> Page:
    """A page of this size whose scan is this content (no 0xFF in it has a meaning there)."""
    size = height.to_bytes(2) + width.to_bytes(2)
    parts = (
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        (0xDB, b"\x00" + _QUIET),
        (0xC0, b"\x08" + size + b"\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"),
        (0xDA, b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"),
    )
    head = b"".join(bytes([0xFF, kind]) + (len(part) + 2).to_bytes(2) + part for kind, part in parts)
    return Page(width, height, b"\xff\xd8" + head + content.replace(b"\xff", b"\xff\x00") + b"\xff\xd9")


def content_of(made: Page) -> bytes:
    """What `page` was given."""
    start = len(page(b"").jpeg) - 2
    return made.jpeg[start:-2].replace(b"\xff\x00", b"\xff")
