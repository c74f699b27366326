"""Whether the reading log is whole, and still holds what the checkpoints noted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doorstep.counter.checkpoint_chain import Link
from doorstep.counter.findings import ALTERED, MISSING, Finding
from doorstep.counter.readings import ReadingLog, Tip

_WHY = {
    "missing": (MISSING, "the next entry does not carry this number"),
    "changed": (ALTERED, "its content is not what its digest says"),
    "chain": (ALTERED, "it does not follow the entry before it"),
}


def check_readings(log: ReadingLog | None, links: Iterable[Link]) -> Iterator[Finding]:
    """The first break of the log's chain, and the oldest entry a checkpoint noted that is not there as it was.

    Without a log (no file) whatever was noted is missing. Raises StoreError.
    """
    broken = log.verify() if log else None
    if broken is not None:
        what, why = _WHY[broken.what]
        yield Finding(f"reading {broken.number}", what, why)
    noted = Tip(0, "")
    for link in links:
        if link.readings == noted:
            continue
        noted = link.readings
        page = log.page(before=noted.number + 1, limit=1).entries if log else ()
        found = page[0] if page else None
        if found is None or found.number != noted.number:
            end = found.number if found else 0
            why = f"the log held {noted.number} entries, and ends or breaks at {end}"
            yield Finding("reading log", MISSING, why, link.number, link.at)
            return
        if found.digest != noted.digest:
            why = "it is another entry than was checkpointed: the log was written anew"
            yield Finding(f"reading {noted.number}", ALTERED, why, link.number, link.at)
            return
