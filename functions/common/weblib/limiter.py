"""Slows down guessing: counts failures by network, in bounded memory, and never by reference."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable

from doorstep.addresses import network_of

BURST = 60
"""Failures a network may make at once. Whole carriers stand behind one address: this is generous on purpose."""

PER_SECOND = 0.1
"""Failures forgiven a second: six a minute, without end."""

NETWORKS = 10_000
"""Networks remembered; the one that failed longest ago is forgotten first. About 2 MB."""


class Limiter:
    """A leaky bucket of failures for each network; safe to share between threads.

    Only wrong answers are ever refused: whoever holds the right reference and code gets in even from a network
    that is being misused. 80 random bits need no lock-out, and a neighbour's mischief must not keep anybody out.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        burst: int = BURST,
        per_second: float = PER_SECOND,
        networks: int = NETWORKS,
        network: Callable[[str], str] = network_of,
    ) -> None:
        """`clock` gives seconds that never go back; `network` says whom an address is counted with."""
        self._clock = clock
        self._burst = burst
        self._per_second = per_second
        self._networks = networks
        self._network_of = network
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def failed(self, address: str) -> int:
        """Note a failure from `address`; gives 0, or the seconds to wait when its network made too many."""
        network = self._network_of(address)
        now = self._clock()
        with self._lock:
            level, then = self._levels.pop(network, (0.0, now))
            level = max(0.0, level - (now - then) * self._per_second)
            wait = 0 if level + 1 <= self._burst else math.ceil((level + 1 - self._burst) / self._per_second)
            self._levels[network] = (level if wait else level + 1, now)
            if len(self._levels) > self._networks:
                self._levels.popitem(last=False)
        return wait
