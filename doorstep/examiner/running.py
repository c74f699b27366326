"""The examiner at work: a round a second, a sweep an hour, whatever fails, until it is told to end."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import Any, TextIO

from doorstep.applications.store import StoreError
from doorstep.attachments.sweeping import Swept
from doorstep.examiner.examine import Round, where
from doorstep.examiner.lanes import PDFS, PHOTOS, SLOW, Lane

POLL = 1.0
"""Seconds between looks at a quarantine in which nothing waits: a listing each."""

SOON = 0.25
"""The same, while somebody is at it: their next page is a moment away, and they wait to see it checked."""

AT_IT = 60.0
"""Seconds after a file that somebody counts as being at it."""

HOUR = 3600.0
LONGEST_PAUSE = 60.0
"""Seconds between rounds while the store is unavailable, at most."""


class Log:
    """One JSON line for what happened: when (`time`, UTC), how much, why not; never what it was about."""

    def __init__(self, stream: TextIO, clock: Callable[[], dt.datetime]) -> None:
        self._stream = stream
        self._clock = clock
        self._lock = Lock()

    def write(self, event: str, **facts: Any) -> None:
        moment = self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"time": moment, "event": event, **{name: fact for name, fact in facts.items() if fact}}
        with self._lock, suppress(OSError):  # a log that nobody takes keeps nobody waiting for their papers
            self._stream.write(json.dumps(line, separators=(",", ":")) + "\n")
            self._stream.flush()

    def failed(self, what: str, error: Exception) -> None:
        """A store's own words hold nothing of a file and say what to do; of any other error, type and line."""
        self.write(what, why=str(error) if isinstance(error, StoreError) else where(error))


def keep_lanes(
    examine: Callable[[Lane], Round],
    sweep: Callable[[], str],
    *,
    pause: Callable[[float], object],
    seconds: Callable[[], float],
    log: Log,
) -> None:
    """`keep_examining`: photos and first tries here; what is slow beside it, in a thread that ends with the process."""
    slow = Thread(
        target=keep_examining,
        args=[lambda: examine(SLOW), lambda: ""],
        kwargs={"pause": time.sleep, "seconds": time.monotonic, "log": log},
        name="slow",
        daemon=True,
    )
    slow.start()
    keep_examining(lambda: first_tries(examine), sweep, pause=pause, seconds=seconds, log=log)


def first_tries(examine: Callable[[Lane], Round]) -> Round:
    """Every photo that waits, then one PDF: who came meanwhile is seen after it."""
    return _both(examine(PHOTOS), examine(PDFS))


def _both(one: Round, other: Round) -> Round:
    refused, later = Counter(one.refused) + Counter(other.refused), Counter(one.later) + Counter(other.later)
    return Round(one.kept + other.kept, dict(refused), dict(later))


def keep_examining(
    one_round: Callable[[], Round],
    sweep: Callable[[], str],
    *,
    pause: Callable[[float], object],
    seconds: Callable[[], float],
    log: Log,
) -> None:
    """Rounds and sweeps for ever; only what `pause(seconds)` or a signal's handler raises ends them.

    What keeps files waiting is told once an hour.
    `sweep` gives what hindered it, "" for nothing. `seconds` counts and never goes back.
    """
    next_sweep, rest, at_it_until = seconds(), POLL, seconds()
    told, told_until = set[str](), seconds()
    while True:
        try:
            done = one_round()
            if seconds() >= told_until:
                told, told_until = set(), seconds() + HOUR
            if done.kept or done.refused or not told.issuperset(done.later):
                tell(done, log)
                told |= done.later.keys()
            if done.kept or done.refused:
                at_it_until = seconds() + AT_IT
            rest = SOON if seconds() < at_it_until else POLL
        except Exception as error:  # noqa: BLE001 — whatever it is, what waits is tried again
            log.failed("examining failed", error)
            rest = min(2 * max(rest, POLL), LONGEST_PAUSE)
        if seconds() >= next_sweep:
            next_sweep = seconds() + HOUR
            try:
                hindrance = sweep()
                if hindrance:
                    log.write("sweep hindered", why=hindrance)
            except Exception as error:  # noqa: BLE001 — the next one may succeed
                log.failed("sweep failed", error)
        pause(rest)


def tell_sweep(swept: Swept, log: Log) -> None:
    """Log a sweep that put anything aside, destroyed anything, or came upon a head that it cannot read."""
    if swept.aside or swept.destroyed or swept.unsure:
        log.write("swept", aside=swept.aside, destroyed=swept.destroyed, unsure=swept.unsure)


def tell(done: Round, log: Log) -> None:
    """Log a round in which anything happened."""
    if any(done):
        log.write("examined", kept=done.kept, refused=done.refused, later=done.later)
