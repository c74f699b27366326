"""One JSON line a request: enough to run the service, nothing about who asked for what."""

from __future__ import annotations

import datetime as dt
import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from doorstep.applications.store import StoreError


class RequestLog:
    """Writes to `stream` what happened (`event`) and when (`time`, UTC).

    A line holds the route's pattern, never the address, its query, a body or a header.
    """

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    ) -> None:
        self._stream = stream
        self._clock = clock

    def answered(self, *, method: str, route: str, status: int, milliseconds: float, request_id: str) -> None:
        self._write(
            {"event": "answered", "method": method, "route": route, "status": status, "ms": round(milliseconds, 1),
             "request": request_id}
        )  # fmt: skip

    def failed(self, error: BaseException, *, request_id: str) -> None:
        """Where something broke: types and lines, because an error's text may quote what a person typed.

        A store's own words never do (StoreError), nor those of an error that says `for_operators` of itself; they say
        what the operator must mend.
        """
        chain: list[dict[str, object]] = []
        current: BaseException | None = error
        while current is not None and len(chain) < 5:
            frames = traceback.extract_tb(current.__traceback__)[-4:]
            places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
            told = isinstance(current, StoreError) or getattr(current, "for_operators", False)
            why = {"why": str(current)} if told else {}
            chain.append({"type": type(current).__name__, "places": places, **why})
            current = current.__cause__ or current.__context__
        self._write({"event": "failed", "errors": chain, "request": request_id})

    def tampered(self, error: BaseException, *, request_id: str = "") -> None:
        """What does not fit its signatures or checkpoints, and which piece of it: an operator must look at once.

        It is named as people look for it, an application by its reference; the code that opens it is never written.
        """
        self._write(
            {"event": "tampered", "reference": getattr(error, "reference", ""), "what": getattr(error, "what", ""),
             "request": request_id}
        )  # fmt: skip

    def _write(self, line: dict[str, object]) -> None:
        stream = self._stream or sys.stdout
        moment = self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        stream.write(json.dumps({"time": moment, **line}, separators=(",", ":")) + "\n")
        stream.flush()
