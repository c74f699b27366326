"""A scanner of the operator's choice, asked about every file before anything is kept of it.

DOORSTEP_SCANNER is a command line that begins with an absolute path, such as `/usr/bin/clamdscan --no-summary -`. It
gets what was sent on stdin and ends with 0 (clean) or 1 (not). Anything else means that it could not say: the file
waits, and is tried again.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

Scanner = Callable[[bytes], bool]
"""Whether this is clean. Raises ScannerSilent."""

SECONDS = 120.0
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


def command_scanner(command: Sequence[str], seconds: float = SECONDS) -> Scanner:
    """A scanner that runs this command for each file, and waits for it so long."""

    def scan(content: bytes) -> bool:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        try:
            done = subprocess.run(  # noqa: S603 — what the operator set
                command,
                input=content,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise ScannerSilent(f"the scanner did not answer within {seconds:g} s") from None
        except OSError as error:
            raise ScannerSilent(f"the scanner cannot be run ({error.strerror})") from None
        if done.returncode not in (_CLEAN, _UNSAFE):
            raise ScannerSilent(f"the scanner ended with {done.returncode}, which says nothing of the file")
        return done.returncode == _CLEAN

    return scan
