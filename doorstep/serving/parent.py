"""A process that serves for another does not outlive it, not even one that was killed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from threading import Thread

PR_SET_PDEATHSIG = 1
"""Linux: which signal this process gets when the thread that made it ends."""


GRACE = 8
"""Seconds a worker whose parent has gone may take to finish what is under way."""


def end_with_parent(parent: int) -> None:
    """Get SIGTERM when the process `parent`, which made this one, ends; end at once where it has ended already.

    Where the system knows no such thing, only the parent's calm end ends this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)


def leave_with_parent(parent: int) -> None:
    """A second rope, in a thread: a worker that missed the signal between two handlers ends a little later.

    Called in the worker, once nothing is forked from it any more.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        time.sleep(GRACE)
        os._exit(0)

    Thread(target=watch, name="parent", daemon=True).start()
