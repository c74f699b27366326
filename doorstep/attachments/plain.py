"""Whether a JPEG is as plain as we make them: read without decoding, so that it can be read where keys are.

A decoder that was taken over could hand back anything. What is not exactly this shape is neither kept nor shown: no
room for metadata, for a second file behind the first, for further scans, or for sizes that do not fit.
"""

from __future__ import annotations

import re

LONG_SIDE = 2400
"""Pixels of a page's longer side: the small print of an A4 bill (7 points) is some twenty pixels high. It may grow:
what was kept stays readable.
"""

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_APP0, _DQT, _DHT, _SOF0, _SOS = 0xE0, 0xDB, 0xC4, 0xC0, 0xDA
_JFIF = b"JFIF\x00\x01\x01"
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00]")
_COLOURS = 3
_LONGEST_HEAD = 2048
"""Bytes before the scan: two tables of quantities and four of codes need some 700."""


def size_of_plain(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height of a plain JPEG: JFIF without thumbnail, tables, one baseline frame in colour, one scan, end.

    None for any other.
    """
    if not jpeg.startswith(_SOI):
        return None
    size: tuple[int, int] | None = None
    at = len(_SOI)
    first = True
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        kind, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        content = jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if kind == _APP0 and first:
            if not (content.startswith(_JFIF) and len(content) == 14 and content.endswith(b"\x00\x00")):
                return None
        elif kind == _SOF0 and size is None:
            height, width = int.from_bytes(content[1:3]), int.from_bytes(content[3:5])
            if content[:1] != b"\x08" or content[5:6] != bytes([_COLOURS]) or len(content) != 6 + 3 * _COLOURS:
                return None
            size = (width, height)
        elif kind == _SOS:
            plain = size is not None and _fits(size) and at <= _LONGEST_HEAD and len(content) == 4 + 2 * _COLOURS
            return size if plain and _ends(jpeg, at) else None
        elif kind not in (_DQT, _DHT):
            return None
        first = False
    return None


def _fits(size: tuple[int, int]) -> bool:
    return min(size) > 0 and max(size) <= LONG_SIDE


def _ends(jpeg: bytes, scan: int) -> bool:
    """Whether the scan holds no marker but the end, which is the end."""
    marker = _MARKER_IN_SCAN.search(jpeg, scan)
    return marker is not None and marker.group() == _EOI and marker.end() == len(jpeg)
