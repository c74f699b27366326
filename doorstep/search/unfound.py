"""Words that found nothing and that a resident sent to the editors: by day, and nothing of who sent them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from doorstep.search.features import fold
from doorstep.search.words import readable

KEPT_DAYS = 90
"""Days that words stay, the day they came included."""

MOST_A_DAY = 500
"""Different words that a day holds: more than editors read, and an end to what anybody can fill."""

IN_A_ROW, IN_ALL = 5, 8
"""So many digits, however they are written and parted, may be a telephone or identity number, which names a person."""

# Unicode gives these no number: two, and how numbers are told over the telephone (0, 7, 9).
_SAID = frozenset("两洞拐勾")
_LETTERS_FOR_NOUGHT = re.compile("(?<=0)o+(?=0)")


class Said(NamedTuple):
    """`words` came `times` on `day` (2026-11-23)."""

    day: str
    words: str
    times: int


class Sum(NamedTuple):
    words: str
    times: int
    newest: str


class UnfoundWords(Protocol):
    """Where they rest (`doorstep/stores/`). Everything raises StoreError of `doorstep.applications.store`."""

    def note(self, day: str, words: str) -> bool:
        """Once more on that day. False: the day holds MOST_A_DAY others by now, and these are not kept.

        Two who note new words at once may make the day hold a little less.
        """
        ...

    def since(self, day: str) -> list[Said]:
        """What came on that day and later, in no order."""
        ...

    def sweep(self, before: str) -> None:
        """Destroy what came before that day."""
        ...

    def close(self) -> None: ...


def worth_keeping(text: str) -> str | None:
    """The words as they are kept, folded; None for what is none, too long, or may be somebody's number."""
    if any(unicodedata.category(one) == "Cc" for one in text) or not readable(text):
        return None
    return None if _may_name_somebody(text) else fold(text)


def _may_name_somebody(text: str) -> bool:
    digits = _LETTERS_FOR_NOUGHT.sub(lambda found: "0" * len(found[0]), "".join(map(_digits, text)))
    return "0" * IN_A_ROW in digits or digits.count("0") >= IN_ALL or "@" in unicodedata.normalize("NFKC", text)


def _digits(one: str) -> str:
    """A nought for each digit that the character stands for (❶, 〡, 弌, ⑬); else what remains of it, folded.

    Ten, hundred and more in Chinese words (十, 百) make amounts, which may be told.
    """
    value = unicodedata.numeric(one, -1.0)
    if one in _SAID or 0 <= value < 10:
        return "0"
    if value < 0 or unicodedata.category(one) == "Lo":
        return fold(one)
    return "0" * len(str(int(value)))


def oldest_kept(today: dt.date) -> str:
    """The first day whose words stay."""
    return (today - dt.timedelta(days=KEPT_DAYS - 1)).isoformat()


def summed(said: Iterable[Said]) -> list[Sum]:
    """Each word once, the most frequent and of those the newest first."""
    found: dict[str, Sum] = {}
    for day, words, times in said:
        before = found.get(words, Sum(words, 0, day))
        found[words] = Sum(words, before.times + times, max(before.newest, day))
    by_words = sorted(found.values())
    by_day = sorted(by_words, key=lambda one: one.newest, reverse=True)
    return sorted(by_day, key=lambda one: one.times, reverse=True)
