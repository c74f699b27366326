"""Runs the child for one file, and believes it as little as the file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Timer

from doorstep.attachments.container import Page
from doorstep.examiner.confining import Walls
from doorstep.examiner.frames import MOST_BYTES, Cut, read_told
from doorstep.examiner.limits import CPU_SECONDS, WALL_SECONDS
from doorstep.examiner.refusal import Refusal

_START = (
    "import sys; sys.path[:0] = sys.argv[3:]; from doorstep.examiner.child import main; "
    "main(sys.argv[1], int(sys.argv[2]))"
)
"""`-I` leaves out the folders that settings and the working folder add, so those of this process are named."""

_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT")
"""Without these some systems find no libraries; nothing else of the environment is the child's."""


class TookTooLong(Exception):
    """The child did not end in time, on a machine that may be busy. It was ended; trying again may succeed."""


class Slower(Exception):
    """It needs more than a first try gives."""


class SpentAll(Exception):
    """The child was ended because it had used all the processor time it was given."""


def walls_here() -> Walls:
    """Which walls rise around a child on this machine, tried with one."""
    code = "import sys; sys.path[:0] = sys.argv[1:]; from doorstep.examiner.confining import confine; print(*confine())"
    said, _ = run([sys.executable, "-I", "-c", code, *filter(None, sys.path)], b"", WALL_SECONDS)
    words = said.decode("ascii", "replace").split()
    return Walls(*(word == "True" for word in words)) if len(words) == len(Walls._fields) else Walls(False, False)


def make_pages(
    content: bytes, media_type: str, *, seconds: float = WALL_SECONDS, cpu: int = CPU_SECONDS
) -> tuple[Page, ...]:
    """What was sent, as plain pages. Raises Refusal; and TookTooLong, or Slower where `cpu` is less than all that a
    file may have.

    A child that dies, also by a limit, could not read the file: it is "unreadable".
    """
    words = [sys.executable, "-I", "-c", _START, media_type, str(cpu), *filter(None, sys.path)]
    first_try = cpu < CPU_SECONDS
    try:
        said, in_time = run(words, content, seconds)
    except SpentAll:
        raise (Slower if first_try else Refusal("unreadable")) from None
    if not in_time:
        raise Slower if first_try else TookTooLong
    try:
        return read_told(said)
    except Cut:
        raise Refusal("unreadable") from None


def run(command: list[str], content: bytes, seconds: float) -> tuple[bytes, bool]:
    """What the command said, at most MOST_BYTES and one, and whether it had ended by itself within the time.

    Raises SpentAll.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    late: list[bool] = []
    with subprocess.Popen(  # noqa: S603 — our own interpreter, our own words
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # decoders' words may quote what they read
        env=environment,
        cwd="/",
        start_new_session=True,  # a signal to the examiner's terminal is not for it
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None

        def end() -> None:
            late.append(True)
            _end(child)

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            with suppress(BrokenPipeError), child.stdin:  # it may die before it has read all
                child.stdin.write(content)
            said = child.stdout.read(MOST_BYTES + 1)
        finally:
            timer.cancel()
            timer.join()
            _end(child)
    if child.returncode == -signal.SIGXCPU:
        raise SpentAll
    return said, not late


def _end(child: subprocess.Popen[bytes]) -> None:
    """With everything it may have started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
