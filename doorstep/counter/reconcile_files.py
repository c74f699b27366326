"""Whether every file that an application's signed events name rests somewhere, as the examiner says it left it; and,
where the office's keys are, whether what was kept of it opens as this file and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from doorstep.applications import encoding
from doorstep.applications.desk import Desk, read_time
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.follow import Followed, by_resident, read_answers, read_item
from doorstep.applications.head import Head
from doorstep.applications.journal import events, files_of
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.signing import PublicKeys
from doorstep.attachments.container import pages_of, unpack
from doorstep.attachments.files import READY, REFUSED, Files, FileState
from doorstep.attachments.naming import FileKey, file_key, is_digest
from doorstep.attachments.statements import read_refused
from doorstep.counter.findings import ALTERED, MISSING, NOT_EXAMINED, Finding

LONGEST_WAIT = timedelta(hours=1)
"""How long after it was taken in a file may wait for the examiner unremarked."""

CLOCKS_APART = timedelta(hours=1)
"""How far intake's clock and the examiner's may be apart, and more."""


def names_of(head: Head) -> tuple[str, ...]:
    """The files its events name; none where they cannot be read (that is named otherwise)."""
    try:
        return files_of(head)
    except (Tampered, TypeError):
        return ()


class Papers(NamedTuple):
    """The papers of one application, and what they are held to: with the examiner's public keys (`examined_by`), to
    what the examiner says of them; with an `opener`, to what was sent; with `now` (aware), to how long one may wait.
    """

    files: Files
    head: Head
    opener: Desk | None
    examined_by: PublicKeys | None
    now: datetime | None

    def findings(self) -> Iterator[Finding]:
        """One for each that does not hold. Nobody reads anything, so no reading is recorded. Raises StoreError."""
        named = _named_at(self.head)
        states = self.files.states(self.head.reference) if named else {}
        keys = self._keys() if any(states[name].status == READY for name in named if name in states) else None
        for name, at in named.items():
            found = self._problem(name, states.get(name), at, keys)
            if found:
                yield Finding(f"file {name} of {self.head.reference}", *found)

    def _problem(
        self, name: str, state: FileState | None, named_at: datetime, keys: Mapping[str, FileKey] | None
    ) -> tuple[str, str] | None:
        if state is None:
            return MISSING, "its head names it, and it is not where files rest (DOORSTEP_FILES)"
        if state.status == READY:
            return self._why_not(name, state, keys)
        if state.status == REFUSED:
            why = self._not_refused(name, state, named_at)
            return (ALTERED, why) if why else None
        if self.now is None or self.now - named_at <= LONGEST_WAIT:
            return None
        return NOT_EXAMINED, "it still waits after more than an hour: see that the examiner runs (doorstep examine)"

    def _not_refused(self, name: str, state: FileState, named_at: datetime) -> str:
        """Why its refusal is not to be believed; "" where it is. Intake takes nothing into an application that is
        refused, so an older word on a file that was sent again is no answer either.
        """
        if self.examined_by is None:
            return ""
        reference = self.head.reference
        statement = self.files.refusal(reference, name)
        if statement is None and self.files.states(reference).get(name) != state:
            return ""  # it moved on meanwhile
        try:
            said = read_refused(self.examined_by, reference, name, statement or b"")
        except SealBroken:
            return "it is said to be refused, and the examiner never said so"
        if said.why != state.why:
            return "it is said to be refused for another reason than the examiner gave"
        if not said.as_sent:
            return "somebody put something else in its place before the examiner saw it"
        return "the examiner refused it before it was taken, and not since" if named_at - said.at > CLOCKS_APART else ""

    def _why_not(self, name: str, state: FileState, keys: Mapping[str, FileKey] | None) -> tuple[str, str] | None:
        if keys is not None and name not in keys:
            return ALTERED, "its head names it, and no answers of this application do"
        if self.examined_by is None:
            return None
        reference = self.head.reference
        container = self.files.container(reference, name)
        if container is None:
            if name in self.files.states(reference):
                return None  # it is being examined once more
            return MISSING, "it went away while it was looked at"
        try:
            pages = pages_of(self.examined_by, reference, name, container)
        except SealBroken:
            return ALTERED, "what was kept of it is not what the examiner made of it: other bytes, or another file's"
        if pages != state.pages:
            return ALTERED, "it has another number of pages than it is said to have"
        try:
            if keys is not None:
                unpack(self.examined_by, reference, keys[name], container)
        except SealBroken:
            return ALTERED, "what was kept of it does not open under its key"
        return None

    def _keys(self) -> Mapping[str, FileKey] | None:
        """None where nobody may open them, or what is wrong with the answers is named with them."""
        try:
            return _keys_of(self.opener, self.head)
        except (Tampered, SealBroken, KeyError, TypeError, ValueError, RecursionError):
            return None


def _named_at(head: Head) -> dict[str, datetime]:
    """The files its events name, and when each was first named; none where they cannot be read."""
    named: dict[str, datetime] = {}
    try:
        for event in events(head):
            for name in event.get("files", ()):
                named.setdefault(name, read_time(str(event["at"])))
        return {name: named[name] for name in files_of(head)}
    except (Tampered, TypeError, ValueError, KeyError):
        return {}


def _keys_of(desk: Desk | None, head: Head) -> Mapping[str, FileKey] | None:
    """Name → key of every file that any of its answers, the first or corrected ones, speak of. None where nobody may
    open them.
    """
    if desk is None or not isinstance(desk.keys, OfficeKeys):
        return None
    followed = Followed(head, desk.keys.opens.unwrap(head.wraps.get("office", {})))
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
