"""What of a resident's words is kept for editors, and what never is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.search.unfound import KEPT_DAYS, Said, Sum, oldest_kept, summed, worth_keeping


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  修 鞋？", "修鞋"),
        ("ＷＩＦＩ怎么办", "wifi怎么办"),
        ("1995年的房子", "1995年的房子"),
        ("低" * 60, "低" * 60),
        ("ئۇيغۇر", "ئۇيغۇر"),
        ("", None),
        ("。。。", None),
        ("低" * 61, None),
        ("修\n鞋", None),
        ("修鞋\x00", None),
        ("修鞋\x85", None),
        ("13987654321", None),
        ("王老五139 8765 4321", None),
        ("139-8765-4321", None),
        ("１３９８７", None),
        ("١٣٩٨٧", None),
        ("①③⑨⑧⑦", None),
        ("幺三九八七六五四三二一", None),
        ("壹叁玖捌柒", None),
        ("65020319800101001x", None),
        ("❶❸❾❽❼", None),
        ("➊ ➌ ➒ ➑ ➐", None),
        ("〡〣〩〨〧", None),
        ("弌弍弎肆伍", None),
        ("參貳陸兩壹", None),
        ("幺洞拐勾三", None),
        ("⑬⑨⑧", "1398"),
        ("⑬⑨⑧⑦", None),
        ("139o8", None),
        ("13Ｏ8Ｏ9", None),
        ("修o型腿", "修o型腿"),
        ("王1老3五9家8的7电6话5是4", None),
        ("王1老3五9家8的7电6话", "王1老3五9家8的7电6话"),
        ("十几万、百八十块", "十几万百八十块"),
        ("li@example.org", None),
        ("li＠example", None),
    ],
)
def test_words_are_kept_as_they_are_compared_and_numbers_of_people_are_not(text: str, kept: str | None) -> None:
    assert worth_keeping(text) == kept


@given(st.text(max_size=80))
def test_what_is_kept_can_be_shown_anywhere_and_kept_again(text: str) -> None:
    kept = worth_keeping(text)
    if kept is not None:
        assert 0 < len(kept) <= 60
        assert all(one.isalnum() for one in kept)


def test_ninety_days_are_kept() -> None:
    today = dt.date(2026, 11, 23)
    assert oldest_kept(today) == "2026-08-26"
    assert (today - dt.date.fromisoformat(oldest_kept(today))).days + 1 == KEPT_DAYS


def test_the_most_frequent_stand_first_and_of_those_the_newest() -> None:
    said = [
        Said("2026-11-21", "修鞋", 1), Said("2026-11-23", "修鞋", 2), Said("2026-11-20", "修鞋", 1),
        Said("2026-11-22", "磨刀", 1), Said("2026-11-23", "换锁", 1),
    ]  # fmt: skip
    assert summed(said) == [Sum("修鞋", 4, "2026-11-23"), Sum("换锁", 1, "2026-11-23"), Sum("磨刀", 1, "2026-11-22")]
