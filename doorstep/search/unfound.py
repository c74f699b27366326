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

# Digits of every script, and those that Chinese writes in words: a telephone or identity number names a person.
_NUMBER = re.compile(r"[\d〇零幺一二两三四五六七八九壹贰叁肆伍陆柒捌玖]{5}")


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
    words = fold(text)
    return None if _NUMBER.search(words) else words


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
