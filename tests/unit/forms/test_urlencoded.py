from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.forms.errors import BodyUnreadable
from doorstep.forms.urlencoded import MAX_PAIRS, parse_form_body


def test_controls_and_tree_are_told_apart() -> None:
    body = "_do=check&_key=&name=%E7%94%B2+%E4%B9%99&choices=x&choices=y&born-year=1969&born-month=&born-day=2"
    assert parse_form_body(body) == (
        {"_do": "check", "_key": ""},
        {"name": "甲 乙", "choices": ["x", "y"], "born": {"year": "1969", "month": "", "day": "2"}},
    )


def test_a_groups_items_become_a_list_in_their_order() -> None:
    body = "group-10-name=c&group-2-name=b&group-0-name=a&group-0-born-year=1&group-0-born-month=2"
    assert parse_form_body(body)[1] == {
        "group": [{"name": "a", "born": {"year": "1", "month": "2"}}, {"name": "b"}, {"name": "c"}]
    }


def test_names_no_form_has_stay_as_they_are() -> None:
    assert parse_form_body("a-b-c-d=1&foo%5B%5D=2&0=3&=4&x")[1] == {
        "a-b-c-d": "1",
        "foo[]": "2",
        "0": "3",
        "": "4",
        "x": "",
    }


@pytest.mark.parametrize(
    "body",
    ["a=%FF", "a=1&a-year=2", "a-year=2&a=1", "a=1&" * (MAX_PAIRS + 1), "a" * 200 + "=1"],
    ids=lambda body: body[:12],
)
def test_what_no_browser_sends_is_refused_without_quoting_it(body: str) -> None:
    with pytest.raises(BodyUnreadable) as refused:
        parse_form_body(body)
    assert refused.value.__cause__ is None
    assert "%FF" not in str(refused.value)


@given(body=st.text(max_size=60) | st.text("a0-_&=%2F[]+", max_size=60))
@settings(deadline=None, database=None, max_examples=300)
def test_any_text_is_read_or_refused(body: str) -> None:
    try:
        controls, tree = parse_form_body(body)
    except BodyUnreadable:
        return
    assert all(name.startswith("_") for name in controls)
    assert not any(name.startswith("_") for name in tree)
