"""Other ways to tell residents than by calling them: one interface, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class NotSent(Exception):
    """The message was not taken. `for_good`: nor will it ever be (no such number); else another try may fare better.

    The text is for the operator and holds neither number nor message.
    """

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class ChannelDown(NotSent):
    """The channel itself takes nothing (a folder not mounted, a service that refuses us): nobody's number is to blame,
    and no notice is given up for it. It is the operator's to mend, and tried again until then.
    """


class Channel(Protocol):
    """SMS, e-mail, a folder. `name` (ASCII) stands in the signed event."""

    @property
    def name(self) -> str: ...

    def reaches(self, phones: Mapping[str, str]) -> bool:
        """Whether it could tell anybody by these numbers (field's name → number): a landline takes no SMS."""
        ...

    def send(self, phones: Mapping[str, str], message: str, key: str) -> None:
        """Hand the message over: once this returns it is on its way. Raises NotSent.

        The same `key` is the same message sent again after a crash: who can, sends it once.
        """
        ...


class Leases(Protocol):
    """Of all processes that would do one thing, one does it at a time."""

    def take(self, key: str, seconds: float) -> str | None:
        """The holder's token, or None while somebody else holds it. Raises StoreError."""
        ...

    def release(self, key: str, holder: str) -> bool:
        """Give it back. Raises StoreError."""
        ...
