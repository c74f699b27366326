"""What a resident writes outside a form, as text anyone may read: nothing hidden, nothing turned round."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
# Chinese punctuation that NFKC would turn into ASCII; in sentences it stays as people write it.
_KEPT_PUNCTUATION = re.compile("([，；：！？（）])")
_JOINERS = "\u200c\u200d"
"""Format characters that some scripts spell with; all others go: direction marks, soft hyphens, tags."""


def cleaned(text: str) -> str:
    """NFKC with line breaks kept (at most one empty line in a row), without controls, bidi marks and the like."""
    parts = _KEPT_PUNCTUATION.split(_LINE_BREAKS.sub("\n", text))
    # The pattern's one group puts the punctuation at odd places.
    folded = "".join(part if index % 2 else unicodedata.normalize("NFKC", part) for index, part in enumerate(parts))
    shown = "".join(filter(_shows, folded))
    lines = (" ".join(line.split()) for line in shown.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _shows(letter: str) -> bool:
    if letter in "\n\t" or letter in _JOINERS:
        return True
    noncharacter = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    return not noncharacter and unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
