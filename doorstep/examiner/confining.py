"""What the child gives up before it looks at anything: it keeps its memory, its time, and two pipes.

Each system gives up what it can; what it cannot is left to the next. Limits hold on every POSIX system (memory not on
macOS); Linux takes away files, addresses and other processes as well (`walls.py`, `calls.py`).
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from doorstep.examiner.calls import refuse_calls
from doorstep.examiner.limits import CPU_SECONDS, MEMORY
from doorstep.examiner.walls import wall_in

OPEN_FILES = 32
"""Fonts of the machine that a PDF names and does not bring, one at a time, and the pipes."""

_GIVES_WAY, _GIVES_WAY_LONG = 10, 15
"""A large file keeps nobody waiting who reads or applies on the same machine, and what takes long no first try."""

_LIMITS = {
    "RLIMIT_AS": MEMORY,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,  # a core file would hold what was sent
    "RLIMIT_NOFILE": OPEN_FILES,
}


class Walls(NamedTuple):
    """Which of Linux's walls stand: `fonts`, files are out of reach but for programs and fonts (Landlock); `calls`,
    system calls that decoding does without are refused. With `calls` alone no file at all can be opened.
    """

    fonts: bool
    calls: bool


NO_WALLS = (
    "this system cannot refuse a decoder the system calls it does without (seccomp: Linux on x86-64 or 64-bit ARM), so "
    "a file that takes one over could read what this user reads. Run the examiner on such a system, or set "
    "DOORSTEP_EXAMINER_WALLS=none to say that this is known"
)
NO_LANDLOCK = (
    "this kernel has no Landlock (Linux 5.13): decoders can open no file at all, so a PDF that brings no fonts is "
    "shown with gaps"
)


def missing(walls: Walls) -> str:
    """What to tell the operator of walls that do not rise here; "" where all do."""
    return "" if all(walls) else NO_LANDLOCK if walls.calls else NO_WALLS


def confine(*, cpu: int = CPU_SECONDS, threads: bool = False, around_files: Callable[[], bool] = wall_in) -> Walls:
    """For good: none of this can be taken back by this process. `cpu` are the seconds of processor time it has; SIGXCPU
    ends it then. `threads`: its decoder cannot do without.
    """
    with suppress(OSError):
        os.nice(_GIVES_WAY_LONG if cpu == CPU_SECONDS else _GIVES_WAY)
    with suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    limits = _LIMITS if threads else _LIMITS | {"RLIMIT_NPROC": 0}
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):  # not every system knows every one
            resource.setrlimit(getattr(resource, name), (most, most))
    fonts = around_files()
    return Walls(fonts, refuse_calls(opening=fonts))
