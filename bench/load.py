"""A small closed-loop load: N connections, each sends its next request when the last was answered."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came of a load: requests a second, the statuses counted, the median and 99th percentile in ms."""

    per_second: float
    statuses: dict[int, int]
    median_ms: float
    p99_ms: float


def drive(port: int, path: str, bodies: Sequence[bytes], clients: int) -> Load:
    """Post every body once as JSON to 127.0.0.1:`port`, over `clients` kept-alive connections."""
    return asyncio.run(_drive(port, path, bodies, clients))


async def _drive(port: int, path: str, bodies: Sequence[bytes], clients: int) -> Load:
    statuses: dict[int, int] = {}
    times: list[float] = []
    turn = itertools.count()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (number := next(turn)) < len(bodies):
            body = bodies[number]
            began = time.perf_counter()
            writer.write(
                b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (path.encode(), len(body), body)
            )
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            times.append(time.perf_counter() - began)
            statuses[status] = statuses.get(status, 0) + 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    seconds = time.perf_counter() - began
    times.sort()
    return Load(len(bodies) / seconds, statuses, times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000)
