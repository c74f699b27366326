"""What reconciling finds, for the operator: one line each."""

from __future__ import annotations

from typing import NamedTuple

ALTERED, ROLLED_BACK, MISSING, UNREADABLE = "altered", "rolled back", "missing", "unreadable"
NOT_EXAMINED = "not examined"


class Finding(NamedTuple):
    """`record`: "application REFERENCE", "item PURPOSE of REFERENCE", "file NAME of REFERENCE", "papers of REFERENCE"
    (all of them), "lists of REFERENCE", "checkpoint 4", "reading 17", "reading log", "office's records" (what they
    remember of checkpoints), "database NAME" (how it is built). `what`: altered, rolled back, missing, unreadable or,
    of a file, not examined; `why` says how that shows. `checkpoint`: the number of the newest checkpoint that had the
    record otherwise, or had it at all; None where none did.
    """

    record: str
    what: str
    why: str
    checkpoint: int | None = None
    checkpoint_at: str = ""

    def __str__(self) -> str:
        known = f" (last known from checkpoint {self.checkpoint}, {self.checkpoint_at})" if self.checkpoint else ""
        return f"{self.record}: {self.what}: {self.why}{known}"
