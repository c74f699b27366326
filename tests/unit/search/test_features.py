"""What texts are compared by."""

from __future__ import annotations

import pytest

from doorstep.search.features import Features, accent, fold
from doorstep.search.index import Index, common_characters

SOUNDS = {"di": "低地", "bao": "保宝", "shen": "身", "fen": "份", "zheng": "证", "xi": "西", "an": "安", "xian": "先"}
INDEX = Index(
    [], [], [["去世", "走了"], ["老伴", "爱人"]], ["怎么办", "的"], {}, {c: s for s, t in SOUNDS.items() for c in t}
)


@pytest.fixture
def features() -> Features:
    return Features(INDEX)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("低 保？", "低保"), ("ＤｉＢａｏ", "dibao"), ("低·保——办", "低保办"), ("  ", ""), ("6岁", "6岁")],
)
def test_what_people_write_differently_is_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("zheng", "zen"), ("lan", "nan"), ("hua", "fa"), ("shi", "si"), ("ting", "tin")]
)
def test_accents_are_not_told_apart(one: str, other: str) -> None:
    assert accent(one) == accent(other)


def test_a_text_has_characters_pairs_and_sounds(features: Features) -> None:
    found = features.of("低保证", initials=False)
    assert {name for name, kind in found.items() if kind == "char"} == set("低保证")
    assert {name for name, kind in found.items() if kind == "pair"} == {"低保", "保证"}
    assert {name for name, kind in found.items() if kind == "sound"} == {"~di bao", "~bao zen"}


def test_homophones_and_pinyin_sound_alike(features: Features) -> None:
    heard = [
        {name for name, kind in features.of(text, initials=False).items() if kind == "sound"}
        for text in ("低保", "地宝", "dibao", "diba", "di bao")
    ]
    assert heard[0] == heard[1] == heard[2] == heard[4] == {"~di bao"}
    assert heard[3] == set()  # still being typed: “di”, and something that is no syllable yet


def test_letters_are_the_fewest_syllables(features: Features) -> None:
    assert "~xian" in features.of("xian", initials=False)
    assert "~xi an" in features.of("西安", initials=False)


def test_letters_that_are_no_pinyin_are_initials_of_names(features: Features) -> None:
    asked = features.of("sfz", initials=False)
    assert {name for name in asked if name.startswith("^")} == {"^sfz"}
    assert {"^sf", "^fz", "^sfz"} <= features.of("身份证", initials=True).keys()
    assert not any(name.startswith("^") for name in features.of("身份证", initials=False))


def test_words_that_mean_the_same_are_one_feature(features: Features) -> None:
    assert features.of("老伴走了", initials=False).keys() & features.of("爱人去世", initials=False).keys() == {
        "=0",
        "=1",
    }


def test_what_carries_no_meaning_is_left_out_unless_nothing_else_is_left(features: Features) -> None:
    assert features.of("低保怎么办", initials=False) == features.of("低保", initials=False)
    assert features.meant("怎么办") == "怎么办"


def test_the_common_characters_are_those_of_gb_2312() -> None:
    characters = common_characters()
    assert (len(characters), characters[0], characters[-1], len(set(characters))) == (3755, "啊", "座", 3755)
