from __future__ import annotations

from typing import Any

import pytest

from doorstep.forms.checker import Checker
from doorstep.forms.fields import Form
from doorstep.forms.filler import UNKNOWN_PROPERTY, cut_groups, drop_blank_items, fill

READ: list[tuple[str, Any, Any]] = [
    ("plain_text", "　3号楼，  2单元 ", "3号楼， 2单元"),
    ("plain_text", "ＡＢ\r\nＣ\t１", "AB C 1"),
    ("plain_text", "a\u200bb\ufeff", "ab"),
    ("plain_text", "a\u200bb\U000e0041\ufff9c", "abc"),
    ("plain_text", "\u2800甲\u2800\u2800乙", "甲 乙"),
    ("plain_text", "\u200d \u200c", None),
    ("plain_text", "葛\U000e0100飾", "葛\U000e0100飾"),
    ("plain_text", "a\x00b", False),
    ("plain_text", "e" + 31 * "\u0301", False),
    ("plain_text", ("e" + 29 * "\u0323") * 3, "ẹ" + 28 * "\u0323" + ("ẹ" + 28 * "\u0323") * 2),
    ("plain_text", "か" + 31 * "\uff9e", False),
    ("plain_text", "\ud800", False),
    ("plain_text", ["a"], False),
    ("plain_text", 7, False),
    ("plain_text", "   ", None),
    ("long_text", "第一行 \r\n\r\n\r\n\r\n第二行（完）\n", "第一行\n\n第二行（完）"),
    ("choice", " a ", "a"),
    ("choice", ["a", "b"], False),
    ("choices", "y", ["y"]),
    ("choices", ["y", "x", "y", "", 3], ["x", "y", "?"]),
    ("choices", ["m", "y", "n", "x", "o"], ["x", "y", "m"]),
    ("choices", {"0": "x"}, ["?"]),
    ("yes_no", "是", True),
    ("yes_no", "FALSE", False),
    ("yes_no", 1, "?"),
    ("yes_no", "也许", "也许"),
    ("integer", "１２ 个", 12),
    ("integer", 3.0, 3),
    ("integer", 3.5, "?"),
    ("integer", float("nan"), "?"),
    ("integer", 10**400, "?"),
    ("integer", True, "?"),
    ("integer", "-1", -1),
    ("integer", "1.0", "1.0"),
    ("integer", "٣", "٣"),
    ("money", "1,200元", "1200"),
    ("money", "￥ １２００", "1200"),
    ("money", "1200.5", "1200.50"),
    ("money", "1200.00", "1200"),
    ("money", "3万", "30000"),
    ("money", "1.25万元", "12500"),
    ("money", "0012.30", "12.30"),
    ("money", 1200, "1200"),
    ("money", 0.1, "0.10"),
    ("money", 1e300, "1e+300"),
    ("money", 10**400, "?"),
    ("money", "1,20", "1,20"),
    ("money", "1" + ",000" * 4, "1000000000000"),
    ("money", "1" + ",000" * 5_000, "1" + ",000" * 5_000),
    ("money", "1.005", "1.005"),
    ("money", True, False),
    ("born", {"year": "１９６９", "month": "1", "day": "02"}, "1969-01-02"),
    ("born", {"year": "1969", "month": "", "day": ""}, "1969--"),
    ("born", {"year": "", "month": " ", "day": None}, None),
    ("born", {"year": ["1969"], "month": "1", "day": "1"}, False),
    ("born", {"years": "1969"}, False),
    ("born", "1969年1月2日", "1969-01-02"),
    ("born", "19690102", "1969-01-02"),
    ("born", "1969/2/30", "1969-02-30"),
    ("paid_on", {"year": "2026", "month": "1", "day": "5"}, "2026-01-05"),
    ("resident_id", "650203-19690101 000x", "65020319690101000X"),
    ("resident_id", "６５０２０３", "650203"),
    ("phone", "+86 139-1234-5678", "13912345678"),
    ("phone", "0990 6221234", "0990-6221234"),
    ("phone", "(0990)6221234", "0990-6221234"),
    ("phone", "09906221234", "0990-6221234"),
    ("phone", "010—62345678", "010-62345678"),
    ("phone", "6221234", "6221234"),
    ("phone", "没有", "没有"),
    ("bank_card", "4111 1111-1111 1111", "4111111111111111"),
    ("credit_code", "91110000 600037341l", "91110000600037341L"),
    ("consent", "on", True),
    ("consent", False, None),
    ("community", " unknown ", "unknown"),
    ("group", [{}, {"name": " "}, None, "", {"name": "甲"}], [{"name": "甲"}]),
    ("group", "x", "?"),
    ("group", [3], [{UNKNOWN_PROPERTY: True}]),
    ("group", [{"name": "甲", "income": "5"}], [{"name": "甲"}]),
    ("group", [{"name": "甲", "works": "yes", "income": "5"}], [{"name": "甲", "works": True, "income": "5"}]),
    *(("name", f"买买提{dot}艾力", "买买提·艾力") for dot in "·•‧・･∙⋅᛫⸱"),
    ("name", "买买提 · 艾力", "买买提·艾力"),
    ("name", " \u200c · \u200d· 艾力 ", "··艾力"),
    ("name", "a\u200d\u0301", "á"),
    ("name", "O’Neil Anna‐Maria", "O'Neil Anna-Maria"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "answer"), READ)
