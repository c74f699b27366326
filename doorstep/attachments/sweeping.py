"""Sweeping: what was sent and never confirmed is gone after a day.

No race can lose a confirmed file: intake takes none into an application that came in more than 24 hours ago, and here
nothing is destroyed before 25 have passed, nor what came in again since it was looked at.
"""

from __future__ import annotations

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
"""How old a file is that is destroyed when no application names it."""


class Swept(NamedTuple):
    """What became of the files older than SWEPT_AFTER: `destroyed`, `named` by an application and left, or left because
    it is `unsure` (a head that cannot be read). `trouble` says, for operators, why the sweep ended early: the rest is
    for the next one.
    """

    destroyed: int = 0
    named: int = 0
    unsure: int = 0
    trouble: str = ""


def sweep(store: Store, quarantine: Quarantine, now: datetime) -> Swept:
    """Destroy every file that came in before SWEPT_AFTER and that no head names. `now` is aware.

    Nothing is destroyed where the store holds no application at all: more likely it is another store than intake's.
    """
    swept, before = Swept(), now - SWEPT_AFTER
    try:
        sure = bool(store.references(limit=1))
        for file in quarantine.resting(before):
            if not sure:
                return Swept(unsure=1, trouble="no application is in this store: is it the one that intake writes to?")
            named = _named(store, file.reference, file.name)
            if named is None:
                swept = swept._replace(unsure=swept.unsure + 1)
            elif named:
                swept = swept._replace(named=swept.named + 1)
            else:
                quarantine.remove(file.reference, file.name, before=before)
                swept = swept._replace(destroyed=swept.destroyed + 1)
    except StoreError as error:
        return swept._replace(trouble=str(error))
    return swept


def _named(store: Store, reference: str, name: str) -> bool | None:
    """Whether its application names this file; None where its head does not say. Raises StoreUnavailable."""
    try:
        head = store.head(reference)
        return head is not None and name in files_of(head)
    except (DamagedHead, Tampered, TypeError):  # whoever damaged it may have written anything
        return None
