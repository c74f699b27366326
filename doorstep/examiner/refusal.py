"""A file that is not taken, and why."""

from __future__ import annotations


class Refusal(Exception):
    """Raised by whoever looks into a file: `why` is a key of `attachments.verdicts.VERDICTS`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
