"""What can go wrong at the counter. Texts are for operators and never hold content, nor a person's name.

Besides these the use cases raise the applications' own: NotFound and Mistyped (no such reference), MalformedKey,
EventIdTaken and AlreadyTaken (the page's event id), Tampered, and the store's errors.
"""

from __future__ import annotations

from typing import NamedTuple

from doorstep.applications.head import Head


class CounterError(Exception):
    """Root of this package's errors."""


class NotYours(CounterError):
    """The application stands with another office now, or the staff member may read no answers (an auditor)."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference}: not with this staff member's office, or not for their role")
        self.reference = reference


class ReasonUnknown(CounterError):
    """The reason given for opening stands in no list (`readings.REASONS`): nothing was opened."""


class FileNotReady(CounterError):
    """A file that cannot be looked at now: `status` as in `attachments.files`, `why` the verdict on a refused one."""

    def __init__(self, status: str, why: str = "") -> None:
        super().__init__(f"the file is {status} {why}".rstrip())
        self.status = status
        self.why = why


class NotPossible(CounterError):
    """The staff member may not take this step now; `obstacle` is a key of `steps.OBSTACLES`."""

    def __init__(self, step: str, obstacle: str) -> None:
        super().__init__(f"{step}: not possible ({obstacle})")
        self.step = step
        self.obstacle = obstacle


class Moved(CounterError):
    """Since the page was made, something has come (other than that somebody was told): nothing was stored.

    `head` is the fresh one, held to its signed events; `seen` the revision the page was made from.
    """

    def __init__(self, head: Head, seen: int) -> None:
        super().__init__(f"{head.reference}: at revision {head.revision}, the page was made from {seen}")
        self.head = head
        self.seen = seen


class Fault(NamedTuple):
    """One thing still missing: `where` names the field of the step (see each step), `what` a key of FAULTS."""

    where: str
    what: str


class Unfinished(CounterError):
    """What was sent does not make a step yet: `faults`, all at once. Nothing was stored."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.where.partition(':')[0]}: {fault.what}" for fault in faults))
        self.faults = faults


FAULTS = {
    "nothing": "至少选一处要改的内容，或者一样要补的材料",
    "reason": "写上理由",
    "text": "写上决定的内容",
    "too-long": "字数太多，请写短一些",
    "unknown-field": "这份申请里没有这一处",
    "unknown-paper": "这项业务不要这样材料",
    "twice": "同一处只能写一次",
    "justification": "不是第一次请居民补正了：写明为什么上次没有一次说全",
    "justification-short": "至少写10个字，写明为什么上次没有一次说全",
    "identity": "先核对身份，再勾选“身份已核对”",
    "not-seen": "看过了就勾上；没有看的，选一个不用看的原因",
    "missing-signature": "还差签字",
    "who": "写上是谁签的",
    "stranger": "表上没有这个名字：照表上的名字写，或者写上和表上不一样的原因",
    "long-why": "原因写短一些，最多200个字",
    "same-person": "同一份授权，一个人只记一次",
    "on": "填写签字的日期",
    "no-date": "没有这个日期",
    "future": "签字的日期不能晚于今天",
    "stage": "下一步不是这个，请刷新页面再看",
    "limit": "这个期限不能延长",
    "office": "选一个能受理这项业务的单位",
    "authority": "写上转给哪个部门",
}
"""What a page says of each fault."""
