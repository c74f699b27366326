"""Sweeping: what was sent and never confirmed is put aside after a day, and destroyed a week later.

No race can lose a confirmed file: intake takes none into an application that came in more than 24 hours ago, and here
nothing is put aside before 25 have passed, nor what came in again since it was looked at. And whoever brings back an
older store, or loses a head, has a week to see it: what a head names again by then is never destroyed.
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
"""How old a file is that is put aside when no application names it."""

RESTS = timedelta(days=7)
"""How long it then can be moved back."""


class Swept(NamedTuple):
    """What became of the files older than SWEPT_AFTER: put `aside`, `named` by an application and left, or left because
    it is `unsure` (a head that cannot be read); and how many were `destroyed` that had been put aside long ago.
    `trouble` says, for operators, why the sweep ended early: the rest is for the next one.
    """

    aside: int = 0
    destroyed: int = 0
    named: int = 0
    unsure: int = 0
    trouble: str = ""


def sweep(store: Store, quarantine: Quarantine, now: datetime) -> Swept:
    """Put every file aside that came in before SWEPT_AFTER and that no head names, and destroy those put aside before
    RESTS that none names still. `now` is aware.

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
            named = _named(store, file.reference, file.name)
            if named is None:
                swept = swept._replace(unsure=swept.unsure + 1)
            elif named:
                swept = swept._replace(named=swept.named + 1)
            else:
                quarantine.remove(file.reference, file.name, before=before, aside=True)
                swept = swept._replace(aside=swept.aside + 1)
    except StoreError as error:
        return swept._replace(trouble=str(error))
    return swept


def _spared(store: Store, reference: str, name: str) -> bool:
    return _named(store, reference, name) is not False


def _named(store: Store, reference: str, name: str) -> bool | None:
    """Whether its application names this file; None where its head does not say. Raises StoreUnavailable."""
    try:
        head = store.head(reference)
        return head is not None and name in files_of(head)
    except (DamagedHead, Tampered, TypeError):  # whoever damaged it may have written anything
        return None
