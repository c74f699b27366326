"""What can go wrong in an application's life. Texts are for operators and never hold what a person typed."""

from __future__ import annotations


class ApplicationError(Exception):
    """Root of this package's errors; stores raise their own (`store.py`)."""


class MalformedKey(ApplicationError):
    """A submission key or event id is not 22 base64url characters. Raised by `keys`."""


class AlreadySubmitted(ApplicationError):
    """The key's application was received with other content (409). Raised by `submit` and `replay`."""

    def __init__(self, received_at: str) -> None:
        super().__init__(f"already received at {received_at} with other content")
        self.received_at = received_at


class ReferenceTaken(ApplicationError):
    """Another key has this reference: a collision of 60 bits, or a store that was tampered with.

    Nothing was stored. A new submission key gives a new reference.
    """

    def __init__(self) -> None:
        super().__init__("this reference belongs to another submission key; begin again with a new key")


class NotFound(ApplicationError):
    """No application opens with this reference and code; it is never said which of them is wrong."""


class Mistyped(NotFound):
    """The reference cannot be one: a wrong length, a foreign character or a failed check digit.

    Decided from the text alone, before anything is looked up, so saying it reveals nothing.
    `reason` is "length", "character" or "check-digit".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"not a reference: {reason}")
        self.reason = reason


class NotOpen(ApplicationError):
    """The step needs an open application, and this one is `status`."""

    def __init__(self, status: str) -> None:
        super().__init__(f"the application is not open: {status}")
        self.status = status


class NotReturned(NotOpen):
    """A correction needs an application that was returned for it, with the notice its page was made from."""


class NotApproved(ApplicationError):
    """What is asked after approval is taken of an approved application alone, and this one is `status`."""

    def __init__(self, status: str) -> None:
        super().__init__(f"the application is not approved: {status}")
        self.status = status


class SuppliedOften(ApplicationError):
    """What is asked after approval was sent and corrected as often as it may be; staff can still be asked."""

    def __init__(self) -> None:
        super().__init__("supplied as often as it may be")


class EventIdTaken(ApplicationError):
    """An event id that came with the request already names a step of another kind (409)."""


class AlreadyTaken(EventIdTaken):
    """The step of this event id was taken with other content (409), which stands; this content was not stored."""

    def __init__(self, at: str) -> None:
        super().__init__(f"this step was already taken at {at} with other content")
        self.at = at


class Tampered(ApplicationError):
    """Something stored does not fit its signatures or seals. For the log: `reference`, and `what` does not fit,
    in our own words, never the content.
    """

    def __init__(self, reference: str, what: str) -> None:
        super().__init__(f"{reference}: {what}")
        self.reference = reference
        self.what = what


class SealBroken(ApplicationError):
    """A ciphertext does not open with this key in this place. Raised by `sealing`."""


class TokenRefused(ApplicationError):
    """A signed token is not accepted: `reason` is "unreadable", "unknown-key" or "changed". Raised by `signing`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"token refused: {reason}")
        self.reason = reason


class ReceiptRefused(ApplicationError):
    """A receipt is not accepted: a reason of TokenRefused, or "not-a-receipt". Raised by `receipt`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"receipt refused: {reason}")
        self.reason = reason


class PassRefused(ApplicationError):
    """A counter pass is not accepted: a reason of TokenRefused, "not-a-pass" or "expired". Raised by `counter_pass`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"pass refused: {reason}")
        self.reason = reason


class KeyProblem(ApplicationError):
    """A key file is missing, foreign, readable by others or not a key: says what, where and what to do."""
