"""What may be searched for: a few words, as people write them."""

from __future__ import annotations

from doorstep.search.features import fold

LONGEST = 60
"""Characters of a question, spaces and punctuation not counted."""


def readable(text: str) -> bool:
    """Whether a search can do anything with it."""
    return 0 < len(fold(text)) <= LONGEST
