"""The files of an opened application: which the answers name, how each stands, and one page of one as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from doorstep.applications.errors import NotFound, SealBroken, Tampered
from doorstep.applications.journal import files_of
from doorstep.attachments.container import Page, unpack
from doorstep.attachments.files import MISSING, READY, FileState
from doorstep.attachments.naming import FileKey, file_key
from doorstep.counter.counter import Counter
from doorstep.counter.errors import FileNotReady
from doorstep.counter.opening import Opened, allowed_to_open, unsealed
from doorstep.counter.readings import file_page
from doorstep.counter.staff import Staff
from doorstep.forms.taken_out import attachments_of


class Sent(NamedTuple):
    """A file the resident sent as the `number`th of the question `field`, called `title`. `status` as in
    `attachments.files`, `pages` of one that is ready, `why` the verdict on one that was refused.
    """

    field: str
    title: str
    number: int
    key: FileKey
    status: str
    pages: int
    why: str

    @property
    def name(self) -> str:
        """What pages and the reading log call it: opaque, never its digest."""
        return self.key.name


class AllSent(NamedTuple):
    """`now`: the files of the answers as they stand, in the form's order; `dropped`: of each correction, oldest first,
    those it took away; `added`: those it brought that still stand.
    """

    now: tuple[Sent, ...]
    dropped: tuple[tuple[Sent, ...], ...]
    added: tuple[tuple[Sent, ...], ...]

    def of(self, field: str) -> tuple[Sent, ...]:
        """Those of one question."""
        return tuple(one for one in self.now if one.field == field)

    def groups(self) -> Iterator[tuple[Sent, ...]]:
        """Files that one leafs through together."""
        yield self.now
        yield from self.dropped


class Shown(NamedTuple):
    """One page, counted from 1, of one file. `beside`: the files one leafs through with it, itself among them; `gone`:
    whether a correction took them away.
    """

    opened: Opened
    file: Sent
    number: int
    page: Page
    beside: tuple[Sent, ...]
    gone: bool

    def __repr__(self) -> str:
        return f"Shown({self.file.name}, {self.number})"  # a picture must not end up in a log or a traceback


def all_sent(counter: Counter, opened: Opened) -> AllSent:
    """Every file that this application's answers name, or named before a correction. Raises StoreUnavailable."""
    any_file = any(attachments_of(opened.form, answers) for answers in _versions(opened))
    return sent_in(opened, counter.files.states(opened.head.reference) if any_file else {})


def sent_in(opened: Opened, states: Mapping[str, FileState]) -> AllSent:
    """The same, by what is known of how each stands: one that is not in `states` is MISSING."""
    listed = [tuple(_sent(opened, answers, states)) for answers in _versions(opened)]
    now, dropped, added = {one.name: one for one in listed[-1]}, [], []
    for before, after in pairwise(listed):
        kept, known = {one.name for one in after}, {one.name for one in before}
        dropped.append(tuple(one for one in before if one.name not in kept))
        added.append(tuple(now[one.name] for one in after if one.name in now and one.name not in known))
    return AllSent(listed[-1], tuple(dropped), tuple(added))


def open_file(counter: Counter, staff: Staff, reference: str, name: str, *, page: int, why: str) -> Shown:
    """One page of the file with this name, as a picture. `why` is a key of REASONS.

    That they looked at it is on the disk before anything is unsealed. Raises NotFound (no such file or page), NotYours,
    ReasonUnknown, FileNotReady (nothing is recorded or shown), Tampered or StoreError.
    """
    peeked = allowed_to_open(counter, staff, reference, why)
    if name not in files_of(peeked.head):
        raise NotFound("no file of this name came with the application")
    state = counter.files.states(peeked.head.reference).get(name)
    if state is None or state.status != READY:
        raise FileNotReady(state.status if state else MISSING, state.why if state else "")
    if not 1 <= page <= state.pages:
        raise NotFound("the file has no such page")
    counter.readings.record(
        at=counter.desk.now(), staff=staff.id, reference=peeked.head.reference, why=why, what=file_page(name, page)
    )
    opened = unsealed(counter, peeked)
    sent = all_sent(counter, opened)
    for beside in sent.groups():
        found = next((one for one in beside if one.name == name), None)
        if found is not None:
            gone = beside is not sent.now
            return Shown(opened, found, page, _page(counter, opened, found, page), beside, gone)
    raise NotFound("no answer names this file")


def _versions(opened: Opened) -> list[Mapping[str, Any]]:
    """The answers as they came, and after each correction."""
    return [opened.original, *(one.content["answers"] for one in opened.corrections)]


def _sent(opened: Opened, answers: Mapping[str, Any], states: Mapping[str, FileState]) -> Iterator[Sent]:
    for field, digests in attachments_of(opened.form, answers).items():
        asked = opened.form.field(field)
        for number, digest in enumerate(digests, 1):
            try:
                key = file_key(opened.files_key, digest)
            except ValueError:  # from None: the error's text may hold the answer
                raise Tampered(opened.head.reference, "an answer names a file by no digest") from None
            state = states.get(key.name)
            standing = (state.status, state.pages, state.why) if state else (MISSING, 0, "")
            yield Sent(field, asked.title if asked else field, number, key, *standing)


def _page(counter: Counter, opened: Opened, file: Sent, number: int) -> Page:
    reference = opened.head.reference
    container = counter.files.container(reference, file.name)
    if container is None:
        raise Tampered(reference, f"file {file.name}: what was examined is gone")
    try:
        pages = unpack(counter.keys.examined_by, reference, file.key, container).pages
    except SealBroken as error:
        raise Tampered(reference, f"file {file.name}: {error}") from error
    if len(pages) != file.pages:
        raise Tampered(reference, f"file {file.name}: it has {len(pages)} pages, and {file.pages} are listed")
    return pages[number - 1]
