"""What whoever calls, or goes there, says: who we are, what has happened, what to do now; never an answer, a reason, or
a question that a cheat would ask.
"""

from __future__ import annotations

from doorstep.counter.telling import Due

_NEWS = {
    "returned": (
        "工作人员看过您的申请了，有几处要您改一改、补一补，一次都写清楚了。",
        "请您用编号和查询码打开网页，照着写的改好再交；要带材料的，带到窗口来。不会上网，我们窗口打印给您、帮您改。",
    ),
    "accepted": (
        "您的申请正式受理了，已经开始办。",
        "您现在不用做什么。想知道办到哪一步，用编号和查询码在网页上看。",
    ),
    "extended": (
        "您的申请情况特殊，办理的时间延长了。",
        "理由和新的日期，您用编号和查询码在网页上看。不会上网，就到我们窗口来，我们打印给您。",
    ),
    "approved": (
        "您的申请有决定了：同意了。",
        "决定写在网页上，用编号和查询码就能看、能打印。不会上网，就到我们窗口来拿。",
    ),
    "refused": (
        "您的申请有决定了：这次没有同意。",
        "理由，还有不服怎么办，都写在决定里，用编号和查询码在网页上看。不会上网，就到我们窗口来拿。",
    ),
    "not_accepted": (
        "您的申请这次没有正式受理。",
        "理由，还有不服怎么办，都写清楚了，用编号和查询码在网页上看。不会上网，就到我们窗口来拿。",
    ),
    "transferred": (
        "您申请的事归别的部门管，已经转过去了。",
        "转到了哪个部门，用编号和查询码在网页上看。不会上网，就到我们窗口来问。",
    ),
    "code_issued": (
        "您的查询码换过了，是您本人到窗口办的吗？",
        "（对方说是：告诉他原来的查询码不能用了。说不是：请他马上来窗口，或者打12345；再报告领导，查清楚是谁办的。）",
    ),
    "ended": (
        "您的申请停止办理了。",
        "理由写清楚了，用编号和查询码在网页上看。不会上网，就到我们窗口来问。",
    ),
}
_OTHERWISE = ("您的申请有新消息。", "用编号和查询码在网页上看。不会上网，就到我们窗口来问。")


_NEVER = "我们不问您的编号和查询码，也不问银行卡号、密码和短信验证码。谁来问，您都别说；不放心，打12345核实。"
_ACCOUNT = (
    "钱打到哪里，请您用编号和查询码在网页上填收款账户，或者到我们窗口填。电话里不用说，我们也不记。",
    "我们不问您的编号和查询码，也不问银行卡号、密码和短信验证码，不会叫您转钱。谁来问，您都别说；不放心，打12345核实。",
)


def script(due: Due, *, office: str, service: str, account: bool = False) -> tuple[str, ...]:
    """The lines to say, in order, for this notice; `office` and `service` are titles ("" for a service that is gone).
    `account`: one is asked for now (`telling.asks_account`).

    What happened is said only once the person has said that the application is theirs: others may pick up.
    """
    news, now = _NEWS.get(due.kind, _OTHERWISE)
    news = _NEWS["accepted"][0] + news if due.accepted_too else news
    what = f"“{service}”" if service else ""
    return (
        *(_at_the_door if due.visit else _on_the_phone)(office),
        f"您交的{what}申请，有新消息告诉您。{news}",
        now,
        *(_ACCOUNT if account else (_NEVER,)),
    )


def _on_the_phone(office: str) -> tuple[str, str]:
    return (
        f"您好，我是{office}的工作人员。请问您最近在网上、社区或者街道交过申请吗？",
        "（对方说没有，或者不是本人：只说“那打扰了”，不说是什么事，结果选“没找到人”。）",
    )


def _at_the_door(office: str) -> tuple[str, str]:
    """Neighbours listen, and whoever opens may be a relative who knows nothing of it."""
    return (
        f"您好，我是{office}的工作人员，请看我的工作证。请问您最近在网上、社区或者街道交过申请吗？",
        "（只和本人说。对方说没有，或者不是本人：只说“那打扰了”，不说是什么事，也不给他纸，结果选“没找到人”。）",
    )
