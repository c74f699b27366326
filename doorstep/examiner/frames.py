"""What the child says to the examiner: a page after the other, then one word that it is done, or why not.

A frame is its kind (one byte), its length (four, big-endian) and its content. `P` is a page: width and height (four
bytes each), then the JPEG. `D`, empty, comes last when all is said; `R` comes instead, with a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from doorstep.attachments.container import Page
from doorstep.attachments.plain import size_of_plain
from doorstep.attachments.verdicts import VERDICTS
from doorstep.examiner.limits import FILE_BYTES, MOST_PAGES, PAGE_BYTES
from doorstep.examiner.refusal import Refusal

_PAGE, _DONE, _REFUSED = b"P", b"D", b"R"
_HEADER = 5
MOST_BYTES = FILE_BYTES + MOST_PAGES * (8 + _HEADER) + _HEADER
"""What a child may say at most."""


class Cut(Exception):
    """The child did not say all: it died, was ended, or said what none of ours says."""


def tell(file: BinaryIO, pages: Iterable[Page]) -> None:
    """Say these pages as they are made, or why there are none."""
    try:
        for page in pages:
            _write(file, _PAGE, page.width.to_bytes(4) + page.height.to_bytes(4) + page.jpeg)
    except Refusal as refusal:
        _write(file, _REFUSED, refusal.why.encode())
    except MemoryError:
        _write(file, _REFUSED, b"too-large")
    except Exception:  # noqa: BLE001 — decoders raise anything, and say with it only that they cannot read this
        _write(file, _REFUSED, b"unreadable")
    else:
        _write(file, _DONE, b"")


def read_told(said: bytes) -> tuple[Page, ...]:
    """The pages that were said. Raises Refusal where the child refused, Cut where it is not to be believed."""
    pages, at = list[Page](), 0
    while at + _HEADER <= len(said):
        kind, end = said[at : at + 1], at + _HEADER + int.from_bytes(said[at + 1 : at + _HEADER])
        content, at = said[at + _HEADER : end], end
        if kind == _PAGE and len(pages) < MOST_PAGES:
            pages.append(_page(content))
        elif kind == _REFUSED and content.decode("ascii", "replace") in VERDICTS and end == len(said):
            raise Refusal(content.decode("ascii"))
        elif kind == _DONE and pages and end == len(said):
            return tuple(pages)
        else:
            break
    raise Cut


def _page(content: bytes) -> Page:
    page = Page(int.from_bytes(content[:4]), int.from_bytes(content[4:8]), content[8:])
    if size_of_plain(page.jpeg) != (page.width, page.height) or len(page.jpeg) > PAGE_BYTES:
        raise Cut
    return page


def _write(file: BinaryIO, kind: bytes, content: bytes) -> None:
    file.write(kind + len(content).to_bytes(4) + content)
    file.flush()
