"""What a text is compared by: characters and neighbouring pairs, words that mean the same, and how it sounds.

Words need no dictionary: 看病钱 shares pairs with 看病花钱. Sounds let a homophone, a southern accent or pinyin find
what was meant. theme/scripts/seeking/features.js does the same; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from doorstep.search.index import Index

_APART = re.compile(r"[\W_]+")
_RUNS = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9]+")
#: What accents do not tell apart, folded: retroflex and flat, n and l, f and h, front and back endings.
_ALIKE = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("^l"), "n"),
    (re.compile("^hu(?=.)"), "f"),
    (re.compile("ng$"), "n"),
)
_NONE = "-"
MOST_INITIALS = 4


def fold(text: str) -> str:
    """The text without what people write differently: width, case, spaces, punctuation."""
    return _APART.sub("", unicodedata.normalize("NFKC", text).lower())


def accent(syllable: str) -> str:
    for pattern, instead in _ALIKE:
        syllable = pattern.sub(instead, syllable)
    return syllable


class Words:
    """A list of words, found in a text the longest first."""

    def __init__(self, groups: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._names: dict[str, str] = {fold(word): name for name, words in groups for word in words}
        self._longest = max(map(len, self._names), default=0)

    def within(self, text: str) -> list[tuple[int, int, str]]:
        """Begin, end and name of each word in `text`, none over another."""
        found, at = [], 0
        while at < len(text):
            for size in range(min(self._longest, len(text) - at), 0, -1):
                if name := self._names.get(text[at : at + size]):
                    found.append((at, at + size, name))
                    at += size - 1
                    break
            at += 1
        return found


class Features:
    """Reads texts with the synonyms, stop words and sounds of one index."""

    def __init__(self, index: Index) -> None:
        self._stop = Words([("stop", index.stop)])
        self._meanings = Words((f"={number}", words) for number, words in enumerate(index.synonyms))
        self._sounds = index.sounds
        self._syllables = frozenset(index.sounds.values())
        self._longest = max(map(len, self._syllables), default=0)

    def meant(self, folded: str) -> str:
        """The folded text without words that carry no meaning; all of it where nothing else is left."""
        kept, at = "", 0
        for begin, end, _ in self._stop.within(folded):
            kept, at = kept + folded[at:begin], end
        return kept + folded[at:] or folded

    def of(self, text: str, *, initials: bool) -> dict[str, str]:
        """By feature its kind: char, pair, word, sound, syllable, initial. With `initials` every first letter too, by
        which 身份证 is found as sfz; a question has them where letters are no pinyin.
        """
        folded = fold(text)
        meant = self.meant(folded)
        found: dict[str, str] = {}
        for run in _RUNS.findall(meant):
            syllables = self._sound(run)
            if run[0] <= "9":
                found[run] = "pair"
            elif run[0] <= "z" and run[0] >= "a":
                if not syllables:
                    found |= _initials(run, longest=True)
                    found[run] = "pair"
            else:
                found |= dict.fromkeys(run, "char") | _pairs(run, "", "pair")
            found |= _joined(syllables)
            if initials:
                found |= _initials("".join(one[0] for one in syllables), longest=False)
        found |= {name: "word" for _, _, name in self._meanings.within(folded)}
        return found

    def _sound(self, run: str) -> list[str]:
        if "a" <= run[0] <= "z":
            return self._spelled(run)
        return [self._sounds.get(one, _NONE) for one in run] if run[0] > "9" else []

    def _spelled(self, run: str) -> list[str]:
        """Letters as the fewest syllables of pinyin, none where it is none; the end may still be being typed."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(run) + 1):
            ways = [
                [*before, run[begin:end]]
                for begin in range(max(0, end - self._longest), end)
                if (before := best[begin]) is not None and run[begin:end] in self._syllables
            ]
            best.append(min(ways, key=len, default=None))
        whole = next((way for way in reversed(best) if way), [])
        return whole if sum(map(len, whole)) + 2 >= len(run) else []


def _pairs(text: Iterable[str], mark: str, kind: str) -> dict[str, str]:
    return {mark + one + other: kind for one, other in pairwise(text)}


def _initials(letters: str, *, longest: bool) -> dict[str, str]:
    """Two to four first letters in a row; with `longest` only those of four, or all where they are fewer."""
    sizes = [min(len(letters), MOST_INITIALS)] if longest else range(2, MOST_INITIALS + 1)
    return {f"^{letters[at : at + size]}": "initial" for size in sizes for at in range(len(letters) - size + 1)}


def _joined(syllables: list[str]) -> dict[str, str]:
    heard = [accent(one) for one in syllables]
    single = {f"~{one}": "syllable" for one in heard if one != _NONE}
    return single | {f"~{one} {other}": "sound" for one, other in pairwise(heard) if _NONE not in (one, other)}
