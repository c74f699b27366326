"""Which pages answer a question, best first.

All sums are whole numbers, so that browser and server agree to the last one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any, NamedTuple

from doorstep.search.features import Features
from doorstep.search.index import Found, Index, Link

ALWAYS = 3
"""So many are told, however far behind the first; of what comes then, only what is near enough to it."""
_Best = dict[int, tuple[int, int]]


class Result(NamedTuple):
    page: Found
    score: int
    question: Link | None

    def told(self) -> dict[str, Any]:
        """For programs: how well it fits is said by its place alone."""
        step, question = (link._asdict() if link else None for link in (self.page.next, self.question))
        return {**self.page._asdict(), "next": step, "question": question}


class Ranker:
    """Ready to answer: every phrase of the index by its features."""

    def __init__(self, index: Index) -> None:
        self._index, self._features, self._weights = index, Features(index), index.weights
        said = [self._features.of(one.text, initials=one.field in {"title", "aliases"}) for one in index.phrases]
        self._by_feature: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, str] = {}
        for number, features in enumerate(said):
            kinds |= features
            for feature in features:
                self._by_feature[feature].append(number)
        self._worth = {feature: self._weigh(feature, kind) for feature, kind in kinds.items()}
        self._sizes = [sum(self._worth[one] for one in features) for features in said]

    def _weigh(self, feature: str, kind: str) -> int:
        """What stands on few pages weighs more."""
        on = len({self._index.phrases[number].page for number in self._by_feature.get(feature, [])})
        rare = math.log(1 + len(self._index.pages) / (on or 1))
        return math.floor(self._weights[kind] * rare + 0.5)

    def search(self, query: str, limit: int = 20) -> list[Result]:
        asked = {
            feature: self._worth.get(feature) or self._weigh(feature, kind) * self._weights["unknown"] // 100
            for feature, kind in self._features.of(query, initials=False).items()
        }
        total = sum(asked.values())
        by_phrase, by_page = self._common(asked)
        best, asks = self._fitting(by_phrase, total)
        found = []
        for page, common in by_page.items():
            cover = 1000 * common // total
            if cover >= self._weights["floor"]:
                found.append((-(best[page][0] + cover * self._weights["whole"] // 100), page))
        near = _near(sorted(found), self._weights["tail"])[:limit]
        return [Result(self._index.pages[page], -score, self._question(asks.get(page))) for score, page in near]

    def _common(self, asked: dict[str, int]) -> tuple[dict[int, int], dict[int, int]]:
        """What each phrase, and each page as a whole, shares with the question."""
        by_phrase: dict[int, int] = defaultdict(int)
        by_page: dict[int, int] = defaultdict(int)
        for feature, worth in asked.items():
            numbers = self._by_feature.get(feature, [])
            for number in numbers:
                by_phrase[number] += worth
            for page in {self._index.phrases[number].page for number in numbers}:
                by_page[page] += worth
        return by_phrase, by_page

    def _fitting(self, by_phrase: dict[int, int], total: int) -> tuple[_Best, _Best]:
        """By page, its phrase that fits best, and of its frequent questions the one that does: score and -number."""
        best: _Best = {}
        asks: _Best = {}
        for number, common in by_phrase.items():
            phrase = self._index.phrases[number]
            alike = math.floor(1000 * common / math.sqrt(total * self._sizes[number]))
            score = (alike * self._weights[phrase.field] // 100, -number)
            best[phrase.page] = max(best.get(phrase.page, score), score)
            if phrase.link:
                asks[phrase.page] = max(asks.get(phrase.page, score), score)
        return best, asks

    def _question(self, fits: tuple[int, int] | None) -> Link | None:
        return self._index.phrases[-fits[1]].link if fits and fits[0] >= self._weights["ask"] else None


def _near(found: list[tuple[int, int]], tail: int) -> list[tuple[int, int]]:
    """`found` is sorted by negated scores; `tail` are hundredths of the best."""
    return found[:ALWAYS] + [one for one in found[ALWAYS:] if 100 * one[0] <= found[0][0] * tail]
