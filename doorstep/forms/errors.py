"""What can be wrong with an answer, a request or a form, and who says so."""

from __future__ import annotations

from typing import NamedTuple


class FieldError(NamedTuple):
    """One answer that cannot be accepted.

    `pointer` is the JSON Pointer of the field (a missing field's own), `keyword` the JSON Schema keyword that failed,
    `message` the Chinese sentence for the resident. None of the three ever holds what was typed.
    """

    pointer: str
    keyword: str
    message: str


class FormsError(Exception):
    """Root of what this package raises."""


class FormBroken(FormsError):
    """Raised by `build_form` and the library: a schema is outside the profile. `where` names the place in it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class BodyUnreadable(FormsError):
    """Raised by `parse_form_body`: not a form a browser could have sent. Its text never quotes the body."""
