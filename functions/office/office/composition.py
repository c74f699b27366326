"""Puts the office together once: the one place that knows which stores, keys, clock and random source it runs on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from doorstep.applications.office_keys import ParsePrivate, parse_private
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.channels import Channel
from doorstep.counter.counter import Counter
from doorstep.counter.oidc_provider import Provider
from doorstep.startup import ServeError, check_origin, keeps_cookies
from doorstep.stores.message_folder import open_channel
from doorstep.stores.office_file import OfficeFile, open_office
from office.checkpointing import try_checkpoints
from office.counters import compose_counter
from office.providing import compose_provider
from office.settings import Settings
from weblib.limiter import Limiter
from weblib.logs import RequestLog
from weblib.world import World


@dataclass(frozen=True)
class House:
    """Everything a request needs; safe to share between threads.

    `clock` gives aware datetimes, `random` n bytes, `seconds` a count that never goes back. `records`: staff, their
    links and sessions, the reading log, leases. `provider`: where staff may sign in, or None. `counter`: the desk where
    applications are handled. `channel`: how residents are told besides being called, or None.
    """

    settings: Settings
    clock: Callable[[], dt.datetime]
    random: Callable[[int], bytes]
    seconds: Callable[[], float]
    limiter: Limiter
    log: RequestLog
    records: OfficeFile
    provider: Provider | None
    counter: Counter
    channel: Channel | None

    def close(self) -> None:
        """Let go of files and connections."""
        close = getattr(self.counter.desk.store, "close", None)
        if close:
            close()
        self.records.close()


def compose(settings: Settings, world: World | None = None, parse: ParsePrivate = parse_private) -> House:
    """A house from these settings; `parse` reads its private keys.

    Raises ServeError: which file or folder is missing or wrong, and what to do.
    """
    world = world or World()
    check_origin(
        "DOORSTEP_OFFICE_ORIGIN",
        settings.origin,
        of="the office",
        needed_for="" if settings.demo else "which its sessions belong to",
    )
    check_origin("DOORSTEP_ORIGIN", settings.site, of="the site")
    if settings.origin and not keeps_cookies(settings.origin):
        raise ServeError(
            "DOORSTEP_OFFICE_ORIGIN is a plain http address, over which browsers keep no session, so nobody could sign "
            "in: set it to the https address of the proxy that speaks TLS in front of the office"
        )
    provider = compose_provider(settings, world.seconds)
    try:
        channel = open_channel(settings.channel)
    except ValueError as problem:
        raise ServeError(str(problem)) from problem
    try:
        records = open_office(settings.var)
    except StoreUnavailable as problem:
        raise ServeError(str(problem)) from problem
    try_checkpoints(settings.checkpoints, records)
    return House(
        settings=settings,
        clock=world.clock,
        random=world.random,
        seconds=world.seconds,
        limiter=Limiter(world.seconds),
        log=world.log,
        records=records,
        provider=provider,
        counter=compose_counter(settings, world, records, parse),
        channel=channel,
    )
