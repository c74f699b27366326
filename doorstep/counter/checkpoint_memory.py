"""What the office remembers of its newest checkpoint, apart from the folder: files gone from its end are seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from doorstep.counter.checkpoint_chain import Chain, Previous
from doorstep.counter.findings import ALTERED, MISSING, ROLLED_BACK, Finding


class CheckpointMemory(Protocol):
    """Where number and SHA-256 of the newest checkpoint are kept, shared by all processes. Raises StoreError."""

    def newest(self) -> Previous | None:
        """The newest that was remembered; None before the first."""

    def remember(self, newest: Previous) -> None:
        """Keep it in place of one with a lower number. On the disk when it ends."""


def check_remembered(chain: Chain, remembered: Previous | None) -> Iterator[Finding]:
    """How the chain is not the one the office wrote. Read what is `remembered` before the chain: it goes on meanwhile.

    A checkpoint more than is remembered is sound: the writer may have died between the two, or writes just now.
    """
    written = chain.links[-1].number if chain.links else 0
    number = remembered.number if remembered else 0
    if remembered is not None and chain.next <= number:
        first = chain.next
        record = f"checkpoint {first}" if first == number else f"checkpoints {first} to {number}"
        yield Finding(record, MISSING, "the office wrote so many: somebody took the newest away; put a copy back")
    elif remembered is not None:
        found = next((link for link in chain.links if link.number == number), None)
        if found is not None and found.digest != remembered.digest:
            yield Finding(f"checkpoint {number}", ALTERED, "it is not the file the office wrote: it was signed anew")
    if written > number + 1:
        why = f"they remember {f'checkpoint {number}' if number else 'none'}, and there is a checkpoint {written}"
        yield Finding("office's records", ROLLED_BACK, f"{why}: the file was made anew or put back from before")


def next_number(chain: Chain, remembered: Previous | None) -> int:
    """The number of the next file: never that of one that was taken away."""
    return max(chain.next, remembered.number + 1 if remembered else 1)
