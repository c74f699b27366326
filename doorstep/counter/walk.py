"""Every application once, with what all checkpoints say of it: in memory is one part of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from doorstep.applications.errors import Mistyped, Tampered
from doorstep.applications.head import DamagedHead, Head
from doorstep.applications.reference import read_reference
from doorstep.applications.store import Store
from doorstep.counter.checkpoint_chain import Link, lines_of
from doorstep.counter.checkpoint_line import Line, difference, line_of, read_line
from doorstep.counter.findings import ALTERED, MISSING, UNREADABLE, Finding
from doorstep.counter.spill import Spill

AT_ONCE = 100


class Met(NamedTuple):
    """`head` as it is stored now and `now`, what a checkpoint says of it; both None with `problem`, which says why not.
    `lines`: checkpoint's number → its line, oldest first.
    """

    reference: str
    head: Head | None
    now: Line | None
    problem: Finding | None
    lines: tuple[tuple[int, Line], ...]


def walk(store: Store, links: Iterable[Link]) -> Iterator[Met]:
    """All that stand in the store or in a checkpoint. Heads are read after the checkpoints were, so that a step taken
    meanwhile only makes them longer. Raises StoreError or CheckpointProblem.
    """
    with Spill() as spill:
        at = {}
        for link in links:
            at[link.number] = link.at
            for line in lines_of(link):
                spill.put(line.reference, f"{link.number} {line}")
        after: str | None = None
        while references := store.references(after=after):
            for reference in references:
                if _is_one(reference):
                    spill.put(reference, "")
                else:
                    why = "a head is stored under a name that is no reference"
                    yield Met("", None, None, Finding("application of no reference", UNREADABLE, why), ())
            after = references[-1]
        for part in spill.parts():
            yield from _met(store, part, at)


def problem_of(met: Met, at: Mapping[int, str]) -> Finding | None:
    """What shows that this application is not what the checkpoints had, at the newest that had it otherwise."""
    if met.head is None or met.now is None:
        return met.problem
    for number, line in reversed(met.lines):
        try:
            differs = difference(met.head, met.now, line)
        except Tampered as tampered:
            differs = ALTERED, tampered.what
        if differs:
            return Finding(f"application {met.reference}", *differs, number, at.get(number, ""))
    return None


def _met(store: Store, part: dict[str, list[str]], at: Mapping[int, str]) -> Iterator[Met]:
    references = list(part)
    for start in range(0, len(references), AT_ONCE):
        some = references[start : start + AT_ONCE]
        heads = store.heads(some)
        for reference in some:
            lines = tuple(_numbered(text) for text in part[reference] if text)
            head = heads.get(reference)
            if head is not None and head.reference == reference and head.events:
                yield Met(reference, head, line_of(head), None, lines)
            else:
                yield _looked_for(store, reference, lines, at)


def _looked_for(store: Store, reference: str, lines: tuple[tuple[int, Line], ...], at: Mapping[int, str]) -> Met:
    """One that is not there, or that cannot be what it should be: read by itself, it says which."""
    number = lines[-1][0] if lines else None
    what, why = MISSING, "its head is not stored any more"
    try:
        head = store.head(reference)
    except DamagedHead as damaged:
        head, what, why = None, UNREADABLE, str(damaged)
    if head is not None:
        if head.reference == reference and head.events:
            return Met(reference, head, line_of(head), None, lines)  # it was being written
        what, why = ALTERED, "its head is another application's" if head.events else "its head has no event"
    problem = Finding(f"application {reference}", what, why, number, at.get(number or 0, ""))
    return Met(reference, None, None, problem, lines)


def _numbered(text: str) -> tuple[int, Line]:
    number, _, line = text.partition(" ")
    return int(number), read_line(line)


def _is_one(reference: str) -> bool:
    try:
        return read_reference(reference) == reference
    except Mistyped:
        return False
