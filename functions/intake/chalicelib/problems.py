"""Everything that can go wrong, in one table: status and words for programs and for people (RFC 9457)."""

from __future__ import annotations

from weblib.lazily import view
from weblib.problems import Failing, Kind, ProblemError

KINDS: dict[str, Kind] = {
    "unreadable": Kind(400, "这次发来的内容读不懂", "这一次没有存下任何东西。请回到表格，重新提交一次。"),
    "cut-off": Kind(400, "内容没有传完", "这一次没有存下任何东西。请回到上一页，再点一次。"),
    "key-unreadable": Kind(400, "这份表格的编码不完整", "这一次没有存下任何东西。请回到表格，重新点“继续”。"),
    "code-missing": Kind(401, "没有带查询码", "用 Authorization: Bearer 查询码 的方式带上查询码。"),
    "from-elsewhere": Kind(
        403,
        "这一页是从别的网站转过来的",
        "没有存下任何东西，带过来的内容也没有用。为了别人看不到您填的东西，请在本网站的空白页面里从头填。",
    ),
    "unknown-form": Kind(404, "没有这份表格", "没有存下任何东西。请从首页重新找要办的事。"),
    "not-offered": Kind(
        404,
        "这件事现在不能在网上申请",
        "这一次没有存下任何东西。请到办事窗口办，或者打12345问。以前交了、有回执的申请照常办，可以用编号和查询码查办到哪一步。",
    ),
    "unknown-page": Kind(404, "没有这个页面", "没有存下任何东西。请从首页重新找。"),
    "not-found": Kind(
        404,
        "没有找到这份申请",
        "编号或查询码有一个不对。请对着抄下来的两行，一组一组地再看一遍。在窗口换过查询码的，旧的不能用了，请用新的。",
    ),
    "reference-mistyped": Kind(
        404, "编号好像抄错了", "编号里有一位对不上。请对着抄下来的编号，一组一组地再看一遍；大小写和横线不要紧。"
    ),
    "takes-no-files": Kind(404, "这份表格不收照片和文件", "没有存下任何东西。要交什么，看这件事的办事指南。"),
    "wrong-method": Kind(405, "这个地址不能这样用", "没有存下任何东西。"),
    "too-slow": Kind(408, "网络太慢，内容没有传完", "这一次没有存下任何东西。请在信号好的地方，回到上一页再点一次。"),
    "already-submitted": Kind(
        409, "这份申请已经收到了", "后来改的内容没有存。要改内容，请拿着回执到办事窗口，或者撤回后重新申请。"
    ),
    "begin-again": Kind(409, "这一页不能再用了", "这一次没有存下任何东西。请从头打开这个页面，再做一次。"),
    "already-taken": Kind(409, "这一步已经办过了", "后来写的没有存。可以用编号和查询码看现在办到哪一步。"),
    "not-open": Kind(
        409, "这份申请现在不能撤回", "它已经撤回或者办结了，什么都没有改动。可以用编号和查询码看现在办到哪一步。"
    ),
    "not-returned": Kind(
        409,
        "这份申请现在不用改",
        "这一次没有存下任何东西。可能已经改好、收到了，或者又有了新的要求：请用编号和查询码再看一遍进度。",
    ),
    "asked-more": Kind(
        409,
        "工作人员又加了几处",
        "这一次没有存下任何东西。请用编号和查询码再看一遍，照新的要求，一次改好再交。",
    ),
    "not-extended": Kind(409, "办理时间没有延长过", "请用编号和查询码看现在办到哪一步。"),
    "not-decided": Kind(409, "这份申请还没有结果", "请用编号和查询码看现在办到哪一步。"),
    "not-asked-after": Kind(
        409,
        "这份申请现在不用填收款账户",
        "这一次没有存下任何东西。收款账户要等批准了才问：请用编号和查询码看现在办到哪一步。",
    ),
    "supplied-often": Kind(
        409,
        "收款账户填的次数太多了",
        "这一次填的没有存，以前面最后一次收到的为准。还要改的，请到办事窗口和工作人员说。",
    ),
    "retired-form": Kind(410, "这份表格已经换了新的", "没有存下任何东西。请在新的表格里把您填的内容看一遍，再提交。"),
    "too-large": Kind(413, "内容太多了", "这一次没有存下任何东西。一次最多能收64KB的文字，请把写得长的地方缩短一些。"),
    "files-too-large": Kind(
        413,
        "照片或PDF太大了，没有传上来",
        "这一次没有存下任何东西。以前传的都在。请退回上一页，您填的内容还在那里。一次最多能传4MB：请一张一张地选，或者把手机照相的清晰度调低一些再拍。",
    ),
    "full": Kind(
        409,
        "这份申请来回的次数太多，记不下了",
        "这一次没有存下任何东西，写短一些也没有用。请打12345，把编号告诉工作人员，或者到办事窗口，请他们接着办。",
    ),
    "wrong-type": Kind(415, "这种格式收不了", "这一次没有存下任何东西。请用网站上的表格提交。"),
    "search-words": Kind(422, "不知道要找什么", "写1到60个字再找，比如“低保”。标点和空格不算。"),
    "words-refused": Kind(
        422,
        "这几个字不能留下",
        "什么都没有留下。只收1到60个字，不收电话、证件号、邮箱这样能找到人的号码，数字一多也不收。要问事，请打12345。",
    ),
    "invalid": Kind(422, "有的地方要改", "这一次没有存下任何东西。请按每一处的提示改好，再提交。"),
    "too-many": Kind(
        429, "试错的次数太多了", "请过几分钟再试。您的申请好好的，没有受影响；编号和查询码都对，随时能查。"
    ),
    "too-many-words": Kind(429, "发得太多了", "这几个字没有留下。请过几分钟再发，或者打12345问。"),
    "too-many-files": Kind(429, "传得太多了", "这一次没有收下。您填的和以前传的都在，请过几分钟再传。"),
    "tampered": Kind(
        500,
        "这份申请的记录对不上",
        "我们存的东西前后不一致。为了不让您看到错的内容，这一页不显示。请打12345，把编号告诉工作人员。",
    ),
    "broken": Kind(500, "网站出了毛病", "这不是您的错。请过一会儿再试；同一份表格再交一次，不会交成两份。"),
    "busy": Kind(
        503,
        "现在传照片的人太多，这一次没有收下",
        "这一次没有存下任何东西。以前传的都在。请退回上一页，您填的内容还在那里。过一分钟再点一次，就能接着传。",
    ),
    "enough-words": Kind(503, "今天收够了", "这几个字没有留下，请明天再发。要问事，请打12345。"),
    "files-unavailable": Kind(
        503,
        "还没有交：现在看不到您传的照片",
        "这一次没有存下任何东西，您填的和传的都在。请别关页面，过几分钟再点一次。急着办的，可以把材料带到办事窗口。",
    ),
    "not-stored": Kind(503, "没有存上", "网站一时存不了东西，这一次没有存下任何东西。请别关页面，过几分钟再点一次。"),
    "outcome-unknown": Kind(
        503, "还不知道存上没有", "请别关页面，过一会儿再点一次：已经存上的不会变成两份，没存上的会存上。"
    ),
    "unavailable": Kind(503, "现在查不了", "网站一时读不了东西，请过几分钟再试。"),
}
"""Public words. 'Nothing was stored' is said only where that is certain, and of this time alone: older papers stay."""


