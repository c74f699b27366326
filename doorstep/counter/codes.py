"""A lost access code: the old one is made void, then, to a person whose identity was checked, a new one is given."""

from __future__ import annotations

from typing import NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.journal import digest_of_wrap, find_event, wrap_digest
from doorstep.applications.keys import expand
from doorstep.applications.reference import write_access_code
from doorstep.applications.sealing import wrap_for_resident
from doorstep.applications.submit import CODE_SHOWN_SECONDS
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned

RESIDENT = "resident"
LOST_CODE = "lost-code"
"""Why the new code is read, of REASONS."""


class CodeIssued(NamedTuple):
    """`access_code` is None once 30 minutes have passed, or the code was replaced again: it is shown for one slip."""

    head: Head
    access_code: str | None

    def __repr__(self) -> str:
        return f"CodeIssued({self.head.reference})"  # a code must not end up in a log or a traceback


def void_code(counter: Counter, taking: Taking, *, reason: str) -> Head:
    """The access code opens nothing from now on. Raises what `take` raises.

    Sealed as `code_voided-<revision>`: {"reason"}. Faults' `where`: `reason`.
    """
    said = {"reason": cleaned(reason)}

    def write(opened: Opened) -> Writing:
        faults = Faults()
        faults.text("reason", said["reason"], missing="reason")
        faults.stop()
        kept = {reader: wrap for reader, wrap in opened.head.wraps.items() if reader != RESIDENT}
        return Writing({"wrap": None}, said, kept)

    return take(counter, taking, "void-code", said, write).head


def issue_code(counter: Counter, taking: Taking, *, identity_checked: bool) -> CodeIssued:
    """A new access code, after `void_code`; a retry with the same event id shows the same one.

    Raises what `take` raises. Nothing is sealed: the event says that it was issued, to somebody whose identity was
    checked. Faults' `where`: `identity_checked`. Whoever sees a code could open the application with it: the reading
    log notes that before the code is made.
    """
    noted = False

    def read(reference: str, event_id: str, data_key: bytes) -> str:
        nonlocal noted
        if not noted:
            counter.readings.record(
                at=counter.desk.now(), staff=taking.staff.id, reference=reference, why=LOST_CODE, what="code"
            )
            noted = True
        return write_access_code(expand(data_key, f"access-code/{event_id}", 10))

    def write(opened: Opened) -> Writing:
        faults = Faults()
        if identity_checked is not True:
            faults.add("identity_checked", "identity")
        faults.stop()
        head = opened.head
        code = read(head.reference, taking.event_id, opened.data_key)
        wrapped = wrap_for_resident(opened.data_key, code, head.reference, head.form_version, counter.desk.random)
        wrap = {"wrapped": wrapped}
        return Writing({"wrap": digest_of_wrap(wrap)}, wraps=head.wraps | {RESIDENT: wrap})

    taken = take(counter, taking, "issue-code", {"identity_checked": identity_checked}, write)
    event = find_event(taken.head, taking.event_id) or {}
    opens = event.get("wrap") == wrap_digest(taken.head, RESIDENT)
    fresh = counter.desk.seconds_since(str(event.get("at"))) <= CODE_SHOWN_SECONDS
    shown = opens and fresh
    return CodeIssued(taken.head, read(taken.head.reference, taking.event_id, taken.data_key) if shown else None)
