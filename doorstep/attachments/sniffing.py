"""What a file is by its first bytes. Its name, and what its sender called it, count for nothing."""

from __future__ import annotations

JPEG, PNG, HEIC, PDF = "image/jpeg", "image/png", "image/heic", "application/pdf"

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_BOX_HEADER = 8
_FURTHEST = 256
"""Bytes of a HEIF's first box that are read; brands stand at its beginning."""


def media_type_of(content: bytes) -> str | None:
    """JPEG, PNG, HEIC (any HEIF) or PDF; None for everything else.

    What is two things at once is what its beginning says: it is made anew as that, and the other thing is gone.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:_BOX_HEADER] == b"ftyp" and _brands(content) & _HEIF_BRANDS:
        return HEIC
    if content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):  # some programs write a blank first
        return PDF
    return None


def _brands(content: bytes) -> set[bytes]:
    """The major brand and the compatible ones; four bytes of version between them."""
    end = min(int.from_bytes(content[:4]), _FURTHEST)
    listed = content[_BOX_HEADER:end]
    return {listed[start : start + 4] for start in range(0, len(listed), 4) if start != 4}
