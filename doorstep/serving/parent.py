"""A process that serves for another does not outlive it, not even one that was killed."""

from __future__ import annotations

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1
"""Linux: which signal this process gets when the thread that made it ends."""


def end_with_parent() -> None:
    """Get SIGTERM when the parent ends. Where the system knows no such thing, only its calm end ends this process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