def test_reading(name: str, typed: Any, answer: Any, every_kind: Form) -> None:
    expected = {} if answer is None else {name: answer}
    assert fill(every_kind, {name: typed}) == expected
    assert fill(every_kind, expected) == expected


def test_a_question_the_form_does_not_know_leaves_no_name(every_kind: Form) -> None:
    assert fill(every_kind, {"ethnicity": "x", "\ud800": 1}) == {UNKNOWN_PROPERTY: True}
    assert fill(every_kind, ["not", "an", "object"]) == {UNKNOWN_PROPERTY: True}


def test_an_answer_that_is_not_asked_takes_what_hangs_on_it_along(every_kind: Form) -> None:
    answers = {"choices": ["x"], "deeper": True, "deepest": 3}
    assert fill(every_kind, answers) == answers
    assert fill(every_kind, {**answers, "choices": ["y"]}) == {"choices": ["y"]}
    assert fill(every_kind, {**answers, "deeper": False}) == {"choices": ["x"], "deeper": False}


def test_two_conditions_must_both_hold(every_kind: Form) -> None:
    assert "both_hold" in fill(every_kind, {"choice": "b", "yes_no": True, "both_hold": "x"})
    assert "both_hold" not in fill(every_kind, {"choice": "b", "yes_no": False, "both_hold": "x"})
    assert "both_hold" not in fill(every_kind, {"choice": "a", "yes_no": True, "both_hold": "x"})


def test_a_group_far_too_long_is_cut_to_one_too_many(every_kind: Form) -> None:
    assert len(fill(every_kind, {"group": [{"name": "甲"}] * 50})["group"]) == 4


# Unicode 15's Default_Ignorable_Code_Point, which Python does not know.
IGNORABLE = [
    *map(chr, (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0)),
    *(chr(code) for first, last in (
        (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ) for code in range(first, last + 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["plain_text", "long_text", "name", "money", "choice", "phone", "resident_id", "integer"]
)
def test_what_shows_nothing_is_no_answer(name: str, every_kind: Form) -> None:
    for char in (*IGNORABLE, "\u2800", "\ufffc"):
        assert fill(every_kind, {name: f" {char}\n{char}"}) == {}, f"U+{ord(char):04X}"
    for char in "\u3164\u200d\ufe0f\u2800\U000e0041":
        assert fill(every_kind, {name: char * 20_000}) == {}


@pytest.mark.parametrize("typed", ["甲" * 20_000, "ﷺ" * 20_000, "a\u0301" * 20_000, "·" * 20_000])
def test_what_is_far_too_long_is_left_whole_and_refused(
    typed: str, every_kind: Form, every_kind_checker: Checker
) -> None:
    """Nothing is cut: a shorter text would be somebody's answer that nobody gave."""
    for name in ("plain_text", "long_text", "name", "money", "phone", "resident_id", "community"):
        instance = fill(every_kind, {name: typed, "choice": "a", "consent": True})
        assert instance[name] == typed
        assert [error.pointer for error in every_kind_checker.check(instance)] == [f"/{name}"]
        assert fill(every_kind, instance) == instance


def test_the_first_items_that_say_something_are_kept(every_kind: Form) -> None:
    tree = {"group": [{"name": " "}] * 300 + [{"name": "甲"}]}
    assert fill(every_kind, tree) == {"group": [{"name": "甲"}]}
    assert cut_groups(every_kind, tree) == {"group": [{"name": "甲"}]}
    few = {"group": [{}, {"name": "甲"}, {}], "other": 1}
    assert cut_groups(every_kind, few) == few
    assert len(drop_blank_items(every_kind, {"group": [{"name": "甲"}] * 50})["group"]) == 4


def test_blank_items_leave_the_tree_as_they_leave_the_instance(every_kind: Form) -> None:
    tree = {"group": [{"name": ""}, {"name": " 甲 "}], "name": " 乙 "}
    assert drop_blank_items(every_kind, tree) == {"group": [{"name": " 甲 "}], "name": " 乙 "}
