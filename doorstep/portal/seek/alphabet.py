"""Everything there is by the letter its name begins with when it is said, for those whose browser runs no search."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pypinyin import lazy_pinyin

from doorstep.portal.seek.entries import Shown
from doorstep.search.index import KINDS

#: What stands before the first character that is said: “一老一小”服务.
_UNSAID = re.compile(r"^[\W_]+")
OTHER = "0–9"
"""The heading of names that begin with a number."""


class Listed(NamedTuple):
    title: str
    url: str
    kind: str


def alphabet(shown: Shown) -> Mapping[str, list[Listed]]:
    """Guides and resources of this build by letter, A to Z, numbers last."""
    guides = (Listed(guide.title, guide.url, KINDS["guide"]) for guide in shown.guides)
    resources = (Listed(one.title, one.url, KINDS["resource"]) for one in shown.catalog.offered)
    return by_letter([*guides, *resources])


def by_letter(listed: Iterable[Listed]) -> Mapping[str, list[Listed]]:
    """Each letter's in the order of their sounds. A character of several sounds is read as the whole name reads it:
    重病 is zhong, 重新 is chong.
    """
    found: dict[str, list[Listed]] = {}
    for sound, one in sorted((sounds(one.title), one) for one in listed):
        letter = sound[0][0].upper() if sound else OTHER
        found.setdefault(letter if "A" <= letter <= "Z" else OTHER, []).append(one)
    return dict(sorted(found.items(), key=lambda each: (each[0] == OTHER, each[0])))


def sounds(title: str) -> list[str]:
    return [one.lower() for one in lazy_pinyin(_UNSAID.sub("", title))]
