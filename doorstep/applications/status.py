"""What residents read about where an application stands: the one table of words."""

from __future__ import annotations

from typing import NamedTuple


class StatusWords(NamedTuple):
    """A status in plain Chinese: what it is called, what it means, what to do now."""

    title: str
    meaning: str
    now: str


class EventWords(NamedTuple):
    """An event's public line, the status it leads to (None: the status stays), the role that may sign it, and the
    statuses it may be taken from (none: it is the first event).
    """

    line: str
    status: str | None
    signed_by: str
    taken_from: frozenset[str]


RECEIPT_FIRST_LINE = "我们收到了您的申请，还没有正式受理"

OPEN = frozenset({"received", "returned", "accepted"})
"""The statuses an application can be withdrawn from."""

STATUSES: dict[str, StatusWords] = {
    "received": StatusWords(
        "收到了，还没有正式受理",
        "您的申请已经在我们这里，工作人员还没有看完。正式受理，就是正式收下开始办。",
        "现在不用做什么。请留好编号和查询码，过几天再来看看。",
    ),
    "returned": StatusWords(
        "要改一改、补一补",
        "工作人员看过了，有几处要您改一改，或者补上。",
        "请照下面写的，一次改好再交。",
    ),
    "accepted": StatusWords(
        "正式受理了",
        "申请的内容齐了，已经正式收下，开始办了。",
        "现在不用做什么。工作人员可能会联系您，或者上门了解情况。",
    ),
    "approved": StatusWords(
        "同意了",
        "您的申请办成了。",
        "请看下面的决定。",
    ),
    "refused": StatusWords(
        "没有同意",
        "这次的申请没有办成，理由写在决定里。",
        "请看下面的决定。不服的话，可以照决定里写的办法提出来。",
    ),
    "not_accepted": StatusWords(
        "没有正式受理",
        "这次的申请没有收下来办，理由写在下面。",
        "请看下面的理由。有不明白的，可以打12345问。",
    ),
    "transferred": StatusWords(
        "转到别的部门了",
        "这件事归别的部门管，您的申请已经转过去。",
        "请看下面写的是哪个部门。",
    ),
    "ended": StatusWords(
        "办理停止了",
        "您的申请不再往下办，理由写在下面。",
        "请看下面的理由。有不明白的，可以打12345问。",
    ),
    "withdrawn": StatusWords(
        "您已经撤回",
        "这份申请不再往下办了。",
        "现在不用做什么。以后要办，可以重新申请。",
    ),
}

_UNDECIDED = frozenset({"received", "returned"})
_ACCEPTED = frozenset({"accepted"})

EVENTS: dict[str, EventWords] = {
    "received": EventWords(RECEIPT_FIRST_LINE, "received", "intake", frozenset()),
    "returned": EventWords("工作人员请您改一改、补一补", "returned", "office", frozenset({"received", "accepted"})),
    "corrected": EventWords("收到了您改好、补好的内容", "received", "intake", frozenset({"returned"})),
    "accepted": EventWords("正式受理了", "accepted", "office", _UNDECIDED),
    "approved": EventWords("同意了您的申请", "approved", "office", _ACCEPTED),
    "refused": EventWords("没有同意您的申请", "refused", "office", _ACCEPTED),
    "not_accepted": EventWords("没有正式受理您的申请", "not_accepted", "office", _UNDECIDED),
    "transferred": EventWords("转到了别的部门", "transferred", "office", OPEN),
    "ended": EventWords("停止了办理", "ended", "office", OPEN),
    "withdrawn": EventWords("您撤回了申请", "withdrawn", "intake", OPEN),
}
