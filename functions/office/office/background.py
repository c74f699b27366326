"""What the office does by itself: `doorstep office` runs these in a thread of its one serving process."""

from __future__ import annotations

from office.composition import House
from weblib.jobs import Job


def jobs(_house: House) -> tuple[Job, ...]:
    """The jobs of this house."""
    return ()
