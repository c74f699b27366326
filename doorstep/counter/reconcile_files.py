"""Whether every file that an application's signed events name rests somewhere, and, where the office's keys are,
whether what was kept of it opens as this file and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.desk import Desk
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.follow import Followed, by_resident, read_answers, read_item
from doorstep.applications.head import Head
from doorstep.applications.journal import events, files_of
from doorstep.applications.office_keys import OfficeKeys
from doorstep.attachments.container import unpack
from doorstep.attachments.files import READY, Files, FileState
from doorstep.attachments.naming import FileKey, file_key, is_digest
from doorstep.counter.findings import ALTERED, MISSING, Finding


def names_of(head: Head) -> tuple[str, ...]:
    """The files its events name; none where they cannot be read (that is named otherwise)."""
    try:
        return files_of(head)
    except (Tampered, TypeError):
        return ()


def check_files(files: Files, head: Head, opener: Desk | None) -> Iterator[Finding]:
    """One finding for each file that is missing or, with an `opener`, is not what was sent. Nobody reads anything, so
    no reading is recorded. Raises StoreError.
    """
    names = names_of(head)
    if not names:
        return
    states = files.states(head.reference)
    for name in names:
        if name not in states:
            yield _finding(head, name, MISSING, "its head names it, and it is not where files rest (DOORSTEP_FILES)")
    ready = [name for name in names if name in states and states[name].status == READY]
    if not ready or opener is None or not isinstance(opener.keys, OfficeKeys):
        return
    try:
        keys = _keys_of(opener, opener.keys, head)
    except (Tampered, SealBroken, KeyError, TypeError, ValueError, RecursionError):
        return  # what is wrong with its answers is named with them
    for name in ready:
        why = _why_not(files, head, keys.get(name), name, states[name])
        if why:
            yield _finding(head, name, *why)


def _why_not(files: Files, head: Head, key: FileKey | None, name: str, state: FileState) -> tuple[str, str] | None:
    if key is None:
        return ALTERED, "its head names it, and no answers of this application do"
    container = files.container(head.reference, name)
    if container is None:
        if name in files.states(head.reference):
            return None  # it is being examined once more
        return MISSING, "it went away while it was looked at"
    try:
        pages = len(unpack(head.reference, key, container).pages)
    except SealBroken:
        return ALTERED, "what was kept of it does not open under its key: other bytes, or another file's"
    return None if pages == state.pages else (ALTERED, "it has another number of pages than it is said to have")


def _keys_of(desk: Desk, keys: OfficeKeys, head: Head) -> Mapping[str, FileKey]:
    """Name → key of every file that any of its answers, the first or corrected ones, speak of."""
    followed = Followed(head, keys.opens.unwrap(head.wraps.get("office", {})))
    sealed = read_answers(desk, followed)
    files_key = encoding.decode(sealed["files_key"])
    said = [sealed["answers"], *(read_item(desk, followed, one) for one in events(head)[1:] if by_resident(one))]
    found = (file_key(files_key, digest) for digest in _digests(said))
    return {key.name: key for key in found}


def _digests(value: Any) -> Iterator[str]:
    """All that may be a file's digest; what only looks like one has the name of no file."""
    if isinstance(value, str):
        if is_digest(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _digests(part)
    elif isinstance(value, list):
        for part in value:
            yield from _digests(part)


def _finding(head: Head, name: str, what: str, why: str) -> Finding:
    return Finding(f"file {name} of {head.reference}", what, why)
