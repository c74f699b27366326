"""The call list: whom an office still has to tell, the call itself, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from doorstep.applications.contact import NOTIFIER, NOTIFIER_BEFORE, open_contact
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.queues import notices
from doorstep.counter.call_script import script
from doorstep.counter.counter import Counter
from doorstep.counter.notified import allow, mark
from doorstep.counter.peeking import verified_head
from doorstep.counter.staff import Staff
from doorstep.counter.telling import OUTCOMES, Due, ToldAlready, asks_account, due_of

__all__ = ["OUTCOMES", "Call", "Due", "DuePage", "Number", "ToldAlready", "due", "look_at_call", "mark", "open_call"]


class DuePage(NamedTuple):
    """Who waits longest comes first. `unreadable`: references whose records do not hold (reported to the operator)."""

    entries: tuple[Due, ...]
    unreadable: tuple[str, ...]
    next_after: str | None


class Number(NamedTuple):
    """`whose` is the title of the form's question that it answers."""

    whose: str
    number: str


class Call(NamedTuple):
    """`numbers` is empty where nobody gave one, and then somebody goes there, or where they were not opened. `script`:
    the lines to say, in order.
    """

    due: Due
    service: str
    numbers: tuple[Number, ...]
    script: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Call({self.due.reference})"  # a number must not end up in a log or a traceback


def due(counter: Counter, office: str, *, after: str | None = None, limit: int = 50) -> DuePage:
    """A page of this office's call list; go on behind `next_after`. At most 100 at once. Opens nothing.

    Each entry is held to its signed events. `Due.service` is the service's id (`counter.service(…)["title"]`).
    Raises StoreUnavailable.
    """
    page = counter.desk.store.shelf(notices(office), after=after, limit=limit)
    heads = counter.desk.store.heads(entry.reference for entry in page.entries)
    found: list[Due] = []
    unreadable: list[str] = []
    for entry in page.entries:
        try:
            one = _held(counter, entry.reference, heads.get(entry.reference))
        except Tampered as damaged:
            counter.desk.report(damaged)
            unreadable.append(entry.reference)
            continue
        if one is not None and one.office == office:  # a colleague may have told them since the list was read
            found.append(one)
    return DuePage(tuple(found), tuple(unreadable), page.next_after)


def look_at_call(counter: Counter, staff: Staff, reference: str) -> Call:
    """What there is to tell, and how to say it; no number is opened and nothing is noted.

    Raises NotFound (Mistyped), NotPossible (another office's, an auditor, who gave the new code this is about),
    ToldAlready, Tampered or StoreError.
    """
    return _call(counter, staff, reference)[1]


def open_call(counter: Counter, staff: Staff, reference: str) -> Call:
    """The same with the numbers, and whose they are. The reading log notes that the phone numbers were opened."""
    head, call = _call(counter, staff, reference)
    if call.due.no_number:
        return call
    counter.readings.record(
        at=counter.desk.now(), staff=staff.id, reference=head.reference, why="contact", what="phone"
    )
    numbers = open_contact(counter.keys.reads_numbers, head, NOTIFIER_BEFORE if call.due.before else NOTIFIER)
    return call._replace(numbers=_named(counter, head, numbers))


def _call(counter: Counter, staff: Staff, reference: str) -> tuple[Head, Call]:
    head = verified_head(counter, reference)
    allow(counter, staff, head)
    now = due_of(head)
    if now is None:
        raise ToldAlready(head, None)
    service = counter.service(head.service)
    title, account = str(service["title"]), asks_account(service, now)
    lines = script(now, office=counter.offices.title(now.office), service=title, account=account)
    return head, Call(now, title, (), lines)


def _held(counter: Counter, reference: str, head: Head | None) -> Due | None:
    if head is None:
        raise Tampered(reference, "on the call list, and its record cannot be read")
    hold_to_its_events(counter.desk, head, reference)
    return due_of(head)


def _named(counter: Counter, head: Head, numbers: dict[str, str]) -> tuple[Number, ...]:
    form = counter.library.find(head.form, head.form_version)
    titles = {field.name: field.title for field in form.fields} if form else {}
    return tuple(Number(titles.get(name, "联系电话"), number) for name, number in numbers.items())
