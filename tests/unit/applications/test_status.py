"""The words residents read stand in one table, and it is whole."""

from __future__ import annotations

from doorstep.applications.status import EVENTS, OPEN, RECEIPT_FIRST_LINE, STATUSES


def test_every_status_and_event_has_its_words() -> None:
    assert {words.status for words in EVENTS.values() if words.status} <= STATUSES.keys()
    assert STATUSES.keys() > OPEN
    assert STATUSES.keys() <= {words.status for words in EVENTS.values()}
    assert all(all(words) for words in STATUSES.values())


def test_received_is_never_said_to_be_accepted() -> None:
    assert RECEIPT_FIRST_LINE == "我们收到了您的申请，还没有正式受理"
    assert "还没有正式受理" in STATUSES["received"].title
    assert EVENTS["received"].line == RECEIPT_FIRST_LINE


def test_the_words_are_plain() -> None:
    said = "".join("".join(words) for words in STATUSES.values()) + "".join(words.line for words in EVENTS.values())
    for jargon in ("申请人", "当事人", "系统", "审核中", "提交成功", "用户", "数据", "工作日"):
        assert jargon not in said
