"""The public short numbers in a page's text: one touch dials them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TAGS = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)
"""Links are whole: what stands in one is not a link of its own."""
_IN_A_NAME = "(?<!掌上)"
"""Behind these a number is part of an app's name: nobody answers there."""


def dialled(html: str, numbers: Iterable[str]) -> str:
    """HTML whose text names these numbers, each of them a link now."""
    known = "|".join(map(re.escape, numbers))
    if not known:
        return html
    number = re.compile(rf"(?<![0-9]){_IN_A_NAME}(?:{known})(?![0-9元%米人个项天])")
    parts = _TAGS.split(html)  # text, tag, text, …
    parts[::2] = [number.sub(r'<a href="tel:\g<0>">\g<0></a>', text) for text in parts[::2]]
    return "".join(parts)
