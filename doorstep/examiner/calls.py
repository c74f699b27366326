"""System calls the child does without: Linux refuses them from then on (seccomp), also where there is no Landlock.

What is refused starts programs or processes, reaches addresses or other processes' memory, or is a part of the kernel
no decoder needs. Threads may be made: a decoder of HEIC makes one whatever it is told.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

# Of each: execve, execveat, socket, socketpair, connect, bind, ptrace, process_vm_readv, process_vm_writev, kill,
# mount, unshare, setns, open_by_handle_at, bpf, userfaultfd, perf_event_open, add_key, request_key, keyctl; since 2019
# all processors number alike: io_uring_setup, pidfd_open, pidfd_getfd. x86 alone has fork and vfork (57, 58).
_SINCE_2019 = (425, 434, 438)
_X86 = (59, 322, 41, 53, 42, 49, 101, 310, 311, 62, 165, 272, 308, 304, 321, 323, 298, 248, 249, 250, 57, 58)
_ARM = (221, 281, 198, 199, 203, 200, 117, 270, 271, 129, 40, 97, 268, 265, 280, 282, 241, 217, 218, 219)
_MACHINES = {"x86_64": (0xC000003E, _X86, 56), "aarch64": (0xC00000B7, _ARM, 220)}
"""What the kernel calls the machine, the calls that are refused there, and `clone`."""

_CLONE3 = 435
_CLONE_THREAD = 0x10000
_OTHER_TABLE = 0x40000000
"""x86 has a second table of the same calls from here on."""

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_WORD = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


def refuse_calls() -> bool:
    """For good; whether this system could. Privileges must have been given up before (`walls.py`)."""
    known = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    refused: int = ctypes.CDLL(None).prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(header), 0, 0)
    return refused == 0


def _program(machine: int, refused: tuple[int, ...], clone: int) -> bytes:
    """The filter, in the kernel's own small language: (operation, steps on if so, steps on if not, number) each."""
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _ERRNO | _ENOSYS),  # then `clone` is called instead, whose words can be looked at
    ]
    for number in (*refused, *_SINCE_2019):
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | _EPERM)]
    steps += [
        (_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, _FIRST_WORD),
        (_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _ERRNO | _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
