"""Typed text made uniform: what full-width keyboards, copied spaces and look-alike characters leave behind.

Every function takes `limit`, a number of characters far above what the question allows: a longer text is tidied but not
normalised, so that it stays too long and costs no more than it weighs (normalising can cost its length squared). None
stands for a text that holds what nobody types, "" for one in which there is nothing to see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# What shows nothing and changes nothing: Unicode's default-ignorables (Hangul fillers and tags among them), interlinear
# marks, the placeholder of a pasted object; Braille's empty cell is a space. Joiners and variation selectors stay, as
# they change how their neighbours look. The table holds those that Python calls printable.
_UNSEEN = dict.fromkeys((0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0xFFFC)) | {0x2800: " "}
# The patterns are texts: `re` compiles them when the first text comes that is not printable, and few are not.
_INVISIBLE = (
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_LINE_BREAKS = "\r\n|[\r\v\f\x85\u2028\u2029]"
_BLANK_LINES = "\n{3,}"
# Chinese punctuation NFKC would turn into ASCII; in sentences it stays as people write it.
_KEPT_PUNCTUATION = "([，；：！？（）])"
# Nothing a keyboard makes: controls, halves of surrogate pairs, noncharacters.
_UNREADABLE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
# As many as UAX 15's Stream-Safe format has in a row; no script writes half as many.
_MARKS_IN_A_ROW = 30

# Look-alikes, folded by tables: four patterns less to compile at a cold start.
_DOTS = "\u0387\u16eb\u2022\u2027\u2219\u22c5\u2e30\u2e31\u2e33\u30fb\uff65\uf0b7"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\u2018\u2019\u201b\u02bc\u02b9\u2032`\u00b4"
_TO_DASH = str.maketrans(dict.fromkeys(_DASHES, "-"))
_IN_NAMES = _TO_DASH | str.maketrans(
    dict.fromkeys(_DOTS, "\u00b7") | dict.fromkeys(_QUOTES, "'") | dict.fromkeys("\u200c\u200d")
)


def one_line(text: str, limit: int) -> str | None:
    """NFKC, trimmed, runs of white space one space."""
    return _uniform(text, limit, _nfkc, _one_spaced)


def sentence(text: str, limit: int) -> str | None:
    """As `one_line`, but Chinese punctuation stays."""
    return _uniform(text, limit, _nfkc_of_words, _one_spaced)


def lines(text: str, limit: int) -> str | None:
    """As `sentence`, with line breaks kept (at most one empty line in a row, none at the ends)."""
    return _uniform(text, limit, _nfkc_of_words, _few_lines)


def name(text: str, limit: int) -> str | None:
    """As `one_line`, a name's dots folded to U+00B7 without spaces around, dashes and apostrophes to ASCII."""
    folded = _uniform(text, limit, _nfkc, _folded)
    # What folding brought together may be one letter now, as a letter and its mark behind a joiner.
    return folded and _uniform(folded, limit, _nfkc, _one_spaced)


def fold_dashes(text: str) -> str:
    return text.translate(_TO_DASH)


def _uniform(text: str, limit: int, normalise: Callable[[str], str], tidy: Callable[[str], str]) -> str | None:
    """`tidy` takes time in proportion to the text and changes its own result no more."""
    if not text.isascii():
        text = text.translate(_UNSEEN)
    if text.isprintable():
        text = tidy(text)
    else:
        text = tidy(re.sub(_INVISIBLE, "", re.sub(_LINE_BREAKS, "\n", text)))
        if re.search(_UNREADABLE, text):
            return None
    if text.isascii():
        return text
    if _is_nothing_alone(text[0]) and all(char in " \n" or _is_nothing_alone(char) for char in text):
        return ""
    if len(text) > limit:
        return text
    if len(text) > _MARKS_IN_A_ROW and _piles_marks(text):
        return None
    normal = normalise(text)
    return text if normal == text else tidy(normal)


def _is_nothing_alone(char: str) -> bool:
    """Joiners and variation selectors."""
    return char in "\u200c\u200d" or (
        "\u180b" <= char <= "\u180f" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    )


def _piles_marks(text: str) -> bool:
    # A longer run lies across one of these places, wherever it begins.
    if not any(map(_is_mark, text[_MARKS_IN_A_ROW :: _MARKS_IN_A_ROW + 1])):
        return False
    run = 0
    for char in text:
        run = run + 1 if _is_mark(char) else 0
        if run > _MARKS_IN_A_ROW:
            return True
    return False


def _is_mark(char: str) -> bool:
    # The half-width voiced marks are letters until they are normalised.
    return unicodedata.category(char)[0] == "M" or char in "\uff9e\uff9f"


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _nfkc_of_words(text: str) -> str:
    if unicodedata.is_normalized("NFKC", text):
        return text
    parts = re.split(_KEPT_PUNCTUATION, text)
    # The pattern's one group puts the punctuation at odd places.
    return "".join(part if index % 2 else _nfkc(part) for index, part in enumerate(parts))


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


def _few_lines(text: str) -> str:
    return re.sub(_BLANK_LINES, "\n\n", "\n".join(_one_spaced(line) for line in text.split("\n"))).strip()


def _folded(text: str) -> str:
    text = _one_spaced(text.translate(_IN_NAMES))
    return text.replace(" \u00b7", "\u00b7").replace("\u00b7 ", "\u00b7") if "\u00b7" in text else text
