"""The files of an application: taken into the quarantine, which nobody here can open, and how they stand in words.

A file follows from its application's key for files: whoever holds the draft, or later reference and code, and nobody
else, can name it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from chalicelib.composition import House
from doorstep.applications import encoding
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import Followed, read_answers
from doorstep.applications.head import DamagedHead
from doorstep.applications.journal import files_of
from doorstep.applications.keys import derive
from doorstep.attachments.envelope import enclose, wrap_for_examiner
from doorstep.attachments.files import MISSING, MOST_BYTES, MOST_FILES, READY, REFUSED, WAITING, FileState, Ticket
from doorstep.attachments.naming import FileKey, file_key, is_digest
from doorstep.attachments.sniffing import media_type_of
from doorstep.attachments.sweeping import TAKEN_WITHIN
from doorstep.attachments.verdicts import RESENT, VERDICTS
from doorstep.forms.attached import UNKNOWN, Attached

FRESH = dt.timedelta(hours=12)
"""A younger file need not come in again."""

TOO_MANY = f"这份申请已经传过{MOST_FILES}份文件，不能再传了。别的材料请带到窗口"
SENT_ALREADY = "这份申请已经交了，不能从这里再传。要补的，请用编号和查询码看进度，照上面的要求补"
NOT_TAKEN = "没有收，请换一份"


class Papers(NamedTuple):
    """Whose files: `reference`, the key they follow from, and the names of those that the application names already;
    `draft` where the draft's key names them, which brings nothing in any more once the application was sent.
    """

    reference: str
    files_key: bytes
    confirmed: frozenset[str] = frozenset()
    draft: bool = False

    def __repr__(self) -> str:
        return f"Papers({self.reference})"  # a key must not end up in a log or a traceback

    def file(self, digest: str) -> FileKey:
        """Name and key of the file with this digest."""
        return file_key(self.files_key, digest)


def papers_of_draft(key: str) -> Papers:
    """The files of a draft that was not sent yet; MalformedKey for what is no submission key."""
    derived = derive(key)
    return Papers(derived.reference, derived.files_key, draft=True)


def papers_of(house: House, followed: Followed) -> Papers:
    """The files of an application its resident opened. Raises Tampered or StoreUnavailable."""
    head = followed.head
    try:
        files_key = encoding.decode(str(read_answers(house.desk, followed)["files_key"]))
    except (KeyError, ValueError) as error:
        raise Tampered(head.reference, "no key for files is sealed with the answers") from error
    return Papers(head.reference, files_key, frozenset(files_of(head)))


def attached(house: House, papers: Papers, digests: Iterable[str]) -> dict[str, Attached]:
    """How the files with these digests stand. Raises StoreUnavailable."""
    states = house.files.states(papers.reference)
    return {digest: stands(house, papers, papers.file(digest), states) for digest in digests if is_digest(digest)}


def stands(house: House, papers: Papers, file: FileKey, states: Mapping[str, FileState]) -> Attached:
    """How one file stands. What nobody confirmed within a day is missing, for it may be gone any moment; what was
    confirmed is, and should the store have lost it, its resident is not asked about it.
    """
    state, confirmed = states.get(file.name), file.name in papers.confirmed
    if state is None:
        return Attached(UNKNOWN if confirmed else MISSING)
    if not confirmed and house.desk.clock() - state.arrived_at > TAKEN_WITHIN:
        return Attached(MISSING)
    said = VERDICTS.get(state.why, NOT_TAKEN) if state.status == REFUSED else ""
    return Attached(state.status, state.pages, said)


def refusal(content: bytes) -> str:
    """The verdict that a look at its beginning allows already, or "". The examiner looks at all of it."""
    if not content:
        return "empty"
    if len(content) > MOST_BYTES:
        return "too-large"
    return "" if media_type_of(content) else "foreign"


def digest_of(content: bytes) -> str:
    """What the form's answer holds of a file."""
    return encoding.encode(sha256(content).digest())


def take(house: House, papers: Papers, content: bytes) -> Attached:
    """Put what was sent into the quarantine, where it rests once this returns, unless it is there already. REFUSED:
    nothing was put. Raises StoreError.
    """
    why = refusal(content)
    if why:
        return Attached(REFUSED, said=VERDICTS[why])
    file = papers.file(digest_of(content))
    states = house.files.states(papers.reference)
    known = settled(house, papers, file, states)
    if known is not None:
        return known
    envelope = enclose(house.desk.keys.examiner, papers.reference, file, content, house.desk.random)
    house.files.put(papers.reference, file.name, envelope)
    state = states.get(file.name)
    return Attached(READY, state.pages) if state and state.status == READY else Attached(WAITING)


def settled(house: House, papers: Papers, file: FileKey, states: Mapping[str, FileState]) -> Attached | None:
    """How this file stands where it need not come (again), or may not; None where it is to be sent.

    Look, then act: of files that come at once, a few more than MOST_FILES may be taken. The folder holds an application
    to twice as many whatever happens; a bucket, to the tickets that its sender's network gets (`House.uploads`).
    """
    state = states.get(file.name)
    if state is not None:
        fresh = file.name in papers.confirmed or house.desk.clock() - state.arrived_at < FRESH
        if (fresh or state.status == REFUSED) and state.why != RESENT:
            return stands(house, papers, file, states)
    if papers.draft and _was_sent(house, papers.reference):
        return Attached(REFUSED, said=SENT_ALREADY)
    return Attached(REFUSED, said=TOO_MANY) if state is None and _count(house, papers, states) >= MOST_FILES else None


def _was_sent(house: House, reference: str) -> bool:
    try:
        return house.desk.store.head(reference) is not None
    except DamagedHead:
        return True


def _count(house: House, papers: Papers, states: Mapping[str, FileState]) -> int:
    """Those it names, and those of the last day: it can still name these, and not what is older."""
    now = house.desk.clock()
    return sum(name in papers.confirmed or now - state.arrived_at <= TAKEN_WITHIN for name, state in states.items())


def ticket(house: House, papers: Papers, file: FileKey, size: int) -> Ticket | None:
    """A way past us, where the store gives one. Raises StoreError."""
    wrap = wrap_for_examiner(house.desk.keys.examiner, file)
    return house.files.ticket(papers.reference, file.name, wrap, size)
