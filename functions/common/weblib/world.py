"""Time, randomness and the log, as a running function has them; tests bring their own."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from typing import NamedTuple

from weblib.logs import RequestLog


class World(NamedTuple):
    """`clock` gives aware datetimes, `random` n bytes, `seconds` a count that never goes back."""

    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    random: Callable[[int], bytes] = os.urandom
    seconds: Callable[[], float] = time.monotonic
    log: RequestLog = RequestLog()
