"""The search answers people: hundreds of questions as different people ask them, by the half that words were tuned on.

The other half, which nobody looked at while tuning, is told by `make bench` beside other searches. These are floors
far below what is reached: an editor may change words, and a change that spoils the search for many is caught.
"""

from __future__ import annotations

from pathlib import Path

from doorstep.search.index import Index
from doorstep.search.ranking import Ranker

QUERIES = Path(__file__).parents[3] / "bench" / "queries"
FIRST, AMONG_THREE, NOTHING = 0.80, 0.93, 0.01


def asked(half: str) -> list[tuple[str, set[str]]]:
    lines = [line.split("\t") for line in (QUERIES / f"{half}.tsv").read_text(encoding="utf-8").splitlines()]
    return [(query, set(right)) for query, *right in lines]


def test_the_right_page_stands_first_or_among_the_first_three(ranker: Ranker) -> None:
    queries = asked("tuning")
    found = [([result.page.url for result in ranker.search(query)], right) for query, right in queries]
    assert len(queries) > 300
    assert sum(urls[:1] != [] and urls[0] in right for urls, right in found) >= FIRST * len(queries)
    assert sum(not right.isdisjoint(urls[:3]) for urls, right in found) >= AMONG_THREE * len(queries)
    assert sum(not urls for urls, _ in found) <= NOTHING * len(queries)


def test_no_question_stands_in_both_halves() -> None:
    assert {query for query, _ in asked("tuning")}.isdisjoint(query for query, _ in asked("unseen"))


def test_what_is_asked_for_is_there(index: Index) -> None:
    known = {page.url for page in index.pages} | {"/resources/", "/services/", "/find/"}
    assert {url for half in ("tuning", "unseen") for _, right in asked(half) for url in right} <= known
