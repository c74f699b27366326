"""Linux's walls around the child: Landlock, which any process may raise around itself (5.13 and later).

Inside, it reads the program, its libraries and the machine's fonts, and nothing else: no key, no setting, no database,
no other process's memory. It writes nowhere, starts nothing and reaches no address. An older kernel has none of this;
then the examiner's own protection (`guarded`) and the limits remain.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
_PACKAGES = ("doorstep", "PIL", "pillow_heif", "pypdfium2", "pypdfium2_raw")

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every processor Linux runs on
_VERSION = 1
_PATH_BENEATH = 1
_READ = (1 << 2) | (1 << 3)
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights over files each version of Landlock knows, so that all can be taken away."""
_NO_TCP, _NO_SIGNALS = 0b11, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def guarded() -> None:
    """For the examiner itself: no other process of its user may read its memory or its environment."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def wall_in() -> bool:
    """For the child, for good; whether this kernel could. It also ends when the thread that made it does."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.syscall.restype = ctypes.c_long
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    if version < 1:
        return False
    rights = (1 << _RIGHTS.get(version, 16)) - 1
    rules = _Ruleset(rights, _NO_TCP if version >= 4 else 0, _NO_SIGNALS if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    for folder in _readable():
        with suppress(OSError):
            place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            rule = _Beneath(_READ, place)
            libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), ctypes.c_uint32(0))
            os.close(place)
    walled: int = libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))
    os.close(ruleset)
    return walled == 0


def _readable() -> list[str]:
    """The folders of our code, of Python's library and of fonts."""
    found = [str(Path(os.__file__).parent), *FONTS]
    for name in _PACKAGES:
        spec = find_spec(name)
        found += spec.submodule_search_locations or [] if spec else []
    return found
