"""The quarantine of a bucket, for the examiner alone.

No lock holds two machines apart, so every order here is safe by itself: what is kept is there before what waited is
gone, and what waits again is examined again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from heapq import merge, nsmallest
from itertools import groupby
from operator import itemgetter

from doorstep.attachments.envelope import ENVELOPE_LIMIT
from doorstep.attachments.files import MOST_BYTES, READY, REFUSED, WAITING, Resting, Uploaded, Waiting
from doorstep.attachments.verdicts import RESENT
from doorstep.stores.file_names import (
    ASIDE,
    SHELVES,
    Found,
    came_since,
    checked,
    leaf_of,
    ready_leaf,
    refused_leaf,
    states_of,
)
from doorstep.stores.s3_bucket import Bucket, key_of

MOST_LISTED = 50_000
"""Files of the quarantine that one call looks at, to find those that wait longest: it comes to all, in time."""


class S3Quarantine:
    """See `attachments.files.Quarantine`."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def waiting(self, limit: int = 100) -> tuple[Waiting, ...]:
        listed = self._bucket.all_listed(WAITING, most=MOST_LISTED)
        found = (Waiting(reference, one.name, one.state.arrived_at) for reference, one in listed)
        return tuple(nsmallest(limit, found, key=lambda one: one.arrived_at))

    def read(self, file: Waiting) -> Uploaded | None:
        checked(file.reference, file.name)
        stored = self._bucket.get(key_of(WAITING, file.reference, file.name), ENVELOPE_LIMIT)
        if stored is None:
            return None
        wrap = stored.metadata.get("wrap")
        if stored.content is None or (wrap is not None and len(stored.content) > MOST_BYTES):
            return Uploaded(b"", too_large=True)
        return Uploaded(stored.content, None if wrap is None else _read_wrap(wrap))

    def keep(self, file: Waiting, pages: int, container: bytes) -> None:
        checked(file.reference, file.name)
        leaf = ready_leaf(file.name, pages)
        self._bucket.put(key_of(READY, file.reference, leaf), container)
        self._take_out(file.reference, file.name, but=leaf)

    def refuse(self, file: Waiting, why: str, statement: bytes = b"") -> None:
        checked(file.reference, file.name)
        leaf = refused_leaf(file.name, why)
        if why == RESENT and came_since(file, self._bucket.listed(WAITING, file.reference, file.name)):
            return  # it was sent again while the other bytes were looked at
        if next(self._bucket.listed(READY, file.reference, file.name), None) is not None:
            # What came again and is no good takes nothing away of what is ready.
            self._bucket.delete(key_of(WAITING, file.reference, file.name))
            return
        self._bucket.put(key_of(REFUSED, file.reference, leaf), statement)
        self._take_out(file.reference, file.name, but=leaf)

    def resting(self, before: datetime) -> Iterator[Resting]:
        shelves = [self._bucket.all_listed(status) for status in SHELVES]
        for reference, found in groupby(merge(*shelves, key=itemgetter(0)), itemgetter(0)):
            for name, state in states_of(one for _reference, one in found).items():
                if state.arrived_at < before:
                    yield Resting(reference, name, state)

    def remove(self, reference: str, name: str, *, before: datetime | None = None, aside: bool = False) -> None:
        """See Quarantine. What comes in again in the very moment between look and deed is lost, so that its resident is
        told that it is missing: nobody confirms so quickly.
        """
        checked(reference, name)
        found = self._all(reference, name)
        if before is None or all(one.state.arrived_at < before for one in found):
            self._delete(reference, found, aside=aside)

    def destroy_aside(self, before: datetime, spared: Callable[[str, str], bool]) -> int:
        destroyed = 0
        for status in SHELVES:
            for reference, one in self._bucket.all_listed(status, below=f"{ASIDE}/"):
                if one.state.arrived_at < before and not spared(reference, one.name):
                    self._bucket.delete(f"{ASIDE}/{key_of(status, reference, leaf_of(one))}")
                    destroyed += 1
        return destroyed

    def _take_out(self, reference: str, name: str, *, but: str) -> None:
        """All there is of a file but what was just put there; what waits goes last."""
        self._delete(reference, [one for one in self._all(reference, name) if leaf_of(one) != but])

    def _all(self, reference: str, name: str) -> list[Found]:
        return [one for status in SHELVES for one in self._bucket.listed(status, reference, name)]

    def _delete(self, reference: str, found: list[Found], *, aside: bool = False) -> None:
        for one in sorted(found, key=lambda one: one.state.status == WAITING):
            away = self._bucket.put_aside if aside else self._bucket.delete
            away(key_of(one.state.status, reference, leaf_of(one)))


def _read_wrap(text: str) -> Mapping[str, str]:
    """The wrap as the ticket had it; an empty one, which opens nothing, for anything else."""
    try:
        wrap = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(wrap, dict) and all(isinstance(part, str) for part in wrap.values())
    return wrap if fits else {}
