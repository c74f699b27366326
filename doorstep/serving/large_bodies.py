"""Bodies with files in them: they may take long, and share a bounded memory, so that slow senders stop nobody.

Only what has arrived counts, so whoever announces much and sends nothing holds nothing. When memory is full, the
network that holds most gives up the slowest of its bodies: a flood is its sender's own loss. What is given up or too
large is still read to its end, for the fields beside the files: so the page comes back with everything filled in, and
a browser that is cut off while it sends would show no answer of ours.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from types import TracebackType
from typing import Self

from doorstep.serving.bodies import Body, Receive
from doorstep.serving.thinning import Thinner

PATIENCE = 20.0
"""Seconds in which nothing need come: a phone may lose its network for a moment."""

SLOWEST = 10_000
"""Bytes a second that must have come on average besides. A slow phone sends 20,000: 4 MB in 200 seconds."""

LONGEST = 300.0
"""Seconds any body may take in all."""

THROWN_AWAY = 64_000_000
"""Bytes of a body that is too large which are read for the sake of the answer: a few photos as phones make them."""

MEMORY = 64_000_000
"""Bytes of such bodies one worker holds at once; while they are answered, some five times their own."""

SHARE = 32_000_000
"""Bytes of them that one network (`addresses.network_of`) has in it: a carrier, or a community's office, is one too."""

AT_ONCE = 4
"""Such bodies answered at once: the other threads stay free for everybody else."""


class LargeBodies:
    """The memory of one worker. Used in its event loop alone, so nothing is locked."""

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        share: int = SHARE,
        patience: float = PATIENCE,
        slowest: int = SLOWEST,
        longest: float = LONGEST,
    ) -> None:
        self.patience, self.slowest, self.longest = patience, slowest, longest
        self.answering = asyncio.Semaphore(AT_ONCE)
        self._memory, self._share = memory, share
        self._places: set[Place] = set()
        self._held: Counter[str] = Counter()
        self._total = 0

    def place(self, network: str) -> Place:
        """Room for one body of a sender in this network; what it holds is free again once the block ends."""
        return Place(self, network)

    def enter(self, place: Place) -> None:
        self._places.add(place)

    def leave(self, place: Place) -> None:
        self._places.discard(place)
        self.hold(place, 0)

    def hold(self, place: Place, size: int) -> None:
        """Note that this place holds `size` bytes now, and take from others, or from it, what is too much."""
        self._held[place.network] += size - place.held
        self._total += size - place.held
        place.held = size
        if not self._held[place.network]:
            del self._held[place.network]
        while self._held[place.network] > self._share and self._give_up(place.network):
            pass
        while self._total > self._memory and self._give_up(None):
            pass

    def _give_up(self, network: str | None) -> bool:
        """Let go of the slowest body of this network, or of the one that holds most; False where all are whole."""
        reading = [one for one in self._places if one.reading and network in (None, one.network)]
        if not reading:
            return False
        now = asyncio.get_running_loop().time()
        max(reading, key=lambda one: (self._held[one.network], (now - one.began + 1) / (one.held + 1))).give_up("busy")
        return True


class Place:
    """One body on its way: `held` bytes of it are in memory, since `began` (the loop's seconds). `reading`: more of it
    may come, and be held.
    """

    def __init__(self, bodies: LargeBodies, network: str) -> None:
        self._bodies = bodies
        self.network = network
        self.held = 0
        self.began = 0.0
        self.reading = False
        self._problem = ""
        self._content = bytearray()
        self._thin: Thinner | None = None
        self._content_type = ""

    def __enter__(self) -> Self:
        self._bodies.enter(self)
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._bodies.leave(self)

    def give_up(self, problem: str) -> None:
        """Hold nothing of its files any more; its answer will be this problem."""
        self._problem, self.reading = problem, False
        self._thin = Thinner(self._content_type)
        self._thin.feed(bytes(self._content))
        self._content = bytearray()
        self._bodies.hold(self, 0)

    async def read(self, length: str, content_type: str, receive: Receive, limit: int) -> Body:
        """The whole body of less than `limit` bytes, or what is wrong with it, and then its fields alone, if it came to
        its end. `length` and `content_type` as they were sent.
        """
        announced = int(length) if length.isdecimal() and len(length) < 20 else THROWN_AWAY + 1 if length else 0
        if announced > THROWN_AWAY:
            return Body(problem="files-too-large")
        self._content_type = content_type
        self.began, self.reading = asyncio.get_running_loop().time(), True
        if announced >= limit:
            self.give_up("files-too-large")
        whole = False
        try:
            async with asyncio.timeout_at(self.began + self._bodies.patience) as deadline:
                whole = await self._take(receive, limit, deadline)
        except TimeoutError:
            self._problem = self._problem or "too-slow"
        finally:
            self.reading = False
        content = bytes(self._content) if not self._thin else self._thin.content()
        self._content = bytearray()
        return Body(content if whole else b"", self._problem)

    async def _take(self, receive: Receive, limit: int, deadline: asyncio.Timeout) -> bool:
        """Whether it came to its end."""
        came, more = 0, True
        while more:
            told = await receive()
            if told["type"] != "http.request":
                self._problem = "cut-off"
                return False
            more = told["more_body"]
            came += len(told["body"])
            if self._thin:
                self._thin.feed(told["body"])
            else:
                self._content += told["body"]
                self._bodies.hold(self, len(self._content))
            if came >= limit and not self._thin:
                self.give_up("files-too-large")
            if came > THROWN_AWAY:
                return False
            allowed = min(self._bodies.patience + came / self._bodies.slowest, self._bodies.longest)
            deadline.reschedule(self.began + allowed)
        return True
