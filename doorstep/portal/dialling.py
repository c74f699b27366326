"""The public short numbers in a page's text: one touch dials them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TAGS = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)
"""Links are whole: what stands in one is not a link of its own."""


def dialled(html: str, numbers: Iterable[str]) -> str:
    """HTML whose text names these numbers, each of them a link now."""
    known = "|".join(map(re.escape, numbers))
    if not known:
        return html
    number = re.compile(rf"(?<![0-9])(?:{known})(?![0-9])")
    parts = _TAGS.split(html)  # text, tag, text, …
    parts[::2] = [number.sub(r'<a href="tel:\g<0>">\g<0></a>', text) for text in parts[::2]]
    return "".join(parts)
