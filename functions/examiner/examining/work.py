"""One examiner for all events of a process: its keys, its bucket and its scanner, opened by the first."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from doorstep.applications.office_keys import ExaminerKeys
from doorstep.attachments.files import Quarantine, Waiting
from doorstep.attachments.sweeping import sweep
from doorstep.examiner.apart import walls_here
from doorstep.examiner.confining import NO_WALLS, missing
from doorstep.examiner.examine import TRIES, examine
from doorstep.examiner.fonts import ADVICE, draws_chinese
from doorstep.examiner.lanes import PDFS, PHOTOS, SLOW, MakePages
from doorstep.examiner.own_key import load_own_keys
from doorstep.examiner.patience import Patience
from doorstep.examiner.running import Log, tell, tell_sweep
from doorstep.examiner.scanning import Scanner, open_scanner
from doorstep.examiner.walls import guarded
from doorstep.stores.choosing import open_quarantine, open_store
from examining.events import waiting_at

LONGEST_WAIT = dt.timedelta(hours=3)
"""Of a file's wait; takes it too long once more, it is refused. Its event's tries and two of `hourly` lie behind it."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class TryAgain(Exception):
    """A file could not be examined now, and still waits."""


class ByAge(Patience):
    """Patience of a process that may live for one event: how often a file took too long it need not remember, for how
    long it has waited stands in the bucket.
    """

    def __init__(self, seconds: Callable[[], float], clock: Callable[[], dt.datetime]) -> None:
        super().__init__(seconds)
        self._clock = clock

    def put_off(self, file: Waiting) -> int:
        times = super().put_off(file)
        return max(times, TRIES) if self._clock() - file.arrived_at > LONGEST_WAIT else times


class House(NamedTuple):
    """What examining needs. Holds the examiner's keys, and no others."""

    own: ExaminerKeys
    quarantine: Quarantine
    scanner: Scanner | None
    patience: Patience


class Work:
    """DOORSTEP_VAR is where its keys lie; DOORSTEP_FILES, DOORSTEP_STORE and DOORSTEP_SCANNER as everywhere.

    Everything raises KeyProblem, StoreUnavailable or ValueError with what is wrong, for the operator.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        log: Log | None = None,
        clock: Callable[[], dt.datetime] = _now,
        make: MakePages | None = None,
    ) -> None:
        self._environ = environ
        self._clock = clock
        self._make = make
        self._log = log or Log(sys.stdout, clock)

    def examine_one(self, key: str) -> None:
        """The file with this key in the bucket. TryAgain where it still waits."""
        file = waiting_at(key)
        if file is None:
            return
        house = self._house
        done = examine(house.quarantine, house.own, os.urandom, house.scanner, make=self._make, only=file)
        tell(done, self._log)
        if done.later:
            raise TryAgain(", ".join(done.later))

    def examine_all(self) -> None:
        """What waits and is due; what is slow comes last."""
        house = self._house
        for lane in (PHOTOS, PDFS, SLOW):  # each to its end: nobody waits beside us here
            all_of_it = lane._replace(most=None).using(self._make)
            tell(
                examine(
                    house.quarantine, house.own, os.urandom, house.scanner, patience=house.patience, lane=all_of_it
                ),
                self._log,
            )

    def sweep(self) -> None:
        """Put aside what was never confirmed."""
        store = open_store(self._environ.get("DOORSTEP_STORE", ""), self._var)
        swept = sweep(store, self._house.quarantine, self._clock())
        tell_sweep(swept, self._log)
        if swept.trouble:
            self._log.write("sweep hindered", why=swept.trouble)

    @property
    def _var(self) -> Path:
        return Path(self._environ.get("DOORSTEP_VAR") or "var")

    @functools.cached_property
    def _house(self) -> House:
        guarded()
        less = missing(walls_here())
        if less == NO_WALLS and self._environ.get("DOORSTEP_EXAMINER_WALLS") != "none":
            raise ValueError(NO_WALLS)
        if less:
            self._log.write("examining with fewer walls", why=less)
        if not draws_chinese():
            self._log.write("examining without fonts", why=ADVICE)
        return House(
            own=load_own_keys(self._var),
            quarantine=open_quarantine(self._environ.get("DOORSTEP_FILES", ""), self._var),
            scanner=open_scanner(self._environ.get("DOORSTEP_SCANNER", "")),
            patience=ByAge(time.monotonic, self._clock),
        )
