"""The system calls that decoding needs: Linux refuses the child all others from then on (seccomp).

Found by running every kind of file there is a test for. Whatever starts programs or processes, reaches addresses, other
processes or their limits, changes a file or its rights, or shares memory is not among them. Threads may be made: a
decoder of HEIC makes one whatever it is told.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

_ALLOWED = {  # as x86-64 numbers them, and 64-bit ARM
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "pread64": (17, 67),
    "readv": (19, 65), "writev": (20, 66), "newfstatat": (262, 79), "statx": (332, 291), "getdents64": (217, 61),
    "readlinkat": (267, 78), "faccessat": (269, 48), "getcwd": (79, 17), "dup": (32, 23),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "madvise": (28, 233), "futex": (202, 98), "set_robust_list": (273, 99), "set_tid_address": (218, 96),
    "rseq": (334, 293), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "restart_syscall": (219, 128),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "setitimer": (38, 103), "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169), "getrusage": (98, 165), "getrandom": (318, 278),
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getpriority": (140, 141), "uname": (63, 160), "sysinfo": (99, 179),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_ALLOWED_X86 = (4, 6, 21, 89, 201)
"""stat, lstat, access, readlink, time: newer processors never had them."""

_OPENAT, _OPEN_X86 = (257, 56), 2
_CLONE, _PRLIMIT = (56, 220), (302, 261)
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""What the kernel calls the machine, and its column above."""

_NEWER = 424
"""From here on (2019) all processors number alike; libraries do without these calls where there are none."""

_CLONE_THREAD = 0x10000
_OTHER_TABLE = 0x40000000
"""x86 has a second table of the same calls from here on."""

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_WORD = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


def refuse_calls(*, opening: bool = True) -> bool:
    """For good; whether this system could. Without `opening` no file can be opened any more, whatever it is.

    Privileges must have been given up before (`walls.py`).
    """
    known = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    program = _program(*known, opening=opening)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    refused: int = ctypes.CDLL(None).prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(header), 0, 0)
    return refused == 0


def _program(machine: int, column: int, *, opening: bool) -> bytes:
    """The filter, in the kernel's own small language: (operation, steps on if so, steps on if not, number) each."""
    allowed = [numbers[column] for numbers in _ALLOWED.values()]
    allowed += _ALLOWED_X86 if column == 0 else ()
    if opening:
        allowed += [_OPENAT[column]] if column else [_OPENAT[column], _OPEN_X86]
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for number in allowed:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    steps += [
        (_EQUAL, 0, 4, _CLONE[column]),
        (_LOAD, 0, 0, _FIRST_WORD),
        (_ANY_BIT, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_EQUAL, 0, 4, _PRLIMIT[column]),
        (_LOAD, 0, 0, _FIRST_WORD),
        (_EQUAL, 0, 1, 0),  # its own limits; every other process's are out of reach
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_AT_LEAST, 1, 0, _OTHER_TABLE),
        (_AT_LEAST, 1, 0, _NEWER),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_RETURN, 0, 0, _ERRNO | _ENOSYS),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
