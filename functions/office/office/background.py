"""What the office does by itself: `doorstep office` runs these in threads of its one serving process."""

from __future__ import annotations

from doorstep.applications.errors import Tampered
from doorstep.counter.channels import Channel
from doorstep.counter.checkpointing import HOURLY, take_checkpoint
from doorstep.counter.outbox import Run, send_all
from doorstep.search.unfound import oldest_kept
from doorstep.stores.choosing import open_unfound
from office.composition import House
from weblib.jobs import Job

EVERY_MINUTE = 60.0
EVERY_SIX_HOURS = 6 * 3600.0


def jobs(house: House) -> tuple[Job, ...]:
    """Checkpoints, sweeping, and messages where there is a channel."""
    # Asked more often than it writes, so that a restart neither doubles a checkpoint nor leaves an hour out.
    checkpoints = Job("checkpoint", HOURLY / 6, lambda: checkpoint(house))
    words = Job("words", EVERY_SIX_HOURS, lambda: sweep_words(house))
    channel = house.channel
    messages = (Job("messages", EVERY_MINUTE, lambda: send(house, channel)),) if channel else ()
    return (checkpoints, words, *messages)


def checkpoint(house: House) -> None:
    """Write a checkpoint when the newest is an hour old. What is not sound is told, each hour until it is mended.

    Raises CheckpointProblem or StoreError.
    """
    taken = take_checkpoint(
        house.counter.desk,
        house.records.readings,
        house.settings.checkpoints,
        memory=house.records.checkpoints,
        unless_younger_than=HOURLY,
    )
    for finding in taken.findings if taken else ():
        house.log.tampered(Tampered(finding.record, f"{finding.what}: {finding.why}"))


def sweep_words(house: House) -> None:
    """Destroy words that found nothing (`doorstep unfound`) and are too old, also where nobody sends any more.

    Raises StoreError.
    """
    shelf = open_unfound(house.settings.store, house.settings.var, make=False)
    if shelf is None:
        return
    try:
        shelf.sweep(oldest_kept(house.clock().date()))
    finally:
        shelf.close()


def send(house: House, channel: Channel) -> Run:
    """Send what is due. Raises StoreError."""
    return send_all(house.counter, channel, house.records.leases)
