"""A form that was posted to the office: its fields as typed."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl

from chalice.app import Request

from weblib.problems import ProblemError
from weblib.requests import form_text

MOST_FIELDS = 500


class Posted:
    """The fields in the order they came."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs = tuple(pairs)

    def get(self, name: str, default: str = "") -> str:
        """The field's only value; `default` when it was not sent, or more than once: nobody knows which was meant."""
        values = self.all(name)
        return values[0] if len(values) == 1 else default

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of this name."""
        return tuple(value for sent, value in self.pairs if sent == name)


def read_form(request: Request) -> Posted:
    """The urlencoded body. Raises ProblemError: 415, 413, and 400 for what no browser sends."""
    try:
        pairs = parse_qsl(form_text(request), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise ProblemError("unreadable") from None  # the cause would quote the body
    return Posted(pairs)
