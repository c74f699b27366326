"""Background work: a function called again and again beside the requests of a serving process."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


class Periodic:
    """A thread that calls; `stop` ends it after the call under way."""

    def __init__(self, stopped: Event, thread: Thread) -> None:
        self._stopped = stopped
        self._thread = thread

    def stop(self, timeout: float | None = None) -> None:
        """No further call; waits for the one under way, at most `timeout` seconds."""
        self._stopped.set()
        self._thread.join(timeout)


def run_every(
    seconds: float, work: Callable[[], object], *, name: str, report: Callable[[BaseException], object]
) -> Periodic:
    """Call `work()` now and then `seconds` after each call's end, in a daemon thread of this name.

    What a call raises goes to `report`, and the next call comes all the same. A process that ends does not wait:
    the work must bear being cut off, as it must bear a power cut.
    """
    stopped = Event()

    def calls() -> None:
        while not stopped.is_set():
            try:
                work()
            except Exception as error:  # noqa: BLE001 — whatever it is, the next call may succeed
                report(error)
            stopped.wait(seconds)

    thread = Thread(target=calls, name=name, daemon=True)
    thread.start()
    return Periodic(stopped, thread)
