"""How many words a network may send the editors: enough for a family, too few to fill the city's day."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable

from doorstep.addresses import CUSTOMER, network_of
from weblib.limiter import NETWORKS, Limiter

AT_ONCE, PER_SECOND = 5, 1 / 120
"""Then one in two minutes."""

A_DAY = 20
"""Of the city's days; doorstep/search/unfound.py says how many all may send."""


class WordsSent:
    """Counts what was sent, in bounded memory: the network that sent longest ago is forgotten first.

    IPv6 by what a provider gives to one customer: a home has thousands of the smaller networks. Each process counts
    for itself. Safe to share between threads.
    """

    def __init__(self, seconds: Callable[[], float], *, networks: int = NETWORKS) -> None:
        """`seconds` never go back."""
        self._network_of = functools.partial(network_of, shared=CUSTOMER)
        self._pace = Limiter(seconds, burst=AT_ONCE, per_second=PER_SECOND, networks=networks, network=self._network_of)
        self._networks = networks
        self._lock = threading.Lock()
        self._day = dt.date.min
        self._sent: OrderedDict[str, int] = OrderedDict()

    def wait(self, address: str) -> int:
        """Counts one more for now; gives 0, or the seconds to wait."""
        return self._pace.failed(address)

    def today(self, address: str, day: dt.date) -> bool:
        """Counts one more on that day; False: the network has sent all it may."""
        network = self._network_of(address)
        with self._lock:
            if day != self._day:
                self._day = day
                self._sent.clear()
            sent = self._sent.pop(network, 0) + 1
            self._sent[network] = min(sent, A_DAY + 1)
            if len(self._sent) > self._networks:
                self._sent.popitem(last=False)
        return sent <= A_DAY
