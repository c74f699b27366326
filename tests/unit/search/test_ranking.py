"""Which pages answer: on a small index by hand, and on everything the site shows."""

from __future__ import annotations

import json

import brotli
import pytest

from doorstep.search.index import ENCODING, Index, index_of
from doorstep.search.ranking import Ranker

WEIGHTS = {
    "char": 100, "pair": 200, "word": 300, "syllable": 30, "sound": 80, "initial": 60, "unknown": 50, "title": 100,
    "aliases": 95, "questions": 70, "summary": 75, "whole": 60, "floor": 120, "tail": 40, "sure": 480,
    "ask": 450,
}  # fmt: skip
TOLD = {
    "kinds": ["guide", "guide", "resource"],
    "urls": ["/services/a/", "/services/b/", "/resources/c/"],
    "titles": ["申请低保", "办身份证", "丧葬的事问谁"],
    "summaries": ["收入低的人家领补助", "到派出所办", "亲人去世以后要办的事"],
    "steps": [["在网上申请", "/apply/a/"], 0, 0],
    "said": {"aliases": ["没收入|家里穷", "证件丢了", ""], "questions": ["多久能批下来|要不要银行卡", "", ""]},
    "synonyms": ["去世|走了|没了"], "stop": "怎么|的", "weights": WEIGHTS,
    "sounds": [], "rare": {"di": "低地", "bao": "保宝", "shen": "身", "fen": "份", "zheng": "证"},
}  # fmt: skip


@pytest.fixture
def small() -> Ranker:
    return Ranker(index_of(json.dumps(TOLD).encode(ENCODING)))


def found(ranker: Ranker, query: str) -> list[str]:
    return [result.page.url for result in ranker.search(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("低保", "/services/a/"),
        ("地宝", "/services/a/"),  # as a keyboard writes it by its sound
        ("dibao", "/services/a/"),
        ("sfz", "/services/b/"),
        ("身份证怎么办", "/services/b/"),
        ("没有收入", "/services/a/"),
        ("亲人走了", "/resources/c/"),
    ],
)
def test_a_page_is_found_by_what_people_say(small: Ranker, query: str, first: str) -> None:
    assert found(small, query)[0] == first


@pytest.mark.parametrize("query", ["", "？！", "qqqq", "天气", "%"])
def test_what_means_nothing_finds_nothing(small: Ranker, query: str) -> None:
    assert found(small, query) == []


def test_a_question_that_fits_is_told_with_its_page(small: Ranker) -> None:
    (first, *_) = small.search("多久批下来")
    assert first.question is not None
    assert (first.page.url, first.question.url) == ("/services/a/", "/services/a/#question-1")
    assert small.search("低保")[0].question is None


def test_a_page_stands_once_and_no_more_than_asked_for(small: Ranker) -> None:
    assert len(small.search("的低保证", limit=1)) == 1
    every = found(small, "低保证件领补助要办的事")
    assert len(every) == len(set(every)) == 3


@pytest.mark.parametrize(
    ("number", "queries"),
    [
        ("12356", "想死 不想活了 活着没意思 自杀 自尽 活够了 想跳楼 不想活 没有活路 救救我 xiangsi"),
        ("120", "救护车 我摔倒了起不来 心梗 喝了农药 中风"),
        ("110", "有人打我 家暴 孩子丢了"),
        ("119", "着火了 家里着火 失火"),
    ],
)
def test_who_is_in_danger_finds_first_whom_to_call(ranker: Ranker, number: str, queries: str) -> None:
    found_first = {query: ranker.search(query)[0].page.url for query in queries.split()}
    assert found_first == dict.fromkeys(queries.split(), f"tel:{number}")


def test_a_widow_is_not_led_to_a_wedding(ranker: Ranker) -> None:
    for query in ("丈夫死了", "丈夫去世了怎么办", "老公没了", "老头没了"):
        first, second, *_ = found(ranker, query)
        assert {first, second} == {"/hardship/", "/resources/grief-support/"}, query


@pytest.mark.parametrize("query", ["asdf", "qwerty", "zzzz", "bitcoin", "iphone", "khtnrzzz", "？？？"])
def test_letters_that_mean_nothing_find_nothing(ranker: Ranker, query: str) -> None:
    assert found(ranker, query) == []


@pytest.mark.parametrize("query", ["股票行情", "航班延误", "美元汇率", "彩票开奖", "高铁时刻表"])
def test_what_is_not_here_is_not_taken_for_an_answer(index: Index, ranker: Ranker, query: str) -> None:
    assert all(result.score < index.weights["sure"] for result in ranker.search(query))


def test_every_page_is_found_by_its_own_name(index: Index, ranker: Ranker) -> None:
    lost = [
        page.title
        for page in index.pages
        if page.url not in [result.page.url for result in ranker.search(page.title)[:3]]
    ]
    assert lost == []


def test_the_index_is_small_enough_for_a_slow_line(told: bytes) -> None:
    assert len(brotli.compress(told)) <= 60_000
