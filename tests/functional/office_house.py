"""A whole office in one process, as house.py has an intake: only time and randomness may be a test's own."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from doorstep.serving.application import ServeSettings
from doorstep.serving.gateway import Gateway
from tests.functional.house import Client, FakeTime
from tests.parsed_once import parsed_once


@dataclass
class Office:
    """A running office and what a test may look at."""

    settings: ServeSettings
    client: Client
    time: FakeTime
    log: io.StringIO
    function: Any = field(repr=False)


def run_office(settings: ServeSettings, **environment: str) -> Office:
    """An office over these settings; `environment` overrides what they say."""
    from office.application import create_app
    from weblib.logs import RequestLog
    from weblib.world import World

    time, log = FakeTime(), io.StringIO()
    world = World(clock=time.now, seconds=time.seconds, log=RequestLog(log, time.now))
    function = create_app(settings.environment() | environment, world, parsed_once)
    function.start()
    return Office(settings, Client(Gateway(function, function.routes)), time, log, function)
