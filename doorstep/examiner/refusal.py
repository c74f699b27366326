"""A file that is not taken, and why."""

from __future__ import annotations


class Refusal(Exception):
    """Raised by whoever looks into a file: `why` is a key of `attachments.verdicts.VERDICTS`. Not `as_sent`: see
    `attachments.statements.Refused`.
    """

    def __init__(self, why: str, *, as_sent: bool = True) -> None:
        super().__init__(why)
        self.why = why
        self.as_sent = as_sent