GUESSES = frozenset(("not-found", "reference-mistyped"))
"""What whoever tries out references and codes meets: counted by network."""


def not_open(status: str) -> ProblemError:
    """It cannot be withdrawn any more, because it is closed by now: says how."""
    from doorstep.applications.status import STATUSES  # noqa: PLC0415 — as below

    said = f"它现在是“{STATUSES[status].title}”，这一次什么都没有改动。" if status in STATUSES else ""
    return ProblemError("not-open", detail=said + "可以用编号和查询码看是怎么办的。" if said else None)


def problem_of(error: Exception, *, storing: bool) -> ProblemError | None:
    """The problem an exception of the rooms below stands for, or None: then it is a fault of ours.

    `storing` says whether the request was to store something: "not stored" frightens who only looks.
    """
    if isinstance(error, ProblemError):
        return error
    # Imported here: only a request that failed pays for modules it may not have needed.
    from doorstep.applications import errors, store  # noqa: PLC0415
    from weblib.moments import beijing_time  # noqa: PLC0415

    if isinstance(error, errors.NotOpen) and not isinstance(error, errors.NotReturned):
        return not_open(error.status)
    if isinstance(error, errors.AlreadySubmitted):
        received = f"这份申请已经在{beijing_time(error.received_at)}收到了。"
        return ProblemError("already-submitted", detail=received + KINDS["already-submitted"].detail)
    simple: list[tuple[type[Exception], str]] = [
        (errors.Mistyped, "reference-mistyped"),  # a NotFound too, so it stands first
        (errors.NotFound, "not-found"),
        (errors.NotReturned, "not-returned"),  # a NotOpen too, so it stands first
        (errors.NotApproved, "not-asked-after"),
        (errors.SuppliedOften, "supplied-often"),
        (errors.MalformedKey, "key-unreadable"),
        (errors.ReferenceTaken, "begin-again"),
        (errors.AlreadyTaken, "already-taken"),  # an EventIdTaken too, so it stands first
        (errors.EventIdTaken, "begin-again"),
        (store.HeadFull, "full"),  # a TooLarge too, so it stands first
        (store.TooLarge, "too-large"),
        (errors.Tampered, "tampered"),
    ]
    for raised, kind in simple:
        if isinstance(error, raised):
            return ProblemError(kind)
    if isinstance(error, store.OutcomeUnknown) and storing:
        return ProblemError("outcome-unknown", headers={"Retry-After": "5"})
    if isinstance(error, store.StoreError):
        return ProblemError("not-stored" if storing else "unavailable", headers={"Retry-After": "10"})
    return None


FAILING = Failing(KINDS, GUESSES, problem_of, view("chalicelib.pages", "problem_page"))
