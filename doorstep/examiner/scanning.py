"""A scanner of the operator's choice, asked about every file before anything is kept of it.

DOORSTEP_SCANNER is a command line that begins with an absolute path, such as `/usr/bin/clamdscan --no-summary -`. It
gets what was sent on stdin and ends with 0 (clean) or 1 (not). Anything else means that it could not say: the file
waits, and is tried again.
"""

from __future__ import annotations

import math
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

Scanner = Callable[[bytes], bool]
"""Whether this is clean. Raises ScannerSilent."""

SECONDS = 120.0

LEFT_ALONE = 10.0
"""Seconds in which one that hung is asked about nothing: else each file of a round waited as long again, unsaid."""

_CLEAN, _UNSAFE = 0, 1
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
"""Of our environment; our own settings are none of its business."""


class ScannerSilent(Exception):
    """The scanner could not say whether a file is clean. The text is for the operator."""


def open_scanner(setting: str) -> Scanner | None:
    """The scanner that DOORSTEP_SCANNER names, None for "". Raises ValueError: what is wrong and what to do."""
    if not setting.strip():
        return None
    try:
        command = shlex.split(setting)
    except ValueError as error:
        raise ValueError(f"DOORSTEP_SCANNER is no command line ({error})") from error
    program = Path(command[0])
    if not program.is_absolute() or not program.is_file() or not os.access(program, os.X_OK):
        raise ValueError(
            "DOORSTEP_SCANNER must begin with the absolute path of a program that can be run here, such as "
            "/usr/bin/clamdscan --no-summary -"
        )
    return command_scanner(command)


def command_scanner(
    command: Sequence[str], seconds: float = SECONDS, *, clock: Callable[[], float] = time.monotonic
) -> Scanner:
    """A scanner that runs this command for each file, and waits for it so long. `clock` counts and never goes back."""
    alone_until = -math.inf

    def scan(content: bytes) -> bool:
        nonlocal alone_until
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        hangs = ScannerSilent(f"the scanner did not answer within {seconds:g} s")
        if clock() < alone_until:
            raise hangs
        try:
            code = _ask(command, content, seconds, environment)
        except subprocess.TimeoutExpired:
            alone_until = clock() + LEFT_ALONE
            raise hangs from None
        except OSError as error:
            raise ScannerSilent(f"the scanner cannot be run ({error.strerror})") from None
        if code not in (_CLEAN, _UNSAFE):
            raise ScannerSilent(f"the scanner ended with {code}, which says nothing of the file")
        return code == _CLEAN

    return scan


def _ask(command: Sequence[str], content: bytes, seconds: float, environment: Mapping[str, str]) -> int:
    """Its exit code. Where it is not waited for to the end, it ends with everything that it started."""
    with subprocess.Popen(  # noqa: S603 — what the operator set
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as asked:
        try:
            asked.communicate(content, timeout=seconds)
        except BaseException:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(asked.pid, signal.SIGKILL)
            raise
    return asked.returncode
