"""Typed text made uniform: what full-width keyboards, copied spaces and look-alike characters leave behind."""

from __future__ import annotations

import re
import unicodedata

# Invisible characters that come along with copied text and change nothing a person sees.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Chinese punctuation NFKC would turn into ASCII; in sentences it stays as people write it.
_KEPT_PUNCTUATION = re.compile("([，；：！？（）])")
# Nothing a keyboard makes: controls, halves of surrogate pairs, noncharacters.
_UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# Look-alikes, folded by tables: four patterns less to compile at a cold start.
_DOTS = "\u0387\u16eb\u2022\u2027\u2219\u22c5\u2e30\u2e31\u2e33\u30fb\uff65\uf0b7"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_QUOTES = "\u2018\u2019\u201b\u02bc\u02b9\u2032`\u00b4"
_JOINERS = "\u200c\u200d"
_TO_DASH = str.maketrans(dict.fromkeys(_DASHES, "-"))
_IN_NAMES = _TO_DASH | str.maketrans(
    dict.fromkeys(_DOTS, "\u00b7") | dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_JOINERS)
)


def one_line(text: str) -> str | None:
    """NFKC, trimmed, runs of white space one space; None when it holds characters nobody types."""
    if text.isascii() and text.isprintable():  # most answers: nothing to fold, nothing invisible
        return _SPACES.sub(" ", text).strip()
    return _tidy(unicodedata.normalize("NFKC", _prepared(text, " ")))


def sentence(text: str) -> str | None:
    """As `one_line`, but Chinese punctuation stays."""
    return _tidy(_nfkc_of_words(_prepared(text, " ")))


def lines(text: str) -> str | None:
    """As `sentence`, with line breaks kept (at most one empty line in a row, none at the ends)."""
    tidied = _tidy(_nfkc_of_words(_prepared(text, "\n")))
    if tidied is None:
        return None
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in tidied.split("\n"))).strip()


def fold_name(text: str) -> str:
    """A name's dots folded to U+00B7, its dashes and apostrophes to ASCII, without spaces around the dots."""
    return re.sub(" *\u00b7 *", "\u00b7", text.translate(_IN_NAMES))


def fold_dashes(text: str) -> str:
    return text.translate(_TO_DASH)


def _prepared(text: str, line_break: str) -> str:
    return _LINE_BREAKS.sub(line_break, _INVISIBLE.sub("", text))


def _nfkc_of_words(text: str) -> str:
    parts = _KEPT_PUNCTUATION.split(text)
    # The pattern's one group puts the punctuation at odd places.
    return "".join(part if index % 2 else unicodedata.normalize("NFKC", part) for index, part in enumerate(parts))


def _tidy(text: str) -> str | None:
    text = _SPACES.sub(" ", text).strip()
    return None if _UNREADABLE.search(text) else text
