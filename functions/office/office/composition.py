"""Puts the office together once: the one place that knows which stores, keys, clock and random source it runs on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from doorstep.startup import check_origin
from office.settings import Settings
from weblib.limiter import Limiter
from weblib.logs import RequestLog
from weblib.world import World


@dataclass(frozen=True)
class House:
    """Everything a request needs; safe to share between threads.

    `clock` gives aware datetimes, `random` n bytes, `seconds` a count that never goes back.
    """

    settings: Settings
    clock: Callable[[], dt.datetime]
    random: Callable[[int], bytes]
    seconds: Callable[[], float]
    limiter: Limiter
    log: RequestLog

    def close(self) -> None:
        """Let go of files and connections."""


def compose(settings: Settings, world: World | None = None) -> House:
    """A house from these settings. Raises ServeError: which file or folder is missing or wrong, and what to do."""
    world = world or World()
    check_origin(
        "DOORSTEP_OFFICE_ORIGIN",
        settings.origin,
        of="the office",
        needed_for="" if settings.demo else "which its sessions belong to",
    )
    check_origin("DOORSTEP_ORIGIN", settings.site, of="the site")
    return House(
        settings=settings,
        clock=world.clock,
        random=world.random,
        seconds=world.seconds,
        limiter=Limiter(world.seconds),
        log=world.log,
    )
