"""What residents read about where an application stands: the one table of words."""

from __future__ import annotations

from typing import NamedTuple


class StatusWords(NamedTuple):
    """A status in plain Chinese: what it is called, what it means, what to do now."""

    title: str
    meaning: str
    now: str


class EventWords(NamedTuple):
    """An event's public line, the status it leads to (None: the status stays), the role that may sign it, the
    statuses it may be taken from (none: it is the first event), whether the resident must be told of it, and whether
    it seals something: what was asked, corrected, decided, or why (`journal.purpose_of`).
    """

    line: str
    status: str | None
    signed_by: str
    taken_from: frozenset[str]
    told: bool = False
    seals: bool = False


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
        "请看下面的理由。有不明白的，打12345问。",
    ),
    "transferred": StatusWords(
        "转到别的部门了",
        "这件事归别的部门管，您的申请已经转过去。",
        "这里不用再做什么。下面写着转到了哪个部门：要不要再交什么、办到哪一步，都问那个部门；不知道怎么找，打12345问。",
    ),
    "ended": StatusWords(
        "办理停止了",
        "您的申请不再往下办，理由写在下面。",
        "请看下面的理由。有不明白的，打12345问。",
    ),
    "withdrawn": StatusWords(
        "您已经撤回",
        "这份申请不再往下办了。",
        "现在不用做什么。",
    ),
}

AGAIN = {
    "refused": "缺的补齐了、情况变了，可以重新申请。",
    "not_accepted": "补齐了可以重新申请。",
    "ended": "补齐了可以重新申请。",
    "withdrawn": "以后要办，可以重新申请。",
}
"""Closed in a way after which one may apply again, and what says so."""

NOT_HERE_NOW = "这里现在不收这项申请；以后要办，打12345问到哪里办。"
"""Said instead while one cannot apply here."""

_FIELDS_ONLY = StatusWords(
    "要改一改",
    "工作人员看过了，有几处要您改一改。",
    "请照下面写的，一次改好再交。",
)
_PAPERS_ONLY = StatusWords(
    "要补材料",
    "工作人员看过了，网上填的不用改，还缺下面写的材料。",
    "请照下面写的，把材料一次带到窗口。",
)
_BOTH = StatusWords(
    "要改一改、补一补",
    "工作人员看过了，有几处要您在网上改，还有材料要您带到窗口。",
    "请照下面写的，在网上一次改好再交，再把材料带到窗口。",
)
_CAME_BACK = StatusWords(
    "改好的收到了，工作人员再看一遍",
    "您在网上改的内容已经在我们这里，工作人员还没有看完。",
    "网上现在不用做什么。又看到有填错的，打12345说，或者到窗口告诉工作人员，他们可以再请您改。",
)
_STILL_TO_BRING = "还要做：把下面写的材料带到窗口；已经带过的，不用再带。"


def status_words(
    status: str, *, fields: bool = False, papers: bool = False, came_back: bool = False, offered: bool = True
) -> StatusWords:
    """The words for one application. `fields` and `papers`: what its newest notice still waits for; `came_back`: its
    resident corrected, and nobody has looked since; `offered`: one can apply for this here now.
    """
    if status == "returned":
        return _BOTH if fields and papers else _PAPERS_ONLY if papers else _FIELDS_ONLY
    words = _CAME_BACK if came_back and status in OPEN else STATUSES[status]
    if status in AGAIN:
        return words._replace(now=words.now + (AGAIN[status] if offered else NOT_HERE_NOW))
    if papers and status in OPEN:
        return words._replace(now=_STILL_TO_BRING + (words.now if came_back else ""))
    return words


CLOSED = frozenset(STATUSES) - OPEN
"""The statuses in which nothing more is decided; a code can still be replaced, and a resident still be told."""

_UNDECIDED = frozenset({"received", "returned"})
_ACCEPTED = frozenset({"accepted"})
_APPROVED = frozenset({"approved"})
_ANY = frozenset(STATUSES)

EVENTS: dict[str, EventWords] = {
    "received": EventWords(RECEIPT_FIRST_LINE, "received", "intake", frozenset()),
    "returned": EventWords("工作人员请您改一改、补一补", "returned", "office", OPEN, told=True, seals=True),
    "corrected": EventWords("收到了您在网上改的内容", "received", "intake", frozenset({"returned"}), seals=True),
    "accepted": EventWords("正式受理了", "accepted", "office", _UNDECIDED, told=True, seals=True),
    "advanced": EventWords("办到了下一步", None, "office", _ACCEPTED),
    "extended": EventWords("情况特殊，办理时间延长了", None, "office", _ACCEPTED, told=True, seals=True),
    "assigned": EventWords("转给了负责的单位接着办", None, "office", OPEN, seals=True),
    "approved": EventWords("同意了您的申请", "approved", "office", _ACCEPTED, told=True, seals=True),
    "refused": EventWords("没有同意您的申请", "refused", "office", _ACCEPTED, told=True, seals=True),
    "not_accepted": EventWords("没有正式受理您的申请", "not_accepted", "office", _UNDECIDED, told=True, seals=True),
    "transferred": EventWords("转到了别的部门", "transferred", "office", OPEN, told=True, seals=True),
    "ended": EventWords("停止了办理", "ended", "office", OPEN, told=True, seals=True),
    "withdrawn": EventWords("您撤回了申请", "withdrawn", "intake", OPEN, seals=True),
    "supplied": EventWords("收到了您填的收款账户", None, "intake", _APPROVED, seals=True),
    "notified": EventWords("通知到您了", None, "office", _ANY),
    "code_voided": EventWords("原来的查询码作废了", None, "office", _ANY, seals=True),
    "code_issued": EventWords("在窗口换了新的查询码", None, "office", _ANY, told=True),
}
