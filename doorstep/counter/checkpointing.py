"""Taking a checkpoint: what changed since the one before leaves the database; what is not sound does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from doorstep.applications.desk import Desk, read_time
from doorstep.applications.journal import verify_chain
from doorstep.counter.checkpoint_chain import Link, Previous, read_chain
from doorstep.counter.checkpoint_line import Line
from doorstep.counter.checkpoint_memory import CheckpointMemory, check_remembered, next_number
from doorstep.counter.checkpoints import one_writer, write_checkpoint
from doorstep.counter.findings import ALTERED, Finding
from doorstep.counter.in_their_name import not_by_code
from doorstep.counter.readings import ReadingLog, Tip
from doorstep.counter.reconcile_readings import check_readings
from doorstep.counter.walk import Met, problem_of, walk

HOURLY = 3600.0
"""Seconds between two checkpoints."""


class Checkpointed(NamedTuple):
    """The file that was written, and what was found on the way: none of that is in it, until it is put right."""

    link: Link
    findings: tuple[Finding, ...]


def take_checkpoint(
    desk: Desk,
    readings: ReadingLog | None,
    folder: Path,
    *,
    memory: CheckpointMemory | None,
    unless_younger_than: float = 0.0,
) -> Checkpointed | None:
    """Write the next checkpoint into this folder; `desk.keys` are the office's. No `readings`, no `memory`: the office
    has no file (yet).

    None when the newest is younger than so many seconds, as another process may just have written it.
    Raises CheckpointProblem or StoreError: then nothing was written, or written and not remembered.
    """
    with one_writer(folder):
        remembered = memory.newest() if memory else None
        chain = read_chain(folder, desk.keys.public_keys)
        if chain.links and 0 <= desk.seconds_since(chain.links[-1].at) < unless_younger_than:
            return None
        at = desk.now()  # before anything is read: what changes from here on is the next one's
        tip = readings.tip() if readings else Tip(0, "")
        findings = [*chain.findings, *check_readings(readings, chain.links)]
        if memory:
            findings += check_remembered(chain, remembered)
            chain = chain._replace(next=next_number(chain, remembered))
        lines = _changed(desk, chain.links, findings)
        written = write_checkpoint(folder, lines, chain=chain, signer=desk.keys.signer, at=at, readings=tip)
        if memory:  # afterwards: one that is remembered and was never written would be an alarm
            memory.remember(Previous(written.number, written.digest))
    return Checkpointed(written, tuple(findings))


def age(folder: Path, desk: Desk) -> float | None:
    """Seconds since the newest checkpoint that holds; None without one. Raises CheckpointProblem."""
    links = read_chain(folder, desk.keys.public_keys).links
    return (desk.clock() - read_time(links[-1].at)).total_seconds() if links else None


def _changed(desk: Desk, links: tuple[Link, ...], findings: list[Finding]) -> Iterator[Line]:
    at = {link.number: link.at for link in links}
    for met in walk(desk.store, links):
        problem = problem_of(met, at) or _unsigned(desk, met)
        if problem is not None:
            findings.append(problem)
        elif met.now is not None and not _known(met):
            yield met.now


def _unsigned(desk: Desk, met: Met) -> Finding | None:
    """What signatures say of a head that changed since, and the content of what intake wrote later; one that did not
    change was looked at then.
    """
    if met.head is None or _known(met):
        return None
    problems = verify_chain(met.head, desk.keys.public_keys) or not_by_code(desk, met.head)
    return Finding(f"application {met.reference}", ALTERED, "; ".join(problems)) if problems else None


def _known(met: Met) -> bool:
    """Whether the newest checkpoint of it says what a new one would."""
    return bool(met.lines) and met.lines[-1][1] == met.now
