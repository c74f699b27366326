"""Everything that can go wrong in the office, in one table: status and words for staff."""

from __future__ import annotations

from weblib.lazily import view
from weblib.problems import Failing, Kind, ProblemError

KINDS: dict[str, Kind] = {
    "unreadable": Kind(400, "这次提交的内容读不懂", "没有存下任何东西。请回到上一页重新提交。"),
    "cut-off": Kind(400, "内容没有传完", "没有存下任何东西。请回到上一页再提交一次。"),
    "from-elsewhere": Kind(403, "这一页是从别的网站转过来的", "没有存下任何东西。请从办事窗口的页面里重新办理。"),
    "page-too-old": Kind(403, "这一页已经失效", "没有存下任何东西。请回到上一页，刷新以后重新提交。"),
    "signed-out": Kind(
        401,
        "您已经退出登录",
        "这一次没有存下任何东西。写的内容还在上一页：请先登录，再按浏览器的“返回”，复制下来，刷新那一页重新提交。",
    ),
    "link-refused": Kind(403, "这条登录链接不能用", "一条链接只能用一次，24小时内有效。请管理员重新给您一条。"),
    "attempt-refused": Kind(403, "没有登录上", "登录中途停了，或者等得太久。请重新登录。"),
    "not-yours": Kind(403, "您的岗位不能办这一步", "没有存下任何东西。请交给有这个权限的同事办理。"),
    "unknown-page": Kind(404, "没有这个页面", "请核对地址，或者回首页重新找。"),
    "not-found": Kind(404, "没有找到这份申请", "请核对编号。不归本窗口办理的申请，这里也查不到。"),
    "reference-mistyped": Kind(404, "编号有误", "编号里有一位对不上，请对照回执逐组核对。"),
    "wrong-method": Kind(405, "这个地址不能这样用", "没有存下任何东西。"),
    "too-slow": Kind(408, "网络太慢，内容没有传完", "没有存下任何东西。请回到上一页再提交一次。"),
    "begin-again": Kind(409, "这一页不能再用了", "这一次没有存下任何东西。请重新打开这份申请，再办一次。"),
    "already-taken": Kind(409, "这一步已经办过了", "后来写的没有存。请重新打开这份申请，看现在办到哪一步。"),
    "another-office": Kind(
        403, "这份申请不在您的单位", "它可能已经转给别的单位接着办，或者编号不是您这里的。什么都没有改动。"
    ),
    "reason-unknown": Kind(422, "请先选为什么看", "没有打开，也没有记下任何东西。请回到这份申请，选一个理由再打开。"),
    "not-possible": Kind(409, "这一步现在不能办", "什么都没有改动。请重新打开这份申请，看现在办到哪一步。"),
    "moved": Kind(409, "情况变了，这一步没有办", "您打开页面以后，这份申请又有了新的进展。请重新打开再看。"),
    "unfinished": Kind(422, "还没有填完", "没有存下任何东西。请回到上一页，按提示补齐。"),
    "told-already": Kind(409, "已经通知过了", "同事已经记下了结果，或者又有了新的进展。没有再记。"),
    "not-open": Kind(409, "这份申请现在不能办这一步", "什么都没有改动。请重新打开这份申请，看现在办到哪一步。"),
    "too-large": Kind(413, "内容太多", "没有存下任何东西。一次最多能收64KB的文字，请缩短后再提交。"),
    "full": Kind(
        409,
        "这份申请来回的次数太多，记不下了",
        "没有存下任何东西，写短一些也没有用。请作出决定，或者终止办理后请居民重新申请；都办不了，请告诉系统管理员。",
    ),
    "wrong-type": Kind(415, "这种格式收不了", "没有存下任何东西。请用页面上的表格提交。"),
    "too-many": Kind(429, "试错的次数太多了", "请过几分钟再试。"),
    "tampered": Kind(
        500, "这份申请的记录对不上", "存储的内容与签名不一致，所以不显示。请不要继续办理，马上告诉系统管理员。"
    ),
    "broken": Kind(500, "系统出错", "请过一会儿再试；同一页再提交一次，不会办成两次。"),
    "provider-failed": Kind(
        503, "现在不能用单位账号登录", "单位账号系统没有答复，或者答复不对。请过几分钟再试；还不行，请告诉系统管理员。"
    ),
    "not-stored": Kind(503, "没有存上", "系统一时存不了东西，这一次没有存下任何东西。请过几分钟再提交一次。"),
    "outcome-unknown": Kind(503, "还不知道存上没有", "请过一会儿在同一页再提交一次，不会办成两次。"),
    "unavailable": Kind(503, "现在查不了", "系统一时读不了东西，请过几分钟再试。"),
}
"""'Nothing was stored' is said only where that is certain."""

GUESSES = frozenset(("reference-mistyped", "link-refused", "attempt-refused"))
"""What whoever tries things out meets: counted by network."""


def problem_of(error: Exception, *, storing: bool) -> ProblemError | None:
    """The problem an exception of the rooms below stands for, or None: then it is a fault of ours.

    `storing` says whether the request was to store something.
    """
    if isinstance(error, ProblemError):
        return error
    from doorstep.applications import errors, store  # noqa: PLC0415 — only a request that failed pays for it
    from doorstep.counter import errors as counter  # noqa: PLC0415
    from doorstep.counter.steps import OBSTACLES  # noqa: PLC0415
    from doorstep.counter.telling import ToldAlready  # noqa: PLC0415

    if isinstance(error, counter.NotPossible):
        return ProblemError("not-possible", detail=f"{OBSTACLES[error.obstacle]}。什么都没有改动。")
    simple: list[tuple[type[Exception], str]] = [
        (errors.Mistyped, "reference-mistyped"),  # a NotFound too, so it stands first
        (errors.NotFound, "not-found"),
        (errors.NotOpen, "not-open"),
        (errors.MalformedKey, "begin-again"),
        (errors.AlreadyTaken, "already-taken"),  # an EventIdTaken too, so it stands first
        (errors.EventIdTaken, "begin-again"),
        (store.HeadFull, "full"),  # a TooLarge too, so it stands first
        (store.TooLarge, "too-large"),
        (errors.Tampered, "tampered"),
        (counter.NotYours, "another-office"),
        (counter.ReasonUnknown, "reason-unknown"),
        (counter.Moved, "moved"),
        (counter.Unfinished, "unfinished"),
        (ToldAlready, "told-already"),
    ]
    for raised, kind in simple:
        if isinstance(error, raised):
            return ProblemError(kind)
    if isinstance(error, store.OutcomeUnknown) and storing:
        return ProblemError("outcome-unknown", headers={"Retry-After": "5"})
    if isinstance(error, store.StoreError):
        return ProblemError("not-stored" if storing else "unavailable", headers={"Retry-After": "10"})
    return None


FAILING = Failing(KINDS, GUESSES, problem_of, view("office.pages", "problem_page"))
