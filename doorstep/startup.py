"""What may go wrong before the first request."""

from __future__ import annotations

import re


class ServeError(Exception):
    """Raised by whoever starts a server or a function: it cannot start.

    The text says what is wrong and what to do, for the person who ran the command.
    """


ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
"""What a browser would call a site's origin."""


def check_origin(name: str, origin: str, *, of: str, needed_for: str = "") -> None:
    """Raises ServeError where `origin`, the environment variable `name`, is none, or is missing though needed.

    `of` is what has it ("the site"), `needed_for` the clause that says what for; empty: it may be missing.
    """
    if needed_for and not origin:
        raise ServeError(
            f"{name} is missing: set it to {of}'s public address, such as https://www.example.org, {needed_for}"
        )
    if origin and not ORIGIN.fullmatch(origin):
        raise ServeError(f"{name} must be {of}'s public address and nothing more, such as https://www.example.org")
