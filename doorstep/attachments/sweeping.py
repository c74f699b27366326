"""Sweeping: what was sent and never confirmed is destroyed after a day.

No race can lose a confirmed file: intake takes none into an application that came in more than 24 hours ago, and here
nothing is touched before 25 have passed, nor what came in again since it was looked at. What lies with an application
that does not name it (sent for a correction that never came, or confirmed in a newer head than the store has now) is
put aside for a week first: what a head names again by then is never destroyed. Where there is no head at all, a draft
was never sent, and a day is what its resident was promised: before an older store is brought back, the examiner is
stopped.
"""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from typing import NamedTuple

from doorstep.applications.errors import Tampered
from doorstep.applications.head import DamagedHead
from doorstep.applications.journal import files_of
from doorstep.applications.store import Store, StoreError
from doorstep.attachments.files import Quarantine

TAKEN_WITHIN = timedelta(hours=24)
"""How old a file may be that intake takes into an application."""

SWEPT_AFTER = timedelta(hours=25)
"""How old a file is that is swept when no application names it."""

RESTS = timedelta(days=7)
"""How long it then can be moved back."""


class Swept(NamedTuple):
    """What became of the files older than SWEPT_AFTER: `destroyed` (also those put aside long ago), put `aside`,
    `named` by an application and left, or left because it is `unsure` (a head that cannot be read).
    `trouble` says, for operators, why the sweep ended early: the rest is for the next one.
    """

    aside: int = 0
    destroyed: int = 0
    named: int = 0
    unsure: int = 0
    trouble: str = ""


def sweep(store: Store, quarantine: Quarantine, now: datetime) -> Swept:
    """Destroy or put aside every file that came in before SWEPT_AFTER and that no head names, and destroy those put
    aside before RESTS that none names still. `now` is aware.

    Nothing is touched where the store holds no application at all: more likely it is another store than intake's.
    """
    swept, before = Swept(), now - SWEPT_AFTER
    try:
        sure = bool(store.references(limit=1))
        if sure:
            spared = functools.partial(_spared, store)
            swept = swept._replace(destroyed=quarantine.destroy_aside(now - RESTS, spared))
        for file in quarantine.resting(before):
            if not sure:
                return Swept(unsure=1, trouble="no application is in this store: is it the one that intake writes to?")
            lies = _lies(store, file.reference, file.name)
            if lies in ("destroyed", "aside"):
                quarantine.remove(file.reference, file.name, before=before, aside=lies == "aside")
            swept = swept._replace(**{lies: getattr(swept, lies) + 1})
    except StoreError as error:
        return swept._replace(trouble=str(error))
    return swept


def _spared(store: Store, reference: str, name: str) -> bool:
    return _lies(store, reference, name) in ("named", "unsure")


def _lies(store: Store, reference: str, name: str) -> str:
    """What becomes of this file, as `Swept` calls it. Raises StoreUnavailable."""
    try:
        head = store.head(reference)
        if head is None:
            return "destroyed"
        return "named" if name in files_of(head) else "aside"
    except (DamagedHead, Tampered, TypeError):  # whoever damaged it may have written anything
        return "unsure"
