"""A site is built anew when something it says is no longer so, the address on its printed notices too."""

from __future__ import annotations

import pytest

from doorstep.building import is_current

HERE, ELSEWHERE, ORIGIN = "http://127.0.0.1:8000", "http://127.0.0.1:9000", "https://www.example.org"


@pytest.mark.parametrize(
    ("stamp", "origin", "here", "current"),
    [
        ("a", "", "", True),
        ("b", "", "", False),
        (f"b {HERE}", "", HERE, False),
        (f"a {HERE}", "", HERE, True),
        (f"a {HERE}", "", ELSEWHERE, False),
        ("a ", "", HERE, True),  # it names no address, so it names no wrong one
        ("a ", ORIGIN, HERE, False),
        (f"a {HERE}", ORIGIN, HERE, False),
        (f"a {ORIGIN}", ORIGIN, ELSEWHERE, True),
        (f"a {ORIGIN}", "", "", True),  # the office builds for no address: it takes what stands
    ],
)
def test_what_stands_is_taken_while_it_is_right(stamp: str, origin: str, here: str, *, current: bool) -> None:
    assert is_current(stamp, "a", origin=origin, here=here) is current
