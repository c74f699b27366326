"""One schedule from its first request to the last look: lives of the server, deaths between them, the ledger beside."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from doorstep.applications.store import Store
from tests.children import told_by_child
from tests.crash.ledger import Ledger, Violation
from tests.crash.schedules import Request, Schedule, one_draft
from tests.crash.server import BothKeys, Server
from tests.crash.worlds import StandingWorld, World

LAST = -1
"""The number of the life that nothing ends early."""


def run(schedule: Schedule, world: World, keys: BothKeys, *, killed_after: Sequence[float] = ()) -> int:
    """How many times the server died. Raises Violation, naming the seed that replays this schedule.

    `killed_after` gives for each life the seconds after which it is killed, wherever it then is.
    """
    try:
        return Run(schedule, world, keys).whole(killed_after)
    except Violation as violation:
        replay = f".venv/bin/python -m pytest tests/crash -k random --seed {schedule.seed}"
        raise Violation(f"{violation}\nReplay it: {replay}") from violation


def warm_up(keys: BothKeys, store: Store) -> None:
    """Do here what is slow the first time, so that not every child has to."""
    for kind in ("withdraw", "office", "supply"):
        schedule = one_draft(secrets.randbits(40), kind, 1)
        server = Server(schedule, StandingWorld(store), keys, 0, None)
        for request in schedule.requests:
            server.answer(request)
        server.shelves()


class Run:
    def __init__(self, schedule: Schedule, world: World, keys: BothKeys) -> None:
        self._schedule = schedule
        self._world = world
        self._keys = keys
        self._ledger = Ledger(schedule)
        self._pending = list(schedule.requests)

    def whole(self, killed_after: Sequence[float]) -> int:
        """The number of deaths."""
        lives = enumerate(zip_longest(self._schedule.deaths, killed_after))
        deaths = sum(self._died(life, dies_at, seconds) for life, (dies_at, seconds) in lives)
        self._end()
        return deaths

    def _died(self, life: int, dies_at: int | None, seconds: float | None) -> bool:
        """Let the server live once; whether it died before it had answered everything."""
        requests = list(self._pending)

        def live(tell: Callable[[Any], None]) -> None:
            server = Server(self._schedule, self._world, self._keys, life, dies_at)
            for request in requests:
                tell(server.answer(request))

        for answers in told_by_child(live, killed_after=seconds):
            self._ledger.told(self._pending.pop(0), answers)
        if not self._pending:
            return False
        # The request under way is sent again; or its resident gives up, and what comes next is something else.
        if life < len(self._schedule.gives_up) and self._schedule.gives_up[life]:
            del self._pending[0]
        return True

    def _end(self) -> None:
        """The last life: everybody tries again until it is done, then everything is read."""
        drafts = range(len(self._schedule.drafts))
        self._pending += [Request("confirm", draft, (content,), day=3) for draft in drafts for content in (0, 1)]
        steps = [request for request in self._schedule.requests if request.kind in ("office", "race", "supply")]
        self._pending += [replace(request, day=3) for request in steps]
        self._pending += [Request("follow", draft, (0,)) for draft in drafts]

        def live(tell: Callable[[Any], None]) -> None:
            server = Server(self._schedule, self._world, self._keys, LAST, None)
            for request in self._pending:
                tell(server.answer(request))
            tell([server.found(draft) for draft in drafts])
            tell(server.shelves())
            tell(server.count())

        *heard, found, shelves, applications = told_by_child(live)
        for request, answers in zip(self._pending, heard, strict=True):
            self._ledger.told(request, answers)
        for draft, rests in enumerate(found):
            self._ledger.compare(draft, rests)
        self._ledger.compare_shelves(*shelves)
        if applications != len(drafts):
            raise Violation(f"{len(drafts)} drafts became {applications} applications")
