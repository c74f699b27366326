"""Checkpoint files: numbered, each chained to the one before by its SHA-256, its last line signed by the office.

A file is lines of text, one for each application that changed since the file before (`checkpoint_line`), and a last
one that is a signed token: v, type "checkpoint", number, at, previous, count (of lines), body (SHA-256 of all bytes
before this line), readings (how far the reading log had grown). They are only ever added, best on another disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.applications.errors import TokenRefused
from doorstep.applications.signing import PublicKeys
from doorstep.counter.checkpoint_folder import check_folder, open_plain
from doorstep.counter.checkpoint_line import Line, read_line
from doorstep.counter.findings import ALTERED, MISSING, UNREADABLE, Finding
from doorstep.counter.readings import Tip

SUFFIX = ".checkpoint"
LAST = 9_999_999_999
"""The highest number a file's name has room for."""

_NAME = re.compile(r"[0-9]{10}\.checkpoint")
_LONGEST_LINE = 16 * 1024


class CheckpointProblem(Exception):
    """The folder cannot be used: says what is wrong and what to do."""

    for_operators = True


class Previous(NamedTuple):
    """The newest file that held when the next was written, and its SHA-256."""

    number: int
    digest: str


class Link(NamedTuple):
    """A file of the chain that holds: the office signed just these lines. `lines` is how many there are."""

    number: int
    at: str
    path: Path
    digest: str
    lines: int
    readings: Tip
    previous: Previous | None


class Chain(NamedTuple):
    """`links` are the files that hold, oldest first; what is wrong with others stands in `findings`. `next`: the
    number of the file that comes next.
    """

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    next: int


def read_chain(folder: Path, public_keys: PublicKeys) -> Chain:
    """The chain in this folder, which may be absent or empty. Files gone from its end only `check_remembered` names.

    Raises CheckpointProblem when the folder cannot be read.
    """
    try:
        check_folder(folder)
        names = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise unusable(folder, error) from error
    links: dict[int, Link] = {}
    findings: list[Finding] = []
    expected = 1
    for path in names:
        number = int(path.stem)
        if number > expected:
            findings.append(_gone(expected, number - 1))
        expected = number + 1
        read = _read_file(path, number, public_keys)
        if isinstance(read, Finding):
            findings.append(read)
            continue
        before = links.get(read.previous.number) if read.previous else None
        if before is not None and read.previous is not None and before.digest != read.previous.digest:
            why = f"checkpoint {number} was made after another file of this number: it was signed anew"
            findings.append(Finding(f"checkpoint {before.number}", ALTERED, why))
        links[number] = read
    return Chain(tuple(links.values()), tuple(findings), expected)


def lines_of(link: Link) -> Iterator[Line]:
    """The lines of a file that holds. Raises CheckpointProblem when it cannot be read any more."""
    try:
        with open_plain(link.path) as file:
            for _ in range(link.lines):
                yield read_line(file.readline(_LONGEST_LINE).decode("ascii").removesuffix("\n"))
    except (OSError, ValueError) as error:
        raise CheckpointProblem(f"{link.path} changed while it was read: run it again") from error


def _read_file(path: Path, number: int, public_keys: PublicKeys) -> Link | Finding:
    name = f"checkpoint {number}"
    body, whole, last, count = sha256(), sha256(), b"", 0
    try:
        with open_plain(path) as file:
            while line := file.readline(_LONGEST_LINE):
                if last:
                    body.update(last)
                    count += 1
                whole.update(line)
                last = line
    except OSError as error:
        return Finding(name, UNREADABLE, f"{path} cannot be read ({error.strerror})")
    told = _statement(last, public_keys)
    fits = {"number": number, "count": count, "body": body.hexdigest()}
    if told is None or any(told.get(part) != value for part, value in fits.items()):
        why = "its lines are not those the office signed: put a copy of it back; until then it proves nothing"
        return Finding(name, ALTERED, why)
    previous = Previous(*told["previous"]) if told["previous"] else None
    return Link(number, str(told["at"]), path, whole.hexdigest(), count, Tip(*told["readings"]), previous)


def _statement(last: bytes, public_keys: PublicKeys) -> dict[str, Any] | None:
    try:
        verified = public_keys.verify(last.decode("ascii").removesuffix("\n"))
    except (TokenRefused, ValueError):
        return None
    ours = verified.role == "office" and verified.payload.get("type") == "checkpoint" and last.endswith(b"\n")
    return verified.payload if ours else None


def _gone(first: int, last: int) -> Finding:
    record = f"checkpoint {first}" if first == last else f"checkpoints {first} to {last}"
    return Finding(record, MISSING, "later ones are there: put a copy back")


def unusable(folder: Path, error: OSError) -> CheckpointProblem:
    return CheckpointProblem(
        f"the folder of checkpoints {folder} cannot be used ({error.strerror}): make it a folder of the account that "
        "runs the office and of nobody else (0700, no link), or set DOORSTEP_CHECKPOINTS to one"
    )
