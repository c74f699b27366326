"""Work done in a forked child: it may change its user, hit a limit or die without hurting the tests."""

from __future__ import annotations

import os
import pickle
import traceback
import warnings
from collections.abc import Callable
from typing import Any

DIED = "died"
"""What `in_child` returns for a child that ended by os._exit or a signal before it had an answer."""


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns (picklable) in a child process, or DIED; an exception fails the test with its traceback."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of fork beside threads; the child uses nothing those threads could have locked.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        answer = b""
        try:
            answer = pickle.dumps((True, work()))
        except BaseException:  # noqa: BLE001 - whatever it is, it belongs to the parent
            answer = pickle.dumps((False, traceback.format_exc()))
        finally:
            os.write(writing, answer)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        return DIED
    worked, value = pickle.loads(answer)
    if not worked:
        raise AssertionError(f"in the child:\n{value}")
    return value
