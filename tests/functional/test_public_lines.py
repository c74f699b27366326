"""What a problem's page says: public lines are dialled by one touch, and nothing taken before is called lost."""

from __future__ import annotations

from chalicelib.pages import render
from chalicelib.problems import KINDS


def test_a_public_line_that_words_name_is_dialled_by_one_touch() -> None:
    for said in (KINDS["full"].detail, "<b>不服，打12348问"):
        page = render("notice.html", title="", text=said, alert=False)
        assert page.count('<a href="tel:123') == 1
        assert "<b>" not in page


def test_nothing_is_said_to_be_lost_that_was_taken_before() -> None:
    for kind in ("files-too-large", "busy"):
        assert KINDS[kind].detail.startswith("这一次没有存下任何东西。以前传的都在。")
